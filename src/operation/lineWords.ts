import { dayLabel } from '../stage/japaneseDate'
import { ALERT_WORDS } from './alertWords'
import { messagesInWords } from './messagesInWords'
import type { LineStatus } from './status'
import { yieldedWords } from './yielded'

/** How a LINE account is: what is used of the month, and LINE's count of a day beside ours. *Pure.* */
export function lineWords(line: LineStatus): string {
  const { askedAt, limit, used, expected, counted, code } = line
  if (askedAt === null || used === null)
    return code === null ? 'まだ LINE に聞いていません' : `LINE に聞けません(${code})`
  const ofMonth =
    limit === null
      ? `今月 ${messagesInWords(used)}(上限なし)`
      : `今月 ${messagesInWords(used)} / 上限 ${limit.toLocaleString('ja-JP')} 通${expected === null ? '' : `、このままなら月末に ${messagesInWords(expected)}`}`
  const ofDay = counted
    ? `。${dayLabel(counted.day)}は、LINE の数え方で ${messagesInWords(counted.line)}、こちらで ${messagesInWords(counted.ours)}`
    : ''
  return `${ofMonth}${ofDay}${code === null ? '' : `。いまは LINE に聞けません(${code})`}`
}

/** What is wrong with a LINE account, and what to do, a sentence each. *Pure.* */
export function troubleWords({ troubles, menu, yielded }: LineStatus): string[] {
  const yields = yieldedWords(yielded)
  const found = troubles.flatMap((code) => ALERT_WORDS[code] ?? [])
  const noMenu = menu === 'none' ? ['トークの下のメニューが付いていません'] : []
  return [
    ...found.map(({ what, act }) => `${what}。→ ${act}`),
    ...(yields ? [yields] : []),
    ...noMenu,
  ]
}
