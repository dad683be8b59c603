import type { PayloadRequest } from 'payload'

import type { Withdrawal } from '../plan/withdrawals'
import type { NoticeContent } from '../release/noticeLimits'
import { outOfPeriod } from '../release/period'
import type { StageSurvey } from '../release/surveyLimits'
import { askedWhen } from '../release/surveyWords'
import { localDayOf } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { loadReach } from './reach'
import { reachSentence } from './sentence'
import { findDayReports } from './withdrawn'

/** A notice whose newest release has this key. */
interface KnownNotice {
  key: string
  content: NoticeContent
}

/** Whom a notice will reach, or how many got it: a sentence for everybody who may read the reports. */
export async function noticeSentence(
  req: PayloadRequest,
  { key, content }: KnownNotice,
  now: Date,
): Promise<string> {
  if (localDayOf(now) < content.validFrom) return reachSentence(await loadReach(req, content, now))
  const sent = await findSent(req, { key, content })
  return sentSentence(sent, content.validFrom)
}

/** When a survey by stage is asked and of whom, or that it has been; null while it is half written. */
export async function surveySentence(
  req: PayloadRequest,
  content: StageSurvey,
  now: Date,
): Promise<string | null> {
  if (askedWhen(content) === null) return null
  if (outOfPeriod(content, localDayOf(now)) === 'over') return ASKED
  return reachSentence(await loadReach(req, content, now))
}

const ASKED =
  '聞く期間は終わりました。何人に聞き、何人が答えたかは、「アンケート」の結果に出ます(答えられる最後の日の 2 日後から)。'

/** What the newest report of its day says of a notice; null where none names it. */
async function findSent(
  req: PayloadRequest,
  { key, content }: KnownNotice,
): Promise<Withdrawal | null> {
  const town = { 'municipality.code': { equals: content.municipality } }
  const reports = await findDayReports(req, content.validFrom, town)
  const named = reports.flatMap(({ notices }) => notices.filter((one) => one.key === key))
  return named.at(-1) ?? null
}

/** How many got a notice, in a sentence. *Pure.* */
export function sentSentence(sent: Withdrawal | null, day: string): string {
  const label = `${dayLabel(day)}のお知らせ`
  if (sent === null) {
    return `${label}: 送った人数は、その日の配信が終わるとここに出ます(送る相手がいなかったときは出ません)。`
  }
  const gone = sent.sent === null ? '5 人未満(0 人のこともあります)' : `約 ${count(sent.sent)} 人`
  const held = sent.stopped === null ? '' : `取り下げで止めた分は約 ${count(sent.stopped)} 人です。`
  return `${label}: 送った人数は ${gone}です。${held}`
}

function count(number: number): string {
  return number.toLocaleString('ja-JP')
}
