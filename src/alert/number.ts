/** What an estimate of readers is told as: never more exact than it is. */
const STEPS = [
  { below: 5, step: 5 },
  { below: 100, step: 1 },
  { below: 1000, step: 10 },
  { below: Infinity, step: 100 },
] as const

/** The number that is shown of an estimate, and typed by the second person; null stays. *Pure.* */
export function shownReaders(estimate: number | null): number | null {
  if (estimate === null) return null
  const { below, step } = STEPS.find((one) => estimate < one.below) ?? STEPS[3]
  return below === 5 ? 5 : Math.round(estimate / step) * step
}

/** What has to be typed where nobody knows how many readers there are. */
export const UNKNOWN_READERS = 0

/** Whether what was typed is the number of readers: full-width digits, commas and 人 do not matter. *Pure.* */
export function isTypedRight(typed: string, readers: number | null): boolean {
  const digits = typed.normalize('NFKC').replaceAll(/[\s,人約]/g, '')
  return /^\d+$/.test(digits) && Number(digits) === (readers ?? UNKNOWN_READERS)
}
