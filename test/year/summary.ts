// What a year came to, for people.
import type { YearSummary } from './year'

const MOST_TOLD = 20

/** A table of a year, and of what is wrong the first. *Pure.* */
export function summaryLines(year: YearSummary): string[] {
  const { families, readers, days, seed, minutes, right, notices, calls, mails } = year
  const { complaints, faults, failures } = year
  return [
    `家族 ${families} 組(読者 ${readers} 人)× ${days} 日、シード ${seed}、${minutes.toFixed(1)} 分`,
    `したこと: ${listed(year.deeds)}`,
    `その日の文 ${right} 通、お知らせ・緊急・訂正 ${notices} 通(LINE の要求 ${calls} 回、メール ${mails} 通)`,
    `アンケートの回答 ${year.surveyed.given} 件、まとめて伝えた結果 ${year.surveyed.told} 件`,
    `届かなかった文と、その理由: ${listed(year.missed) || 'なし'}`,
    `そのときの kizuna explain の文:`,
    ...Object.entries(year.explained).map(([sentence, count]) => `  ${count} 回 ${sentence}`),
    `警告: ${listed(year.alerts) || 'なし'}`,
    `記録係の指摘: ${complaints.length} 件(${listed(countBy(complaints, ({ kind }) => kind)) || 'なし'})`,
    ...complaints
      .slice(0, MOST_TOLD)
      .map(({ day, kind, reader, says }) => `  ${day} ${reader} ${kind} ${says}`),
    `できなかったこと: ${faults.length} 件`,
    ...faults.slice(0, MOST_TOLD).map((fault) => `  ${fault}`),
    `プログラムの注意: ${listed(year.warnings) || 'なし'}、失敗: ${failures.length} 件`,
    ...failures.slice(0, MOST_TOLD).map((failure) => `  ${failure}`),
  ]
}

/** How often each name comes. *Pure.* */
export function countBy<T>(all: readonly T[], nameOf: (one: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of all) counts[nameOf(one)] = (counts[nameOf(one)] ?? 0) + 1
  return counts
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join('、')
}
