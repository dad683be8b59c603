import type { AddOnContent } from './content'

/** Where a day lies beside a content's period: before it, or after it; null in it, and where there is none. */
export type OutOfPeriod = 'ahead' | 'over' | null

/** Where a local day `YYYY-MM-DD` lies beside the period of an add-on. *Pure.* */
export function outOfPeriod(
  { validFrom, validTo }: Pick<AddOnContent, 'validFrom' | 'validTo'>,
  day: string,
): OutOfPeriod {
  if (validTo && validTo < day) return 'over'
  return validFrom && validFrom > day ? 'ahead' : null
}
