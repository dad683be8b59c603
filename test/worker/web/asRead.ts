/** A page as a person reads it: without the character that holds a word together at a line's end. */
export function asRead(page: string): string {
  return page.replaceAll(JOINER, '')
}

/** Finds a whole name on a page in a browser by what a person reads. */
export function named(words: string): RegExp {
  const letters = [...words].map((letter) => letter.replace(/[$()*+.?[\\\]^{|}]/, '\\$&'))
  return new RegExp(`^\\s*${letters.join(`${JOINER}?`)}\\s*$`)
}

const JOINER = '\u2060'
