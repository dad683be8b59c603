import { normaliseText } from './canonical'

// Control characters other than tab and line feed, lone surrogates, and the marks that turn the
// reading direction (U+202A-202E, U+2066-2069), with which a text could show what it is not.
const forbidden = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu
const allowedControls = new Set(['\t', '\n'])

/** Characters of the text that must not be sent, as `U+0000` names, each once. *Pure.* */
export function forbiddenCharacters(text: string): string[] {
  const found = [...normaliseText(text).matchAll(forbidden)].map(([character]) => character)
  return [...new Set(found.filter((character) => !allowedControls.has(character)).map(codeName))]
}

/**
 * The text as readers get it: normalised, without forbidden characters, no spaces at line ends,
 * at most one empty line in a row, trimmed. *Pure.*
 */
export function cleanText(text: string): string {
  return normaliseText(text)
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(forbidden, (character) => (allowedControls.has(character) ? character : ''))
    .normalize('NFC')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** `cleanText` on one line: line breaks become spaces. *Pure.* */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s*[\n\t]\s*/g, ' ')
}

function codeName(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Whether a text that must stay on one line has a break, a tab or a forbidden character. *Pure.* */
export function hasForbiddenInLine(text: string): boolean {
  return /[\t\n\u2028\u2029]/.test(normaliseText(text)) || forbiddenCharacters(text).length > 0
}
