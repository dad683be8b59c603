import { formatCount } from '../release/textLimits'
import type { LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { about } from './sentence'
import { UNKNOWN } from './townSentences'

/** What a pause takes from readers. */
export interface Paused {
  /** Texts that are out and are sent no more. */
  texts: number
  /** Readers of the municipality; null where too few to be told, or not counted yet. */
  readers: number | null
  /** Day of the figures; null where there are none. */
  asOf: LocalDay | null
  /** About so many deliveries in `days` days; null where they cannot be told. */
  deliveries: number | null
  days: number
  /** Last day of the pause; null is open. */
  until: LocalDay | null
}

/** What a pause does to readers, a sentence each. *Pure.* */
export function pauseSentences({ texts, readers, asOf, deliveries, days, until }: Paused) {
  const first = `保存すると、まだ送られていない分から止まります。公開中の ${formatCount(texts)} 件が送られなくなります。`
  const whom =
    readers === null || asOf === null
      ? UNKNOWN
      : `届かなくなる読者は${about(readers)}です(${dayLabel(asOf)}の集計から)。`
  const period = until ? `${dayLabel(until)}までに` : `はじめの ${days} 日間だけで`
  return [
    first + whom,
    ...(deliveries === null
      ? []
      : [`${period}、${about(deliveries, '通')}が届かなくなる見込みです。`]),
    'お休みのあいだに過ぎた日の文は、再開しても送りません。',
    '登録のページには「いまお休みしています」と窓口の電話番号が出ます。もう登録している読者は、内容を変えることも、止めることもできます。',
  ]
}
