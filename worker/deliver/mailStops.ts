import type { StopScope } from '../channel/channel'
import type { MunicipalitySettings } from '../../src/plan/settings'
import type { ReadyBatch } from './page'
import type { Pauses } from './pause'
import type { Recipient } from './recipients'

/** A domain with fewer addresses than this in one page could name a family. */
const MIN_TOLD_ADDRESSES = 5

interface MailStopsOptions {
  pauses: Pauses
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** An answer of the relay that is about us, and the mail it was given for. */
export interface MailStop {
  scope: StopScope
  code: string
  recipient: Recipient
  settings: MunicipalitySettings
  /** Id of the run. */
  run: string
  /** All batches of the page, to tell how many addresses a domain has. */
  ready: readonly ReadyBatch[]
}

/** Whether a relay's answer has stopped all mail of a sender, or that to the recipient's domain. */
export function isMailStopped(
  { pauses }: Pick<MailStopsOptions, 'pauses'>,
  settings: MunicipalitySettings,
  recipient: Recipient,
): boolean {
  const keys = stopKeys(settings, recipient)
  return pauses.isStopped(keys.channel) || pauses.isStopped(keys.domain)
}

/**
 * An answer that is about us: nothing more to that domain, or at all, for a while. A person is
 * told once for each pause; a content that cannot be mailed never reaches the relay.
 */
export function stopMail({ pauses, onAlert }: MailStopsOptions, stop: MailStop): void {
  const { scope, code, recipient, settings, run, ready } = stop
  const key = stopKeys(settings, recipient)[scope]
  if (pauses.isStopped(key)) return
  pauses.stop(key)
  const domain = domainOf(recipient)
  const isNamed = scope === 'domain' && isOfMany(domain, ready)
  onAlert('mail-stopped', { run, scope, code, ...(isNamed && { domain }) })
}

/** Names under which a relay's refusals stop a sender, one domain for it, or only the next alert. */
function stopKeys({ mailFrom }: MunicipalitySettings, recipient: Recipient) {
  return {
    channel: mailFrom,
    domain: `${mailFrom} to ${domainOf(recipient)}`,
    content: `${mailFrom} content`,
  }
}

/** The domain of a recipient's address, in small letters. *Pure.* */
export function domainOf({ address }: Pick<Recipient, 'address'>): string {
  return (address ?? '').slice((address ?? '').lastIndexOf('@') + 1).toLowerCase()
}

/** Whether a domain may be named in an alert. */
function isOfMany(domain: string, ready: readonly ReadyBatch[]): boolean {
  const own = ready.flatMap(({ to }) => to).filter((one) => domainOf(one) === domain)
  return own.length >= MIN_TOLD_ADDRESSES
}
