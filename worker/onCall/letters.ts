import type { OnCallMessage } from './message'

/** One message on one way, as stored in `onCallLetters`. */
export interface OnCallLetter {
  /** `incident.number|way`: made once, however many look. */
  _id: string
  /** Key of the way. */
  way: string
  message: OnCallMessage
  /** Which message of its incident. */
  number: number
  madeAt: Date
  /** Nobody takes it up before. */
  nextAt: Date
  tries: number
  state: 'waiting' | 'taken' | 'givenUp'
  /** What came back the last time it was not taken. */
  code: string | null
}

/** Waits after a first, second … try. */
const BACKOFF_MS = [15_000, 60_000, 120_000, 300_000, 600_000]

/** After this a message says nothing that somebody could still use. */
const GIVEN_UP_AFTER_MS = 24 * 3600_000

/** The letter of a message on a way. *Pure.* */
export function letterOf(
  message: OnCallMessage,
  { way, number, now }: { way: string; number: number; now: Date },
): OnCallLetter {
  return {
    _id: `${message.id}.${number}|${way}`,
    way,
    message,
    number,
    madeAt: now,
    nextAt: now,
    tries: 0,
    state: 'waiting',
    code: null,
  }
}

/**
 * The letters that may go now: of each incident and way the first that waits, so that nobody hears of
 * an end before the beginning. *Pure.*
 */
export function dueLetters(waiting: readonly OnCallLetter[], now: Date): OnCallLetter[] {
  const first = new Map<string, OnCallLetter>()
  for (const letter of waiting) {
    const key = `${letter.message.id}|${letter.way}`
    const known = first.get(key)
    if (!known || letter.number < known.number) first.set(key, letter)
  }
  return [...first.values()]
    .filter(({ nextAt }) => nextAt <= now)
    .toSorted((one, other) => one.madeAt.getTime() - other.madeAt.getTime())
}

/** What a letter becomes that was not taken; tried again ever more rarely, and for a day. *Pure.* */
export function untaken(
  { tries, madeAt }: Pick<OnCallLetter, 'tries' | 'madeAt'>,
  { code, now }: { code: string; now: Date },
): Pick<OnCallLetter, 'state' | 'nextAt' | 'code'> {
  const waitMs = BACKOFF_MS[Math.min(tries, BACKOFF_MS.length) - 1] ?? 0
  const isLate = now.getTime() - madeAt.getTime() > GIVEN_UP_AFTER_MS
  const state = isLate ? ('givenUp' as const) : ('waiting' as const)
  return { state, nextAt: new Date(now.getTime() + waitMs), code }
}
