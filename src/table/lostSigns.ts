import { graphemes } from '../release/graphemes'
import { composed } from './sameText'

/** The rows of JIS X 0208 in Shift_JIS: what is outside of them, some programs cannot save. */
const LEAD_BYTES = [...range(0x81, 0x84), ...range(0x88, 0x9f), ...range(0xe0, 0xea)]

/** Every sign Shift_JIS has everywhere, from the decoder's own table; made when it is first needed. */
let savable: ReadonlySet<string> | null = null

function savableSigns(): ReadonlySet<string> {
  if (savable) return savable
  const decoder = new TextDecoder('shift_jis')
  const double = LEAD_BYTES.flatMap((lead) =>
    range(0x40, 0xfc).map((trail) => decoder.decode(Uint8Array.of(lead, trail))),
  )
  const single = range(0xa1, 0xdf).map((byte) => decoder.decode(Uint8Array.of(byte)))
  savable = new Set([...double, ...single].filter((text) => [...text].length === 1))
  return savable
}

/**
 * Signs of the stored text that a file lost on its way: they are gone, and question marks have come
 * (a spreadsheet saved it as Shift_JIS, which lacks them). Each once, as a person sees it. *Pure.*
 */
export function lostSigns(stored: string, given: string): string[] {
  if (countOf('?', given) <= countOf('?', stored)) return []
  const kept = countsOf(composed(given))
  return [...countsOf(composed(stored))]
    .filter(([sign, count]) => isLosable(sign) && (kept.get(sign) ?? 0) < count)
    .map(([sign]) => sign)
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const sign of graphemes(text)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  return counts
}

/** Signs that other tables have as another one, so that they come back as that and not as `?`. */
const SAVED_AS_ANOTHER =
  /^[\p{ASCII}\u301C\u2014\u2212\u2016\u00A0\u00A2\u00A3\u00A5\u00A6\u00AC\u203E]+$/u

function isLosable(sign: string): boolean {
  return !SAVED_AS_ANOTHER.test(sign) && ![...sign].every((one) => savableSigns().has(one))
}

function countOf(sign: string, text: string): number {
  return text.split(sign).length - 1
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
