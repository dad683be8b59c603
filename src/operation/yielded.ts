import { z } from 'zod'

import { dayLabel } from '../stage/japaneseDate'

/**
 * Kinds of texts that yield when a LINE account's month will not last, from what stands highest to what
 * stops first (the order under the daily cap). All others, the alerts above all, never do.
 */
export const YIELDING_KINDS = ['milestone', 'addOn', 'notice', 'survey'] as const

/** One of these. */
export type YieldingKind = (typeof YIELDING_KINDS)[number]

/** What does not go out through a LINE account on a day, as it is told. */
export const yieldedDayShape = z.strictObject({
  date: z.string().max(10),
  kinds: z.array(z.enum(YIELDING_KINDS)).max(YIELDING_KINDS.length),
})

/** What does not go out through a LINE account on a day. */
export type YieldedDay = z.infer<typeof yieldedDayShape>

/** What people call them. */
const KIND_WORDS: Readonly<Record<YieldingKind, string>> = {
  milestone: '節目の文',
  addOn: '自治体原稿だけの文',
  notice: 'お知らせ',
  survey: 'アンケート',
}

/** What will not go out this month, what stops first first; null where all goes. *Pure.* */
export function yieldedWords(days: readonly YieldedDay[]): string | null {
  const told = [...YIELDING_KINDS].reverse().flatMap((kind) => {
    const [first, ...more] = days.filter(({ kinds }) => kinds.includes(kind))
    if (!first) return []
    const others = more.length > 0 ? `と、ほかの ${more.length} 日` : ''
    return [`${KIND_WORDS[kind]}(${dayLabel(first.date)}${others})`]
  })
  return told.length > 0 ? `今月、LINE では送らないもの: ${told.join('、')}` : null
}
