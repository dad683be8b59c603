import type { LocalDay } from '../stage/day'
import { daysLived, type LifeInput } from './life'

/** What a family has to expect of a municipality. */
export type Outlook =
  /** The day of the next text. */
  | { kind: 'text'; day: LocalDay }
  /** Nothing for this pregnancy, but texts once the birth is reported. */
  | { kind: 'afterBirth' }
  /** Nothing, whatever it waits for. */
  | { kind: 'none' }

/** A family, what its municipality has, and the day from which it is asked. */
export type OutlookInput = Omit<LifeInput, 'expected'> & {
  from: LocalDay
  /** Slots of which a text of that day has gone out already. */
  gone?: ReadonlySet<string>
}

/**
 * When a family gets its next text, by the planning that sends: series and their ranges and days,
 * editions, hidden texts and the municipality's own. *Pure.*
 */
export function outlookOf(input: OutlookInput): Outlook {
  const day = nextDay(input)
  if (day !== null) return { kind: 'text', day }
  const { dueDate, birthDate } = input.dates
  if (dueDate === undefined || birthDate !== undefined) return { kind: 'none' }
  const born = { ...input, dates: { dueDate, birthDate: dueDate } }
  return nextDay(born) === null ? { kind: 'none' } : { kind: 'afterBirth' }
}

/** The question at 42w0d is none that somebody is told to wait for. */
function nextDay({ from, gone, ...input }: OutlookInput): LocalDay | null {
  for (const { date, plan } of daysLived({ ...input, expected: [] }, from)) {
    const isToCome = (slot: string) => date !== from || !gone?.has(slot)
    if (plan.deliveries.some(({ kind, slot }) => kind !== 'question' && isToCome(slot))) return date
  }
  return null
}
