import type { Latencies } from './latencies'

/** What a load came to. */
export interface LoadReport {
  webhooks: Latencies
  registrations: Latencies
  /** Answers that were not the right ones, by what they were. */
  wrong: Record<string, number>
  /** Events that are not noted as dealt with, and answers that did not come, or came twice. */
  events: { sent: number; lost: number; unanswered: number; answeredTwice: number }
  registered: { done: number; stored: number }
  send: { runs: number; done: number; deliveries: number; share: number }
}

/** A webhook is answered within this, but for one of a hundred. */
export const MOST_P99_MS = 100

/** What is not as it should be, a sentence each. *Pure.* */
export function faultsOf(report: LoadReport): string[] {
  const { webhooks, wrong, events, registered, send } = report
  const { p99 } = webhooks
  const { lost, unanswered, answeredTwice } = events
  return [
    ...(p99 > MOST_P99_MS ? [`webhook の p99 は ${p99} ミリ秒でした(目標 ${MOST_P99_MS})。`] : []),
    ...Object.entries(wrong).map(([what, count]) => `${what}: ${count} 件が失敗しました。`),
    ...(lost > 0 ? [`できごと ${lost} 件が記録されていません。`] : []),
    ...(unanswered > 0 ? [`できごと ${unanswered} 件に返事がありません。`] : []),
    ...(answeredTwice > 0 ? [`できごと ${answeredTwice} 件に二度返事をしました。`] : []),
    ...(registered.done === registered.stored
      ? []
      : [`登録は ${registered.done} 件、保存は ${registered.stored} 件でした。`]),
    ...(send.done < send.runs
      ? [`配信回 ${send.runs} 件のうち ${send.done} 件だけが終わりました。`]
      : []),
  ]
}
