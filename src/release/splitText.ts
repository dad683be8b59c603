// Where a text may be cut, best first: between paragraphs, lines, sentences, and anywhere.
const borders = [/(?<=\n\n)/, /(?<=\n)/, /(?<=[。!?\uff01\uff1f])/]

/**
 * Cuts a text into pieces of at most `limit` UTF-16 units: as few as the borders allow, at the
 * best border there is, never inside a character. Only spaces and line ends at the cuts are lost.
 * *Pure.*
 */
export function splitText(text: string, limit: number): string[] {
  return splitAt(text.trim(), limit, 0).filter((piece) => piece !== '')
}

function splitAt(text: string, limit: number, level: number): string[] {
  if (text.length <= limit) return [text]
  const border = borders[level]
  const parts = border ? text.split(border) : characters(text)
  return pack(parts, limit).flatMap((piece) => {
    const trimmed = piece.trim()
    return trimmed.length <= limit || !border ? [trimmed] : splitAt(trimmed, limit, level + 1)
  })
}

// Neighbours go together as long as they fit; a part that does not fit stays alone.
function pack(parts: readonly string[], limit: number): string[] {
  const pieces: string[] = []
  for (const part of parts) {
    const last = pieces.at(-1)
    const joined = (last ?? '') + part
    if (last !== undefined && joined.trimEnd().length <= limit) pieces[pieces.length - 1] = joined
    else pieces.push(part)
  }
  return pieces
}

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

function characters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** The text within `limit` UTF-16 units, with 「…」 for what was cut off. *Pure.* */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  let short = ''
  // Two more units say whether the character at the limit ends there; the rest is not looked at.
  for (const { segment } of graphemes.segment(text.slice(0, limit + 2))) {
    if (short.length + segment.length > limit - 1) break
    short += segment
  }
  return `${short.trimEnd()}…`
}
