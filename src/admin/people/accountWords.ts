import { japaneseMoment } from '../../stage/japaneseDate'

/** When somebody was last in: 2026年11月23日(月) 9:05, or that they never were. *Pure.* */
export function lastLogInWords(at: unknown): string {
  return (typeof at === 'string' && japaneseMoment(at)) || 'まだありません'
}

/** That an account is locked, and for how long yet. *Pure.* */
export function lockedWords(minutes: number): string {
  return `パスワードの間違いが続いたため、あと ${minutes} 分ほどログインできません。ご本人だと確かめられたら、すぐに戻せます。`
}

/** That somebody has left. */
export const LEFT_WORDS =
  '退職・異動のため、止めています。この人はログインできません。氏名は、書いたものや承認の記録に残っています。'
