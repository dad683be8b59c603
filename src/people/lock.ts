/** Wrong guesses in a row that lock an account. */
export const MAX_GUESSES = 10

/** How long a lock holds. */
export const LOCK_MS = 10 * 60_000

const MINUTE_MS = 60_000
const MINUTES = LOCK_MS / MINUTE_MS

/** When one can try again, and whom one may ask; true of every account, so that it tells nobody who exists. */
export const LOCK_SENTENCE = `続けて ${MAX_GUESSES} 回間違えると、${MINUTES} 分のあいだログインできません。急ぐときは、システム管理者か監修責任者に頼むと、すぐに戻せます。`

/** What is said of every log-in that failed: a wrong password, nobody, a lock. */
export const FAILED_SENTENCE = `ログインできませんでした。メールアドレスかパスワードが違います。${LOCK_SENTENCE}`

/** Whole minutes until a lock ends, at least 1; null when there is none. *Pure.* */
export function lockedMinutes(lockUntil: string | null | undefined, now: Date): number | null {
  if (!lockUntil) return null
  const left = new Date(lockUntil).getTime() - now.getTime()
  return left > 0 ? Math.ceil(left / MINUTE_MS) : null
}
