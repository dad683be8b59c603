import { dayLabel } from '../stage/japaneseDate'
import { ALERT_WORDS } from './alertWords'
import { messagesInWords } from './messagesInWords'
import type { LineStatus } from './status'
import { SENT_ELSEWHERE, webhookTestWords } from './webhookTest'
import { yieldedWords } from './yielded'

/** How a LINE account is: what is used of the month, and LINE's count of a day beside ours. *Pure.* */
export function lineWords(line: LineStatus): string {
  const { askedAt, limit, used, expected, counted, code, webhookTest } = line
  if (askedAt === null || used === null)
    return code === null ? 'まだ LINE に聞いていません' : `LINE に聞けません(${code})`
  const ofMonth =
    limit === null
      ? `今月 ${messagesInWords(used)}(上限なし)`
      : `今月 ${messagesInWords(used)} / 上限 ${limit.toLocaleString('ja-JP')} 通${expected === null ? '' : `、このままなら月末に ${messagesInWords(expected)}`}`
  const ofDay = counted
    ? `。${dayLabel(counted.day)}は、LINE の数え方で ${messagesInWords(counted.line)}、こちらで ${messagesInWords(counted.ours)}`
    : ''
  const isReached = webhookTest?.reason === 'ok'
  const ofTest = isReached ? `。${webhookTestWords(webhookTest)}` : ''
  return `${ofMonth}${ofDay}${ofTest}${code === null ? '' : `。いまは LINE に聞けません(${code})`}`
}

/** What is wrong with a LINE account, and what to do, a sentence each. *Pure.* */
export function troubleWords(line: LineStatus): string[] {
  const { troubles, menu, yielded, webhookTest, isSentElsewhere } = line
  const yields = yieldedWords(yielded)
  const found = troubles.flatMap((code) => ALERT_WORDS[code] ?? [])
  const noMenu = menu === 'none' ? ['トークの下のメニューが付いていません'] : []
  return [
    ...found.map(({ what, act }) => `${what}。→ ${act}`),
    ...(isSentElsewhere ? [SENT_ELSEWHERE] : []),
    ...(webhookTest && webhookTest.reason !== 'ok' ? [webhookTestWords(webhookTest)] : []),
    ...(yields ? [yields] : []),
    ...noMenu,
  ]
}
