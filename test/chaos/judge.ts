import { MAIL_CONNECTIONS } from '../../worker/channel/mail'
import { CRASH, RESTORED } from '../../worker/ledger/states'
import type { Copy } from './copies'
import type { Aftermath, Disturbance } from './dataSet'
import type { AddressKind } from './families'
import { breaches, type LedgerEntry } from './invariants'
import { RELAY_TROUBLES_EACH } from './outside'

/** What is judged of a day. */
export type Evident = Pick<Aftermath, 'families' | 'ledger' | 'copies' | 'cutMails' | 'aged'>

/** Everything that broke a promise on a day, as sentences. *Pure.* */
export function problemsOf(after: Aftermath, day: Disturbance): string[] {
  const atRisk = MAIL_CONNECTIONS * day.workers
  return [
    ...evidenceBreaches(after),
    ...doublesOf(after).map((id) => `${id}: a second copy`),
    ...unexplainedOf(after, day),
    ...sentAfterStopOf(after, day),
    ...after.differences.map((difference) => JSON.stringify(difference)),
    ...after.lost.filter((many) => many > atRisk).map((many) => `${many} lost in one crash`),
    ...after.exitCodes.filter((code) => code !== 0).map((code) => `exit code ${code}`),
  ]
}

/** What the ledger and the providers' logs contradict. *Pure.* */
export function evidenceBreaches({ families, ledger, copies }: Evident): string[] {
  const { expected, possible, freed } = families
  return breaches({
    planned: new Set(expected.map(({ id }) => id).filter((id) => !freed.has(id))),
    free: new Set([...freed, ...possible.map(({ id }) => id)]),
    ledger,
    copies: copies.map(({ id }) => id),
  })
}

/** Texts that a provider took more than once for a reader, be it for another child. *Pure.* */
export function doublesOf({ copies }: Evident): string[] {
  const once = new Set<string>()
  const isSecond = (id: string) => {
    const [reader, , slot] = id.split(':')
    return once.size === once.add(`${reader}:${slot}`).size
  }
  return copies.map(({ id }) => id).filter(isSecond)
}

/** Addresses that take what they are sent, some of them only at the second attempt. */
const TAKING: ReadonlySet<AddressKind> = new Set([
  'plain',
  'soft',
  'full',
  'busy',
  'rate',
  'slow',
  'cut',
])

/**
 * Texts that were owed and can be taken, but that nobody took although the day was long enough and
 * nothing says that they may have been taken. *Pure.*
 */
export function lostOf(after: Evident, day: Disturbance): string[] {
  const taken = new Set(after.copies.map(({ id }) => id))
  const ledger = new Map(after.ledger.map((entry) => [entry.id, entry]))
  const { expected, freed } = after.families
  return expected
    .filter(({ id, kind, isForeign }) => TAKING.has(kind) && !isForeign && !freed.has(id))
    .map(({ id }) => id)
    .filter((id) => !taken.has(id) && !isTold(ledger.get(id), day))
}

/** Listed as unknown, or too late on an evening that ended too soon for it. */
function isTold(entry: LedgerEntry | undefined, { startAt }: Disturbance): boolean {
  return entry?.status === 'unknown' || (entry?.status === 'expired' && startAt !== undefined)
}

/** Deliveries that are unknown without a reason that the product's promises name. *Pure.* */
export function unexplainedOf(after: Evident, day: Disturbance): string[] {
  const { expected, possible } = after.families
  const kinds = new Map([...expected, ...possible].map(({ id, kind }) => [id, kind]))
  const ended = endedBatches(after)
  const unknown = after.ledger.filter(({ status }) => status === 'unknown')
  const lines = unknown.filter(
    ({ channel, batch, code }) =>
      channel === 'line' &&
      day.startAt === undefined &&
      !(day.restore && code === RESTORED) &&
      !(day.keyAge === '23:01' && after.aged.has(batch)) &&
      !(code === 'not-repeated' && ended.has(batch)),
  )
  const mails = unknown.filter(
    ({ channel, code, id }) =>
      channel === 'mail' &&
      code !== CRASH &&
      !(day.restore && code === RESTORED) &&
      !LOSING.has(kinds.get(id) ?? 'plain'),
  )
  const uncut = mails.filter(({ code }) => code !== CUT)
  const bodies = day.relayTroubles?.includes('smtp-cut-in-body') ? RELAY_TROUBLES_EACH : 0
  const cut = mails.filter(({ code }) => code === CUT).slice(after.cutMails + bodies)
  return [...lines, ...uncut, ...cut].map(
    ({ id, channel, code = 'no code' }) => `${id}: unknown by ${channel} (${code})`,
  )
}

/** Code of a mail whose connection ended after its body; at most one a connection that was cut. */
const CUT = 'smtp-cut'

/** Addresses whose relay leaves it open whether it took a mail. */
const LOSING: ReadonlySet<AddressKind> = new Set(['lost', 'taken'])

/**
 * LINE calls that could not be made again, because somebody of theirs may not be sent the text any
 * more: the same key goes with the same recipients, so all of such a call stays unknown.
 */
function endedBatches({ ledger, families: { freed } }: Evident): Set<string> {
  return new Set(ledger.filter(({ id }) => freed.has(id)).map(({ batch }) => batch))
}

/**
 * Texts that were begun after somebody had stopped them. With one worker nothing is on the wire when
 * people do something, since it has just been killed. *Pure.*
 */
export function sentAfterStopOf({ copies, families }: Evident, { workers }: Disturbance): string[] {
  if (workers > 1) return []
  const isQuiet = ({ id, at }: Copy) =>
    families.quiet.some(({ isMeant, from, to }) => isMeant(id) && at > from && at < to)
  return [
    ...copies
      .filter(({ id, at }) => at > (families.stopped.get(id) ?? Infinity))
      .map(({ id }) => `${id}: sent after it was stopped`),
    ...copies.filter(isQuiet).map(({ id }) => `${id}: sent in a pause or while it was withdrawn`),
  ]
}
