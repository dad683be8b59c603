import type { PayloadRequest, Where } from 'payload'

import { relatedId } from '../cms/relation'
import { readWithdrawals, type Withdrawal } from '../plan/withdrawals'
import type { LocalDay } from '../stage/day'
import { about } from './sentence'

/** How far a withdrawn text had gone, over the municipalities that have reported. */
export interface WithdrawnSoFar {
  /** Municipalities whose report names the text. */
  municipalities: number
  /** Deliveries that had gone out, where the number may be told. */
  sent: number
  /** Municipalities whose number is too small to be told. */
  hidden: number
  /** Deliveries that were stopped, where the number may be told. */
  stopped: number
}

/** What a withdrawal's panel reads of a day's report. */
export interface DayReport {
  /** Id of the municipality. */
  municipality: string | null
  withdrawals: readonly Withdrawal[]
  /** How many got each notice of the day. */
  notices: readonly Withdrawal[]
  /** ISO instant. */
  createdAt: string
}

/** The reports of a day, of every municipality or of some, the oldest first. */
export async function findDayReports(
  req: PayloadRequest,
  date: LocalDay,
  some?: Where,
): Promise<DayReport[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-reports',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
    where: { and: [{ date: { equals: date } }, ...(some ? [some] : [])] },
    select: { municipality: true, withdrawals: true, notices: true, createdAt: true },
    sort: 'createdAt',
  })
  return docs.map(({ municipality, withdrawals, notices, createdAt }) => ({
    municipality: relatedId(municipality),
    withdrawals: readWithdrawals(withdrawals) ?? [],
    notices: readWithdrawals(notices) ?? [],
    createdAt,
  }))
}

/** Sums up what the reports of its day say of a withdrawn text; null when none names it. *Pure.* */
export function withdrawnSoFar(reports: readonly DayReport[], key: string): WithdrawnSoFar | null {
  const newest = new Map(
    reports.flatMap(({ municipality, withdrawals }) => {
      const own = withdrawals.find((one) => one.key === key)
      return own ? [[municipality, own] as const] : []
    }),
  )
  if (newest.size === 0) return null
  const all = [...newest.values()]
  return {
    municipalities: all.length,
    sent: all.reduce((sum, { sent }) => sum + (sent ?? 0), 0),
    hidden: all.filter(({ sent }) => sent === null).length,
    stopped: all.reduce((sum, { stopped }) => sum + (stopped ?? 0), 0),
  }
}

/** How far it had gone, in a sentence. *Pure.* */
export function withdrawnSentence(found: WithdrawnSoFar | null): string {
  if (found === null) {
    return '取り下げ: 送信済みの人数は、配信プログラムの報告を待っています(その日に送る予定がなかったときは、報告に載りません)。'
  }
  const { municipalities, sent, hidden, stopped } = found
  const small = hidden > 0 && hidden < municipalities ? `。ほかに ${hidden} 自治体は 5 人未満` : ''
  const held = stopped > 0 ? `送らずに止めた分 約 ${stopped.toLocaleString('ja-JP')} 人。` : ''
  return `取り下げ: 送信済み ${about(sent).trim()}(${municipalities} 自治体の報告から${small})。${held}`
}
