import { imagineDay, type ImaginedFamily } from '../plan/imagined'
import type { Program } from '../plan/program'
import type { ReaderPlan } from '../plan/reader'
import type { DeliveryKind } from '../plan/slotContent'
import type { LocalDay } from '../stage/day'

/** By what a month's texts are told apart: what leads each, as under the daily cap. */
export type CountedKind = (typeof COUNTED_KINDS)[number]['kind']

/** What is told apart, in the order of the daily cap, with its name for people. */
export const COUNTED_KINDS = [
  { kind: 'texts', label: '原稿' },
  { kind: 'addOns', label: '自治体原稿だけの文' },
  { kind: 'notices', label: 'お知らせ' },
  { kind: 'surveys', label: 'アンケート' },
] as const

const KIND_OF: Partial<Record<DeliveryKind, CountedKind>> = {
  addOn: 'addOns',
  notice: 'notices',
  survey: 'surveys',
}

/** A child of whom one date is known: a pregnancy all month long, or somebody born before. */
export type CountedChild = { dueDate: LocalDay } | { birthDate: LocalDay }

/** How many texts one family gets in a month. */
export interface FamilyMonth {
  child: CountedChild
  total: number
  counts: Readonly<Record<CountedKind, number>>
  /** Of the total, those that bring an add-on along. */
  withAddOn: number
  /** The most that come on one day. */
  fullestDay: number
  /** What does not come because its day has too many. */
  capped: number
}

/** Plans each day of a month for one family with the planning that sends, and counts. *Pure.* */
export function familyMonth(
  programs: readonly Program[],
  family: ImaginedFamily,
  child: CountedChild,
): FamilyMonth {
  const delivered = new Map<string, LocalDay>()
  const plans = programs.map((program) => {
    const plan = imagineDay({ program, family, anchors: child, delivered })
    for (const { id } of plan.deliveries) delivered.set(id, program.date)
    return plan
  })
  return { child, ...countsOf(plans) }
}

function countsOf(plans: readonly ReaderPlan[]): Omit<FamilyMonth, 'child'> {
  const deliveries = plans.flatMap((plan) => plan.deliveries)
  const exclusions = plans.flatMap((plan) => plan.exclusions)
  const numberOf = (kind: CountedKind) =>
    deliveries.filter((one) => (KIND_OF[one.kind] ?? 'texts') === kind).length
  return {
    total: deliveries.length,
    counts: {
      texts: numberOf('texts'),
      addOns: numberOf('addOns'),
      notices: numberOf('notices'),
      surveys: numberOf('surveys'),
    },
    withAddOn: deliveries.filter(({ texts, addOns }) => texts.length > 0 && addOns.length > 0)
      .length,
    fullestDay: Math.max(0, ...plans.map((plan) => plan.deliveries.length)),
    capped: exclusions.filter(({ reason }) => reason === 'dailyCap').length,
  }
}
