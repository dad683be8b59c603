/**
 * So many marks stand on one sign; no language has half as many. Putting more in their order costs
 * their number squared: 20,000 took half a second each time that somebody looked at the text.
 * Source: https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
 */
const MAX_MARKS = 30

/** One mark too many in a row; the half-width voicing marks become such marks in NFKC. */
const STACKED = new RegExp(`[\\p{M}\\uFF9E\\uFF9F]{${MAX_MARKS + 1}}`, 'u')

/** What is said of such a text, after what it is called. */
export const STACKED_MARKS = `に、1 つの文字に重なる記号(濁点やアクセントなど)が ${MAX_MARKS} 個より多く続く所があります。記号を消して、入力し直してください。`

/** Whether a text has more marks in a row than anybody writes; linear, so it is asked first. *Pure.* */
export function hasStackedMarks(text: string): boolean {
  return STACKED.test(text)
}

/** {@link hasStackedMarks} of any text within a value whose size and depth have been asked. *Pure.* */
export function holdsStackedMarks(value: unknown): boolean {
  if (typeof value === 'string') return hasStackedMarks(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsStackedMarks)
}
