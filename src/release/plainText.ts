// What is taken out of a text before it is sent, though the rules let none of it in: control
// characters other than tab and line feed, lone surrogates, and the marks that turn the reading
// direction (U+202A-202E, U+2066-2069), with which a text could show what it is not.
const unsendable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu
const allowedControls = new Set(['\t', '\n'])

// Kanji that Unicode keeps beside the ordinary ones for the sake of names, and would replace by
// them: https://www.unicode.org/versions/latest/core-spec/chapter-18/#G14049
const betweenNameKanji = /[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu

// A letter, digit, mark or sign that can be seen; the fillers among the letters cannot.
const visible = /(?![\p{Default_Ignorable_Code_Point}\u2800\ufffc])[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u

/**
 * Whether a text shows a reader anything. Blanks, control characters, joiners, soft hyphens, byte
 * order marks, tags, variation selectors and accents without a letter show nothing. *Pure.*
 */
export function hasVisibleText(text: string): boolean {
  return visible.test(text)
}

/** Unicode NFC, but kanji of names stay as they were typed. *Pure.* */
export function composeMarks(text: string): string {
  return text.replace(betweenNameKanji, (run) => run.normalize('NFC'))
}

/**
 * The text as readers get it: normalised, without what must not be sent, no spaces at line ends, at
 * most one empty line in a row, trimmed; empty when nothing of it can be seen. *Pure.*
 */
export function cleanText(text: string): string {
  const lines = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unsendable, (character) => (allowedControls.has(character) ? character : ''))
    .split('\n')
    .map((line) => line.trimEnd())
  const clean = composeMarks(lines.join('\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return hasVisibleText(clean) ? clean : ''
}

/** `cleanText` on one line: line breaks become spaces. *Pure.* */
export function cleanLine(text: string): string {
  return cleanText(text)
    .split(/[\n\t]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
}

/** Whether a text has a line break or a tab. *Pure.* */
export function hasLineBreak(text: string): boolean {
  return /[\t\r\n\u2028\u2029]/.test(text)
}

/** Whether a text that must stay on one line has a break, a tab or what must not be sent. *Pure.* */
export function hasUnsendableInLine(text: string): boolean {
  return hasLineBreak(text) || text.search(unsendable) >= 0
}
