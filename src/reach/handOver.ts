import type { PayloadRequest } from 'payload'

import { sendsOn } from '../plan/reach'
import type { ReleaseContent } from '../release/content'
import type { WorkerLook } from '../review/queries/workerLooks'
import { localDayOf } from '../stage/day'
import { japaneseMoment } from '../stage/japaneseDate'
import { loadMunicipalities } from './municipalities'
import type { DayReport } from './withdrawn'

/** A program looks every ten seconds; after this it is down or cannot reach the CMS. */
const LATE_MS = 60_000

/** Towns named in the sentence; the rest is counted. */
const NAMED = 10

/** Where a withdrawal has got to, one sentence each, for the chief's panel. *Pure.* */
export function handOverSentences(
  looks: readonly WorkerLook[],
  { withdrawnAt, now }: { withdrawnAt: Date; now: Date },
): string[] {
  if (looks.length === 0) {
    return ['配信プログラムのアカウント(連携アカウント)がないので、どこにも伝わりません。']
  }
  return looks.map(({ name, at, hasIt }) => {
    if (hasIt)
      return `✓ 「${name}」に伝わりました。まだ送られていない分は、これから送る前に止まります。`
    const last = at
      ? `最後に確かめに来たのは ${japaneseMoment(at.toISOString())}`
      : 'まだ一度も確かめに来ていません'
    const isLate = now.getTime() - withdrawnAt.getTime() > LATE_MS
    return isLate
      ? `「${name}」に、まだ伝わっていません(${last})。配信プログラムが止まっているか、CMS につながっていません。動いていなければ何も送られませんが、動いていると古い内容を送り続けるかもしれません。運用の担当者に電話で知らせてください。`
      : `「${name}」に伝わるのを待っています(${last})。30 秒以内に伝わります。`
  })
}

/** A withdrawal, and the reports of its day. */
interface Withdrawn {
  key: string
  at: Date
  content: ReleaseContent
  /** When Payload wrote it down, by the same clock as the reports' `createdAt`. ISO instant. */
  storedAt: string
  reports: readonly DayReport[]
}

/** Which towns send the text, and which of them have not told yet how far it had gone. */
export async function townsSentence(
  req: PayloadRequest,
  { key, at, content, storedAt, reports }: Withdrawn,
): Promise<string | null> {
  const day = localDayOf(at)
  const senders = (await loadMunicipalities(req)).filter((town) => sendsOn(town, content, day))
  if (senders.length === 0) return null
  const since = reports.filter(({ createdAt }) => createdAt > storedAt)
  const reported = new Set(since.map(({ municipality }) => municipality))
  const named = since.filter(({ withdrawals }) => withdrawals.some((one) => one.key === key))
  const waiting = senders.filter(({ cmsId }) => !reported.has(cmsId)).map(({ name }) => name)
  const had = new Set(named.map(({ municipality }) => municipality)).size
  const done = `この原稿を使う ${senders.length} 自治体のうち、${senders.length - waiting.length} 自治体が取り下げ後の報告を済ませました(その日に送る予定があったのは ${had} 自治体)。`
  if (waiting.length === 0) return done
  const rest = waiting.length > NAMED ? `ほか ${waiting.length - NAMED} 自治体` : ''
  const names = [...waiting.slice(0, NAMED), ...(rest ? [rest] : [])].join('、')
  return `${done}報告を待っている自治体: ${names}(その日の配信が終わると報告します)。`
}
