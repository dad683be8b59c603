import { toldEstimate } from '../reach/sentence'

/** The number that is shown of an estimate, and typed by the second person; null stays. *Pure.* */
export function shownReaders(estimate: number | null): number | null {
  return estimate === null ? null : toldEstimate(estimate)
}

/** What has to be typed where nobody knows how many readers there are. */
export const UNKNOWN_READERS = 0

/** Whether what was typed is the number of readers: full-width digits, commas and 人 do not matter. *Pure.* */
export function isTypedRight(typed: string, readers: number | null): boolean {
  const digits = typed.normalize('NFKC').replaceAll(/[\s,人約]/g, '')
  return /^\d+$/.test(digits) && Number(digits) === (readers ?? UNKNOWN_READERS)
}
