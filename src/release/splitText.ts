import { graphemes } from './graphemes'

/** Between two sentences of a line; a mark or selector behind a full stop belongs to it. */
export const SENTENCE_BORDER =
  /(?<=[。!?\uff01\uff1f])(?![\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d])/u

// Where a text may be cut, best first: between paragraphs, lines, sentences, and anywhere.
const borders = [/(?<=\n\n)/, /(?<=\n)/, SENTENCE_BORDER]

// Blanks at the beginning; one that carries a mark is a sign of its own, and so is a CRLF.
const leading =
  /^(?:(?:\r\n|\r(?!\n)|[^\S\r])(?![\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]))+/u

/**
 * Cuts a text into pieces of at most `limit` UTF-16 units: as few as the borders allow, at the
 * best border there is, never inside a sign. Only spaces and line ends at the cuts are lost.
 * *Pure.*
 */
export function splitText(text: string, limit: number): string[] {
  return splitAt(trimmed(text), limit, 0).filter((piece) => piece !== '')
}

function splitAt(text: string, limit: number, level: number): string[] {
  if (text.length <= limit) return [text]
  const border = borders[level]
  const parts = border ? text.split(border) : [...graphemes(text)]
  return pack(parts, limit).flatMap((piece) => {
    const words = trimmed(piece)
    return words.length <= limit || !border ? [words] : splitAt(words, limit, level + 1)
  })
}

function trimmed(text: string): string {
  return text.trimEnd().replace(leading, '')
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
