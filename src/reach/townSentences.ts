import type { LocalDay } from '../stage/day'
import { formatCount } from '../release/textLimits'
import { dayLabel } from '../stage/japaneseDate'
import { about } from './sentence'

/** What is said where readers cannot be counted. */
export const UNKNOWN =
  '読者の数の集計がまだないか、少なくて出せないので、何人に届くかは分かりません。'

/** What a change of sender or contact touches, in a sentence or two. *Pure.* */
export function everywhereSentence({
  texts,
  readers,
  asOf,
}: {
  texts: number
  readers: number | null
  asOf: LocalDay | null
}): string {
  const said = `この自治体が送るすべての文(公開中 ${formatCount(texts)} 件)の差出人や問い合わせ先に出ます。`
  if (readers === null || asOf === null) return said + UNKNOWN
  return `${said}読者は${about(readers)}です(${dayLabel(asOf)}の集計から)。`
}

/** What a change of the municipality's own variables touches. *Pure.* */
export function variablesSentence({
  texts,
  week,
  asOf,
}: {
  texts: number
  week: number | null
  asOf: LocalDay | null
}): string {
  const said = `差し込み語の変更は、公開中の自治体原稿 ${texts} 件に反映されます。`
  if (week === null || asOf === null) return said + UNKNOWN
  return `${said}明日からの 7 日間で${about(week)}に届く見込みです(${dayLabel(asOf)}の集計から)。`
}
