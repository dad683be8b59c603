const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** The platform's segmenters read a long text again for each segment, so they get windows of it. */
const WINDOW = 500

/**
 * The signs of a text as a person sees them, one after the other: an emoji with its skin tone, a
 * flag, a kanji with its variation selector is one. Together they are the text. *Pure.*
 */
export function graphemes(text: string): Generator<string, void, void> {
  return segments(text, { segmenter, unsure: 1 })
}

/** How a text is divided. */
interface Segmenting {
  segmenter: { segment: (text: string) => Iterable<Intl.SegmentData> }
  /** The last segments of a window that may be others with what follows. */
  unsure: number
  /** Units that are divided at once. */
  window?: number
}

/**
 * The segments of a text, together the whole of it; the cost grows with its length and no more. The
 * last few of a window may be others with what follows in sight, and begin the next. *Pure.*
 */
export function* segments(
  text: string,
  { segmenter, unsure, window = WINDOW }: Segmenting,
): Generator<string, void, void> {
  let at = 0
  let width = window
  while (at < text.length) {
    const end = windowEnd(text, at + width)
    const found = Array.from(segmenter.segment(text.slice(at, end)), ({ segment }) => segment)
    const sure = end < text.length ? found.slice(0, -unsure) : found
    width = sure.length === 0 ? width * 2 : window
    for (const segment of sure) {
      yield segment
      at += segment.length
    }
  }
}

/** Never between the halves of a surrogate pair, also after a half that stands alone. */
function windowEnd(text: string, end: number): number {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(end - 1, end + 1)) ? end + 1 : end
}

/** More than the longest sign people write: a family of emoji. */
const CUT_ROOM = 32

/**
 * Between two of these, kana, ordinary kanji, Latin letters and digits, a sign always ends: none of
 * them joins another, whatever stands around.
 */
const BETWEEN_SIGNS = /^[\w\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2}$/

/** The beginning of a text, at most `limit` UTF-16 units and never ending inside a sign. *Pure.* */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  // most texts need not be divided to know where one may be cut
  if (BETWEEN_SIGNS.test(text.slice(limit - 1, limit + 1))) return text.slice(0, limit)
  let end = 0
  // what is cut off is not divided
  const window = Math.min(WINDOW, limit + CUT_ROOM)
  for (const sign of segments(text, { segmenter, unsure: 1, window })) {
    if (end + sign.length > limit) break
    end += sign.length
  }
  return text.slice(0, end)
}

/** The text within `limit` UTF-16 units, with 「…」 for what was cut off. *Pure.* */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${cutText(text, limit - 1).trimEnd()}…`
}
