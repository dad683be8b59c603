/** Numbers of a report; null is hidden, since it could point at a person. */
export type Numbers = Readonly<Record<string, number | null>>

/** What stands for hidden numbers: none, a few, or more where that would give away another. */
export const HIDDEN = '非表示'

/** A number summed up over reports; what is hidden is left out and told by 「以上」. *Pure.* */
export function totalOf(reports: readonly Numbers[], name: string, unit: string): string {
  const told = reports.flatMap((numbers) => numbers[name] ?? [])
  if (told.length === 0) return HIDDEN
  const total = told.reduce((sum, number) => sum + number, 0)
  return `${total.toLocaleString('ja-JP')} ${unit}${told.length < reports.length ? '以上' : ''}`
}
