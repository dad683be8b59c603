import { clockLabel, dayLabel, japaneseMoment } from '../stage/japaneseDate'
import { ALERT_WORDS } from './alertWords'
import { backupWords } from './backupWords'
import { ALL_MAIL, EVERYTHING, scopeWords, typedScope } from './halt'
import { lineWords, troubleWords } from './lineWords'
import { messagesInWords } from './messagesInWords'
import {
  OUTCOMES,
  type DeliveryStatus,
  type Outcome,
  type RunStatus,
  type TownStatus,
} from './status'

/** A worker signs four times a minute: one that has not for so long is gone. */
const GONE_AFTER_MS = 60_000

/** Whether deliveries go on: the first that somebody looks for who was woken. *Pure.* */
export function standingWords({ halts }: Pick<DeliveryStatus, 'halts'>, isPaused: boolean): string {
  if (isPaused || halts.some(({ scope }) => scope === EVERYTHING)) return '配信: 止めています。'
  return halts.length > 0
    ? '配信: 一部を止めています。わけは下にあります。'
    : '配信: 止めていません。'
}

/** How deliveries stand, a line each, as an operator reads them in the shell. *Pure.* */
export function statusLines(status: DeliveryStatus, now: Date): string[] {
  const { towns, alerts } = status
  const busy = towns.filter(
    (town) => town.runs.length > 0 || town.unknown.count > 0 || restWords(town) !== null,
  )
  const others = towns.length - busy.length
  return [
    workersWords(status, now),
    contentWords(status.content),
    backupWords(status),
    ...status.halts.map(
      ({ scope, since, reason }) =>
        `${scopeWords(scope, status)}を止めています(${japaneseMoment(since)} から)。わけ: ${reason}。→ kizuna resume --scope ${typedScope(scope)} --reason わけ`,
    ),
    `${dayLabel(status.date)}の配信:`,
    ...(towns.length === 0 ? ['- 自治体がまだありません。'] : []),
    ...busy.flatMap((town) => townLines(town, now)),
    ...(others > 0 ? [`- ほかの ${others} 自治体: きょうの配信回はまだありません。`] : []),
    ...status.lines.flatMap((line) => [
      `LINE ${line.name}: ${lineWords(line)}`,
      ...troubleWords(line).map((words) => `- ${words}`),
    ]),
    alerts.length === 0 ? 'この 24 時間の注意: ありません。' : 'この 24 時間の注意:',
    ...alerts.map((alert) => `- ${alert.code}: ${alertWords(alert)}`),
  ]
}

/** Which workers live, and which were killed or do not answer. *Pure.* */
export function workersWords({ workers }: Pick<DeliveryStatus, 'workers'>, now: Date): string {
  const isGone = (at: string) => now.getTime() - Date.parse(at) > GONE_AFTER_MS
  const living = workers.filter((at) => !isGone(at))
  const [last, ...more] = workers.filter(isGone)
  const gone = last
    ? `。止められたか、返事のないもの ${more.length + 1} つ(最後は ${japaneseMoment(last)})`
    : ''
  return living.length > 0
    ? `動いている worker: ${living.length}${gone}`
    : `動いている worker はありません${gone}。npm run start:worker で始めます。`
}

/** How old what is held of the CMS is. *Pure.* */
export function contentWords({ syncedAt, texts }: DeliveryStatus['content']): string {
  return syncedAt
    ? `公開された文を最後に受け取った時刻: ${japaneseMoment(syncedAt)}(使える文 ${texts.toLocaleString('ja-JP')} 件)`
    : 'CMS からまだ何も受け取っていません。CMS が動いているかと、CMS_URL と CMS_API_KEY を確かめてください。'
}

function townLines(status: TownStatus, now: Date): string[] {
  const { code, name, runs, welcomes, unknown } = status
  const town = `${name}(${code})`
  const rest = restWords(status)
  return [
    ...(rest === null ? [] : [`- ${town}: ${rest}`]),
    ...runs.flatMap((run) => [
      `- ${town}${run.kind === 'urgent' ? ' 緊急' : ''}: ${stateWords(run, now)}。${countWords(run)}`,
      ...(run.state === 'held' ? heldLines(run) : []),
    ]),
    ...(status.tomorrow === null ? [] : [`- ${town}: ${tomorrowWords(status)}`]),
    ...(welcomes ? [`- ${town}: きょう登録した人 ${welcomes} 人へのあいさつ`] : []),
    ...(unknown.count > 0
      ? [
          `- ${town}: 送れたか分からないメール ${unknown.count} 通。→ kizuna unknown --municipality ${code}`,
        ]
      : []),
  ]
}

function heldLines({ id }: RunStatus): string[] {
  return [
    `  続けてよければ: kizuna held --run ${id} --continue --reason わけ`,
    `  送らずに終えるなら: kizuna held --run ${id} --drop --reason わけ`,
    '  管理画面の「配信のようす」でも選べます',
  ]
}

/** Why a municipality sends nothing: it rests, a person has stopped it, or what it lacks; null when it is ready. *Pure.* */
export function restWords({ isResting, haltedBy, lacks }: TownStatus): string | null {
  if (isResting) return 'お休みしています。'
  if (haltedBy.length > 0) return `${haltedWords(haltedBy)}止めています。`
  return lacks.length > 0 ? `送れません。${lacks.join('。')}。` : null
}

function haltedWords(scopes: readonly string[]): string {
  const isAll = scopes.some((scope) => scope === EVERYTHING || scope.startsWith('town:'))
  if (isAll) return '送信を'
  const line = scopes.some((scope) => scope.startsWith('line:')) ? ['LINE'] : []
  const mail = scopes.includes(ALL_MAIL) ? ['メール'] : []
  return `${[...line, ...mail].join('と')}を`
}

/** How a run stands: これから計画、計画済み、送信中、保留、期限切れ、終わり. *Pure.* */
export function stateWords(run: RunStatus, now: Date): string {
  const { hold, state, opensAt, closesAt, wakeAt } = run
  if (hold && state === 'held') {
    const why = ALERT_WORDS[hold.code]?.what ?? hold.code
    return `保留(${clockLabel(hold.at)} から)。${why}${hold.detail ? `(${hold.detail})` : ''}`
  }
  if (state === 'done') return run.isStale ? '期限切れ' : '終わりました'
  if (state !== 'sending') return 'これから計画します'
  if (new Date(opensAt) > now) return `計画済み。${clockLabel(opensAt)} から送ります`
  const waits = wakeAt && new Date(wakeAt) > now ? `次は ${clockLabel(wakeAt)}、` : ''
  return `送信中(${waits}${clockLabel(closesAt)} まで)`
}

/** What became of a message, as people call it. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  accepted: '受付済み',
  planned: 'これから',
  inFlight: '渡しているところ',
  deferred: 'あとで試し直す',
  rejected: '断られた',
  unknown: '分からない',
  expired: '期限切れ',
  excluded: '送らなかった',
}

/** The numbers of a run: 予定 40 通: 受付済み 38、分からない 2; empty before it is planned. *Pure.* */
export function countWords({ deliveries, counts }: RunStatus): string {
  if (deliveries === null) return ''
  const told = OUTCOMES.flatMap((outcome) => {
    const count = counts[outcome]
    return count === undefined || count === 0
      ? []
      : [`${OUTCOME_WORDS[outcome]} ${messagesInWords(count)}`]
  })
  const all = `予定 ${messagesInWords(deliveries)}`
  return told.length > 0 ? `${all}: ${told.join('、')}` : all
}

/** The next day's texts beside today's: あしたは約 40 通の見込み; empty where it is not known. *Pure.* */
export function tomorrowWords({ tomorrow }: TownStatus): string {
  return tomorrow === null ? '' : `あしたは ${messagesInWords(tomorrow)}の見込み`
}

/** What has happened and what to do about it. *Pure.* */
export function alertWords({ code, count, lastAt }: DeliveryStatus['alerts'][number]): string {
  const when = `最後は ${japaneseMoment(lastAt)}、はじめからの累計 ${count} 回`
  const words = ALERT_WORDS[code]
  return words ? `${words.what}。→ ${words.act}。(${when})` : when
}
