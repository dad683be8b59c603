import { clockLabel, dayLabel, japaneseMoment } from '../../src/stage/japaneseDate'
import type { AlertCount } from '../app/alerts'
import type { DeliveryStatus } from '../ledger/states'
import { ALERT_WORDS } from './alertWords'
import type { RunToday, Today, TownToday } from './today'

/** A worker signs four times a minute: one that has not for so long is gone. */
const GONE_AFTER_MS = 60_000

/** How deliveries stand today, a line each, as an operator reads them. *Pure.* */
export function todayLines(today: Today, now: Date): string[] {
  const busy = today.towns.filter(({ lacks, runs }) => lacks.length > 0 || runs.length > 0)
  return [
    workersLine(today, now),
    contentLine(today.content),
    `${dayLabel(today.date)}の配信:`,
    ...(today.towns.length === 0 ? ['- 自治体がまだありません。'] : []),
    ...busy.flatMap((town) => townLines(town, now)),
    ...(busy.length < today.towns.length
      ? [`- ほかの ${today.towns.length - busy.length} 自治体: きょうの配信回はまだありません。`]
      : []),
    today.alerts.length === 0 ? 'この 24 時間の注意: ありません。' : 'この 24 時間の注意:',
    ...today.alerts.map(alertLine),
  ]
}

function workersLine({ workers }: Today, now: Date): string {
  const isGone = (at: Date) => now.getTime() - at.getTime() > GONE_AFTER_MS
  const living = workers.filter((at) => !isGone(at))
  const gone = workers.filter(isGone)
  const last = gone[0]
    ? `。止められたか、返事のないもの ${gone.length} つ(最後は ${japaneseMoment(gone[0])})`
    : ''
  return living.length === 0
    ? `動いている worker はありません${last}。npm run start:worker で始めます。`
    : `動いている worker: ${living.length}${last}`
}

function contentLine({ syncedAt, texts }: Today['content']): string {
  return syncedAt
    ? `CMS から受け取ったもの: ${japaneseMoment(syncedAt)} まで(使える文 ${texts.toLocaleString('ja-JP')} 件)`
    : 'CMS からまだ何も受け取っていません。CMS が動いているかと、CMS_URL と CMS_API_KEY を確かめてください。'
}

function townLines({ code, name, lacks, runs, welcomes }: TownToday, now: Date): string[] {
  const town = `${name}(${code})`
  return [
    ...(lacks.length > 0 ? [`- ${town}: 送れません。${lacks.join('。')}。`] : []),
    ...runs.flatMap((run) => [
      `- ${town}${run.kind === 'urgent' ? ' 緊急' : ''}: ${stateWords(run, now)}。${countWords(run)}`,
      ...(run.state === 'held' ? [`  続けてよければ: kizuna deliver --municipality ${code}`] : []),
    ]),
    ...(welcomes > 0 ? [`- ${town}: きょう登録した人 ${welcomes} 人へのあいさつ`] : []),
  ]
}

/** How a run stands: 計画済み, 送信中, 待っている, 保留, 期限切れ, 終わった. *Pure.* */
export function stateWords(run: RunToday, now: Date): string {
  const opens = earliest(Object.values(run.opensAt))
  const closes = latest(Object.values(run.closesAt))
  if (run.hold && run.state === 'held') {
    const { at, code, detail } = run.hold
    const why = ALERT_WORDS[code]?.what ?? code
    return `保留(${clockLabel(at)} から)。${why}${detail ? `(${detail})` : ''}`
  }
  if (run.state === 'done') return run.isStale ? '期限切れ' : '終わりました'
  if (run.state !== 'sending') return 'これから計画します'
  if (opens > now) return `計画済み。${clockLabel(opens)} から送ります`
  const waits = run.wakeAt && run.wakeAt > now ? `次は ${clockLabel(run.wakeAt)}、` : ''
  return `送信中(${waits}${clockLabel(closes)} まで)`
}

const OUTCOMES: readonly (readonly [DeliveryStatus, string])[] = [
  ['accepted', '受付済み'],
  ['planned', 'これから'],
  ['inFlight', '渡しているところ'],
  ['deferred', 'あとで試し直す'],
  ['rejected', '断られた'],
  ['unknown', '分からない'],
  ['expired', '期限切れ'],
  ['excluded', '送らなかった'],
]

function countWords({ deliveries, counts }: RunToday): string {
  if (deliveries === null) return ''
  const told = OUTCOMES.flatMap(([status, word]) => {
    const count = counts[status] ?? 0
    return count > 0 ? [`${word} ${count.toLocaleString('ja-JP')}`] : []
  })
  const all = `予定 ${deliveries.toLocaleString('ja-JP')} 通`
  return told.length > 0 ? `${all}: ${told.join('、')}` : all
}

function alertLine({ _id: code, count, lastAt }: AlertCount): string {
  const words = ALERT_WORDS[code]
  const when = `最後は ${japaneseMoment(lastAt)}、はじめからの累計 ${count} 回`
  return words ? `- ${code}(${when}): ${words.what}。→ ${words.act}。` : `- ${code}(${when})`
}

function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map((one) => one.getTime())))
}

function latest(instants: readonly Date[]): Date {
  return new Date(Math.max(...instants.map((one) => one.getTime())))
}
