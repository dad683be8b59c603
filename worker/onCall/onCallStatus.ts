import type { Db } from 'mongodb'

import { japaneseMoment } from '../../src/stage/japaneseDate'
import { onCallCollections } from './incidentStore'
import { incidentId } from './message'
import { TOLD_CODES } from './rules'
import type { OnCallWay } from './ways'

/** What people on call have been told, and on which ways nothing arrives. */
export interface OnCallStatus {
  ways: string[]
  open: { id: string; code: string; since: Date }[]
  failing: FailingWay[]
}

interface FailingWay {
  way: string
  /** Since when messages wait, how many, and what came back last. */
  since: Date
  waiting: number
  code: string
}

type Told = Pick<OnCallWay, 'key' | 'name'>

/** Reads how telling people on call stands. */
export async function readOnCall(db: Db, ways: readonly Told[]): Promise<OnCallStatus> {
  const { incidents, letters } = onCallCollections(db)
  const keys = ways.map(({ key }) => key)
  const untaken = { way: { $in: keys }, state: 'waiting' as const, code: { $ne: null } }
  const [open, failed] = await Promise.all([
    incidents.find({ phase: 'open' }).sort({ since: 1 }).toArray(),
    letters.find(untaken).sort({ madeAt: 1 }).toArray(),
  ])
  return {
    ways: ways.map(({ name }) => name),
    open: open.map((one) => ({ id: incidentId(one), code: one._id, since: one.since })),
    failing: ways.flatMap(({ key, name }) => {
      const own = failed.filter(({ way }) => way === key)
      const [first] = own
      const waiting = own.length
      return first ? [{ way: name, since: first.madeAt, waiting, code: first.code ?? '' }] : []
    }),
  }
}

/** The same for the shell, a line each. *Pure.* */
export function onCallLines({ ways, open, failing }: OnCallStatus): string[] {
  if (ways.length === 0) return [`当番への知らせ: ${NOBODY}。`]
  return [
    `当番への知らせ: ${ways.join('、')}`,
    ...open.map(
      ({ id, code, since }) =>
        `- ${japaneseMoment(since)} から: ${TOLD_CODES[code]?.what ?? code}(${id})`,
    ),
    ...failing.map((one) => `- ${failingWords(one)}。`),
  ]
}

/** What is said where nobody is told. */
export const NOBODY =
  '知らせる先がありません。ON_CALL_MAIL か ON_CALL_WEBHOOK を書くと、起きたときに届きます'

/** A way on which nothing arrives. *Pure.* */
export function failingWords({ way, since, waiting, code }: FailingWay): string {
  return `${way} に、${japaneseMoment(since)} から届いていません(${waiting} 通。${answerWords(code)})`
}

/** What came back of a way, in words. *Pure.* */
export function answerWords(code: string): string {
  const status = /^http-(\d{3})$/.exec(code)?.[1]
  if (status?.startsWith('3'))
    return `ほかへ移されました(${status})。URL を、移った先のものに書き換えてください`
  if (status) return `${status} と答えました。URL と、受ける側の設定を確かめてください`
  if (code === 'http-timeout') return '5 秒のうちに答えませんでした'
  if (code === 'http-unreachable') return 'つながりませんでした。URL と証明書を確かめてください'
  return `中継サーバーの答え: ${code}。SMTP_URL とアドレスを確かめてください`
}
