import { japaneseMoment } from '../../src/stage/japaneseDate'
import type { Incident, Telling } from './incident'
import type { ToldCode } from './rules'

/** What is told of an incident: made of its code and numbers alone, and of no person. */
export interface OnCallMessage {
  /** The incident: `code-serial`. */
  id: string
  code: string
  state: Telling | 'test'
  /** One line. */
  title: string
  text: string
  since: Date
  lastAt: Date
  /** How often, or how many things. */
  count: number
}

const TITLES: Readonly<Record<Telling, string>> = {
  open: '',
  still: '続いています: ',
  over: 'おさまりました: ',
}

/** Id of an incident, which all of its messages have. *Pure.* */
export function incidentId({ _id, serial }: Pick<Incident, '_id' | 'serial'>): string {
  return `${_id}-${serial}`
}

/** The message of an incident. *Pure.* */
export function messageOf(
  incident: Incident,
  { telling, told, publicUrl }: { telling: Telling; told: ToldCode; publicUrl: string },
): OnCallMessage {
  const { _id: code, since, lastAt } = incident
  const count = told.kind === 'alert' ? incident.total - incident.before : incident.total
  const title = `${TITLES[telling]}${told.what}`
  const lines = telling === 'over' ? overLines(incident, told) : whileOpen(told)
  const text = [
    `${title}。`,
    '',
    `いつから: ${japaneseMoment(since)}`,
    ...(telling === 'over' ? [`いつまで: ${japaneseMoment(lastAt)}`] : []),
    told.kind === 'alert' ? `これまでに: ${count} 回` : `数: ${count}`,
    '',
    ...lines,
    '',
    `この知らせの番号: ${incidentId(incident)}`,
    `どの kizuna か: ${publicUrl}`,
  ].join('\n')
  return { id: incidentId(incident), code, state: telling, title, text, since, lastAt, count }
}

/** A message that says that messages arrive. *Pure.* */
export function testMessage(publicUrl: string, now: Date): OnCallMessage {
  const title = '試しの知らせ(何も起きていません)'
  const lines = [
    `${title}。`,
    '',
    'これが読めれば、kizuna からの知らせはここに届きます。',
    `どの kizuna か: ${publicUrl}`,
  ]
  return {
    ...{ id: `test-${now.getTime()}`, code: 'test', state: 'test', title },
    ...{ text: lines.join('\n'), since: now, lastAt: now, count: 0 },
  }
}

function whileOpen({ act, runbook }: ToldCode): string[] {
  return [
    `はじめにすること: ${act}。`,
    '見るもの: kizuna status か、管理画面の「配信のようす」。',
    `くわしくは: 運用の手引き(.readme/runbook.md)の「${runbook}」。`,
  ]
}

function overLines({ since, lastAt }: Incident, { kind }: ToldCode): string[] {
  const lasted = lengthWords(lastAt.getTime() - since.getTime())
  return kind === 'alert'
    ? [
        'そのあとは起きていません。期限切れになった文など、あとに残ったものは kizuna status で見ます。',
      ]
    : [`続いたのは、${lasted}です。`]
}

/** A length of time as people say it: 2 時間 5 分. *Pure.* */
export function lengthWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)]
  const parts = [
    ...(days > 0 ? [`${days} 日`] : []),
    ...(hours > 0 ? [`${hours} 時間`] : []),
    ...(days === 0 && minutes % 60 > 0 ? [`${minutes % 60} 分`] : []),
  ]
  return parts.join(' ')
}
