import { japaneseMoment } from '../stage/japaneseDate'
import { isLocalDay, localDayOf } from '../stage/day'

/** A clock for trying: it stood at `at` at the real instant `since`, and runs on from there. */
export interface PracticeClock {
  at: Date
  since: Date
}

/** This machine's clock; nothing else in the product asks for it. */
export const systemNow = (): Date => new Date()

/** The product's clock: the practice clock, or this machine's own where there is none. *Pure.* */
export function createNow(
  practice: PracticeClock | null,
  ownNow: () => Date = systemNow,
): () => Date {
  if (practice === null) return ownNow
  const aheadMs = practice.at.getTime() - practice.since.getTime()
  return () => new Date(ownNow().getTime() + aheadMs)
}

/** The practice clock of the settings; without a `KIZUNA_CLOCK_SINCE` it starts now. *Pure.* */
export function practiceClockOf(
  { KIZUNA_CLOCK: at, KIZUNA_CLOCK_SINCE: since }: ClockSettings,
  ownNow: Date,
): PracticeClock | null {
  return at === null ? null : { at, since: since ?? ownNow }
}

/** A practice clock as settings, so that another program shows the same. *Pure.* */
export function clockEnvironment(practice: PracticeClock | null): Record<string, string> {
  if (practice === null) return {}
  return {
    KIZUNA_CLOCK: practice.at.toISOString(),
    KIZUNA_CLOCK_SINCE: practice.since.toISOString(),
  }
}

/** What people are told wherever a practice clock is on. *Pure.* */
export function practiceClockSentence(now: Date): string {
  return `練習用の時計で動いています。いまは ${japaneseMoment(now)} ということになっています。`
}

const NOTATION =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/

const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2099-12-31'

/** Reads an instant with its zone, `2026-12-01T10:00+09:00`; null when it is none. *Pure.* */
export function parseInstant(text: string): Date | null {
  const day = NOTATION.exec(text)?.[1]
  if (day === undefined || !isLocalDay(day)) return null
  const instant = new Date(text)
  const local = localDayOf(instant)
  return local >= FIRST_DAY && local <= LAST_DAY ? instant : null
}

/** What is said of a text that {@link parseInstant} cannot read. *Pure.* */
export function instantMistake(text: unknown): string {
  const found = String(text).slice(0, 40)
  return `「${found}」は時刻として読めません。2026-12-01T10:00+09:00 の形(実際にある日、時と分、時差)で、2000 年から 2099 年までの時刻を書いてください`
}

/** Settings that a practice clock depends on. */
export interface ClockSettings {
  KIZUNA_CLOCK: Date | null
  KIZUNA_CLOCK_SINCE: Date | null
}

/** Addresses that something is sent to; null is the practice inbox of this machine. */
export interface Destinations {
  LINE_API_URL: string | null
  SMTP_URL: string | null
}

/** Why no practice clock may run, a sentence for each address that is not on this machine. *Pure.* */
export function practiceClockProblems(destinations: Destinations): string[] {
  return (['LINE_API_URL', 'SMTP_URL'] as const).flatMap((name) => {
    const host = hostOf(destinations[name])
    if (host === null || isLoopbackHost(host)) return []
    return `KIZUNA_CLOCK: 練習用の時計は、送り先がどれもこの機械の中(localhost、127.0.0.1、[::1])のときだけ使えますが、${name} の送り先は「${host}」です。KIZUNA_CLOCK を消すか、${name} を消して練習用の受け口を使ってください。`
  })
}

/** Whether everything that is sent stays on this machine: then it is for trying. *Pure.* */
export function isForTrying(destinations: Destinations): boolean {
  return practiceClockProblems(destinations).length === 0
}

function hostOf(url: string | null): string | null {
  return url === null ? null : new URL(url).hostname.toLowerCase()
}

/** `localhost`, 127.0.0.0/8 (RFC 1122 3.2.1.3) and ::1 (RFC 4291 2.5.3). *Pure.* */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
