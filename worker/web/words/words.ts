import { easy } from './easy'
import { standard, type Words } from './standard'

export type { Words } from './standard'

/**
 * All words of the readers' side by language, under the code of the edition written in it: another
 * language is one more file and one more line here.
 *
 * Plain objects and functions instead of i18next or ICU messages: a sentence that is missing or is
 * given the wrong values does not compile, where those fall back to another language when it is
 * read; plurals, which they are good at, Japanese does not have.
 */
export const CATALOGUE: Readonly<Record<string, Words>> = { standard, easy }

/** Whether a code (of an edition, or of a link) names a language of the catalogue. *Pure.* */
export function isLanguage(code: string): boolean {
  return Object.hasOwn(CATALOGUE, code)
}

/** The words of the first code that names a language; standard Japanese without one. *Pure.* */
export function wordsOf(...codes: readonly (string | undefined)[]): Words {
  const code = codes.find((one) => one !== undefined && isLanguage(one))
  return (code === undefined ? undefined : CATALOGUE[code]) ?? standard
}

/** The code that a language has in the catalogue. *Pure.* */
export function codeOf(words: Words): string {
  return Object.entries(CATALOGUE).find(([, one]) => one === words)?.[0] ?? 'standard'
}

/** The other languages, each with its code. *Pure.* */
export function languagesBeside(words: Words): [code: string, other: Words][] {
  return Object.entries(CATALOGUE).filter(([, other]) => other !== words)
}

/** The end of an address of a page in a language; the standard one goes without saying. *Pure.* */
export function languageQuery(words: Words): string {
  return words === standard ? '' : `?lang=${codeOf(words)}`
}

/** Edition names: the language's own, or the product's labels. */
export interface EditionNames {
  editionLabels: Readonly<Record<string, string>>
  words?: Words
}

/** What an edition is called. *Pure.* */
export function editionName(
  code: string,
  { editionLabels, words = standard }: EditionNames,
): string {
  return words.editions[code] ?? editionLabels[code] ?? code
}

/** What to know before an edition is chosen, where a town offers one that not every text has. *Pure.* */
export function editionHint(
  { editions }: { editions: readonly string[] },
  { registration }: Words,
): string | null {
  const hasOther = editions.some((code) => CATALOGUE[code] && CATALOGUE[code] !== standard)
  return hasOther ? registration.editionHint : null
}
