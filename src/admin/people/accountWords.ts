import type { AccountState } from '../../people/accountEndpoints'
import { japaneseMoment } from '../../stage/japaneseDate'

/** When somebody was last in: 2026年11月23日(月) 9:05, or that they never were. *Pure.* */
export function lastLogInWords(at: unknown): string {
  return (typeof at === 'string' && japaneseMoment(at)) || 'まだありません'
}

/** That an account is locked, and for how long yet. *Pure.* */
export function lockedWords(minutes: number): string {
  return `パスワードの間違いが続いたため、あと ${minutes} 分ほどログインできません。ご本人だと確かめられたら、すぐに戻せます。`
}

/** How it stands with the invitation of who never was in. *Pure.* */
export function invitedWords({ invitedAt, linkUntil }: AccountState): string {
  if (invitedAt === null) return 'まだ招待のメールを送っていません。'
  const sent = `${japaneseMoment(invitedAt)} に招待のメールを送りました。`
  return linkUntil === null
    ? `${sent}リンクの期限が過ぎました。もう一度送れます。`
    : `${sent}リンクは ${japaneseMoment(linkUntil)} まで使えます。`
}
