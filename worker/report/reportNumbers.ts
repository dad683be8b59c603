import { aboutFigure } from '../../src/statistics/protect'
import type { StatusCounts } from '../ledger/reading'
import type { DeliveryStatus } from '../ledger/states'

/** Counts below this could point at a person, so they are hidden. */
export const SMALL_NUMBER = 5

/** A day of one municipality in numbers; null is hidden because it is small. */
export type ReportNumbers = Record<string, number | null>

/** What a report is made from. */
export interface ReportInput {
  /** Readers with consent at the end of the day. */
  readers: number
  candidates: number
  /** Deliveries that some add-on did not fit into. */
  leftOut: number
  counts: StatusCounts
}

const OUTCOMES: readonly DeliveryStatus[] = [
  ...(['accepted', 'rejected', 'unknown', 'expired', 'excluded', 'planned'] as const),
  ...(['inFlight', 'deferred'] as const),
]

/**
 * A municipality's numbers of a day. Whatever is below five is hidden, zero too; where one hidden
 * part could be computed from the total, the next smallest part is hidden with it. Readers are told
 * to the next ten, and new ones not at all: day by day, exact ones would tell of each person who came
 * or stopped; the month's statistics tell how many registered. *Pure.*
 */
export function reportNumbers(input: ReportInput): ReportNumbers {
  const { readers, candidates, leftOut, counts } = input
  const sumOf = (status: DeliveryStatus) => (counts.line[status] ?? 0) + (counts.mail[status] ?? 0)
  const outcomes = Object.fromEntries(OUTCOMES.map((status) => [status, sumOf(status)]))
  const accepted = { line: counts.line.accepted ?? 0, mail: counts.mail.accepted ?? 0 }
  const deliveries = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const parts = hideSmall(outcomes)
  const channels = parts.accepted === null ? { line: null, mail: null } : hideSmall(accepted)
  return {
    readers: aboutCount(readers),
    ...hide({ candidates, deliveries, leftOut }),
    ...Object.fromEntries(Object.entries(parts).filter(([status]) => isShown(status))),
    acceptedLine: channels.line ?? null,
    acceptedMail: channels.mail ?? null,
  }
}

/** To the next ten, or null below five. *Pure.* */
export function aboutCount(count: number): number | null {
  const figure = aboutFigure(count)
  return typeof figure === 'object' ? figure.about : null
}

function isShown(status: string): boolean {
  return ['accepted', 'rejected', 'unknown', 'expired', 'excluded'].includes(status)
}

function hide(counts: Record<string, number>, k = SMALL_NUMBER): ReportNumbers {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, count < k ? null : count]),
  )
}

/** Parts of a total that is shown: never exactly one of them hidden above zero. *Pure.* */
export function hideSmall(parts: Record<string, number>, k = SMALL_NUMBER): ReportNumbers {
  const hidden = hide(parts, k)
  const secret = Object.entries(parts).filter(([name, n]) => n > 0 && hidden[name] === null)
  if (secret.length !== 1) return hidden
  const [next] = Object.entries(parts)
    .filter(([name]) => hidden[name] !== null)
    .sort(([, a], [, b]) => a - b)
  return next ? { ...hidden, [next[0]]: null } : hidden
}
