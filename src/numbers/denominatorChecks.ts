import { checkDay, isEmpty, type Verdict } from '../fields/checks'
import { isPeriodOf, kindOf, MAX_COUNT } from '../statistics/denominators'

/** Longest source. */
export const MAX_SOURCE = 200

/** A whole number that can have been counted. *Pure.* */
export function checkCount(value: unknown): Verdict {
  const isCount = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT
  return isCount || `数は 0 から ${MAX_COUNT.toLocaleString('ja-JP')} までの整数で入れてください。`
}

/** A period as those of the kind beside it are written. *Pure.* */
export function checkPeriod(
  value: unknown,
  { siblingData }: { siblingData: { kind?: unknown } },
): Verdict {
  const kind = kindOf(siblingData.kind)
  if (kind === null) return '先に「何の数か」を選んでください。'
  if (isPeriodOf(kind.value, value)) return true
  return kind.every === 'month'
    ? `${kind.label}は月ごとの数です。「いつの分か」は 2026-10 のように、半角の「年4桁-月2桁」で入れてください。`
    : `${kind.label}は年度(4月から翌年3月まで)の数です。「いつの分か」は 2026 のように、半角の「年4桁」で入れてください。`
}

/** The day of a number, which must be there. *Pure.* */
export function checkCountedOn(value: unknown): Verdict {
  return isEmpty(value)
    ? '「いつの数字か」を 2026-11-01 の形で入れてください。数えた日か、公表された日です。'
    : checkDay(value)
}
