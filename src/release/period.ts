import type { AddOnContent, ReleaseContent } from './content'

/** From when on and until when an add-on is sent. */
export type Period = Pick<AddOnContent, 'validFrom' | 'validTo'>

/** Where a day lies beside a period it is not in: before it, or after it. */
export type OutOfPeriod = 'ahead' | 'over'

/** Where a local day `YYYY-MM-DD` lies beside a period; null in it. *Pure.* */
export function outOfPeriod({ validFrom, validTo }: Period, day: string): OutOfPeriod | null {
  if (validTo && validTo < day) return 'over'
  return validFrom && validFrom > day ? 'ahead' : null
}

/** The period of a content; null of what has none. *Pure.* */
export function periodOf(content: ReleaseContent): Period | null {
  if (content.type !== 'addOn') return null
  const { validFrom, validTo } = content
  return { validFrom, validTo }
}
