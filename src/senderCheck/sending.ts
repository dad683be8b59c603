import { createPublicKey } from 'node:crypto'

import type { Config } from '../config/config'
import type { Sending } from './senderCheck'

type Settings = Pick<
  Config,
  | 'SMTP_URL'
  | 'PUBLIC_URL'
  | 'MAIL_BOUNCE_ADDRESS'
  | 'DKIM_DOMAIN'
  | 'DKIM_SELECTOR'
  | 'DKIM_PRIVATE_KEY'
>

/**
 * How mails of a sender's domain go out by the settings; `selector` names the relay's key where it is
 * the relay that signs. *Pure.*
 */
export function sendingOf(settings: Settings, domain: string, selector?: string): Sending {
  const { SMTP_URL, PUBLIC_URL, MAIL_BOUNCE_ADDRESS } = settings
  return {
    domain,
    returnDomain: domainOf(MAIL_BOUNCE_ADDRESS ?? domain),
    relay: SMTP_URL === null ? null : new URL(SMTP_URL).hostname,
    dkim: selector === undefined ? ownKey(settings) : { domain, selector, key: null },
    publicUrl: PUBLIC_URL,
  }
}

/** The domain of an address, or of a domain alone, in small letters. *Pure.* */
export function domainOf(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1).toLowerCase()
}

function ownKey({ DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY }: Settings): Sending['dkim'] {
  if (!DKIM_DOMAIN || !DKIM_SELECTOR || !DKIM_PRIVATE_KEY) return null
  const spki = createPublicKey(DKIM_PRIVATE_KEY).export({ type: 'spki', format: 'der' })
  return { domain: DKIM_DOMAIN, selector: DKIM_SELECTOR, key: spki.toString('base64') }
}
