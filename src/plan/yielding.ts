import { YIELDING_KINDS, type YieldedDay, type YieldingKind } from '../operation/yielded'
import type { LocalDay } from '../stage/day'
import type { ExclusionReason } from './reason'
import type { DeliveryKind } from './slotContent'

/** What stands in the ledger for each. */
export const YIELD_REASONS: Readonly<Record<YieldingKind, ExclusionReason>> = {
  milestone: 'yieldedMilestone',
  addOn: 'yieldedAddOn',
  notice: 'yieldedNotice',
  survey: 'yieldedSurvey',
}

/** Kinds that yield on a day, by the id of the LINE account. */
export type Yielding = ReadonlyMap<string, ReadonlySet<DeliveryKind>>

/** Messages that a LINE account needs, by what leads them. */
export type Needs = Partial<Record<DeliveryKind, number>>

/** What a LINE account needs on a day. */
export interface DayNeeds {
  date: LocalDay
  needs: Needs
}

/** Beside ten texts that never yield one is kept: families come meanwhile, and an alert may. */
export const SPARED_OF = 10

/**
 * What yields on each of the rest of a month's days, in their order. A kind goes on a day when all that
 * stands above it, of that day and all later ones, finds room in what is left besides; and so the
 * earlier of two notices goes when there is no room for both. Days on which all goes are left out.
 * *Pure.*
 */
export function yieldedDays(left: number, days: readonly DayNeeds[]): YieldedDay[] {
  let still = left
  return days.flatMap(({ date, needs }, at) => {
    const rest = days.slice(at)
    const first = sumOf(rest, neverYields)
    let above = first + Math.ceil(first / SPARED_OF)
    let going = sumOf([{ date, needs }], neverYields)
    const kinds: YieldingKind[] = []
    for (const kind of YIELDING_KINDS) {
      const need = needs[kind] ?? 0
      if (need > 0 && above + need > still) kinds.push(kind)
      else going += need
      above += sumOf(rest, (one) => one === kind)
    }
    still -= going
    return kinds.length > 0 ? [{ date, kinds }] : []
  })
}

function neverYields(kind: string): boolean {
  return !YIELDING_KINDS.some((one) => one === kind)
}

function sumOf(days: readonly DayNeeds[], isMeant: (kind: string) => boolean): number {
  const counts = days.flatMap(({ needs }) =>
    Object.entries(needs).map(([kind, count]) => (isMeant(kind) ? count : 0)),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Whether a text is not sent because its kind yields on its account. *Pure.* */
export function yieldReason(
  { channel, account, kind }: { channel: string; account: string; kind: DeliveryKind },
  yielding: Yielding | undefined,
): ExclusionReason | null {
  if (channel !== 'line' || !yielding?.get(account)?.has(kind)) return null
  return YIELD_REASONS[kind as YieldingKind] ?? null
}

/** Whether an exclusion is one of these. *Pure.* */
export function isYielded(reason: ExclusionReason): boolean {
  return Object.values(YIELD_REASONS).includes(reason)
}
