import { MAIL_CONNECTIONS } from '../../worker/channel/mail'
import type { Aftermath, Disturbance } from './dataSet'
import type { Expected } from './families'
import { breaches, type LedgerEntry } from './invariants'

/** Everything that broke a promise on a day, as sentences. *Pure.* */
export function problemsOf(after: Aftermath, { workers }: Disturbance): string[] {
  const atRisk = MAIL_CONNECTIONS * workers
  return [
    ...evidenceBreaches(after),
    ...after.lineUnknown.map((id) => `${id}: LINE leaves nobody unknown`),
    ...after.differences.map((difference) => JSON.stringify(difference)),
    ...after.lost.filter((many) => many > atRisk).map((many) => `${many} lost in one crash`),
    ...after.exitCodes.filter((code) => code !== 0).map((code) => `exit code ${code}`),
  ]
}

/** What the ledger and the providers' logs contradict. *Pure.* */
export function evidenceBreaches({ families, ledger, copies }: Aftermath): string[] {
  const { changed, expected } = families
  return breaches({ planned: new Set(expected.map(({ id }) => id)), ledger, copies, changed })
}

/** Texts that a provider took more than once. *Pure.* */
export function copiesOf({ copies }: Aftermath): string[] {
  const once = new Set<string>()
  return copies.filter((id) => once.size === once.add(id).size)
}

/**
 * Texts of families who did nothing and whose address makes no trouble, that nobody took although
 * the day was long enough and nothing says that it may have been taken. *Pure.*
 */
export function lostOf(after: Aftermath, day: Disturbance): string[] {
  const taken = new Set(after.copies)
  const ledger = new Map(after.ledger.map((entry) => [entry.id, entry]))
  return after.families.expected
    .filter((one) => one.kind === 'plain' && !one.isForeign && !taken.has(one.id))
    .filter((one) => !isChanged(one, after) && !isTold(ledger.get(one.id), day))
    .map(({ id }) => id)
}

function isChanged({ id }: Expected, { families }: Aftermath): boolean {
  return families.changed.has(id.split(':')[0]!)
}

/** Listed as unknown, or too late on an evening that ended too soon for it. */
function isTold(entry: LedgerEntry | undefined, { startAt }: Disturbance): boolean {
  return entry?.status === 'unknown' || (entry?.status === 'expired' && startAt !== undefined)
}
