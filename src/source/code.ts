/** What a source's code in an address is of; printed ones from before a list was kept are, too. */
const SOURCE_CODE = /^[a-z0-9-]{1,40}$/

/**
 * The source that an address names (`?s=`), or null for what is none: anybody can write an address, and
 * no registration is refused for it. Capitals are taken as small letters, as who types an address off
 * a poster may begin with one. *Pure.*
 */
export function readSourceCode(text: string): string | null {
  const code = text.trim().toLowerCase()
  return SOURCE_CODE.test(code) ? code : null
}

/** None that looks like another on paper, and no vowels, so that no word comes of it. */
const SIGNS = 'cdfhjkmnprtwxy34679'

/** 130,000 codes a municipality, which are read out and typed in one go. */
const LENGTH = 4

/**
 * A new code, which is none of those taken. *Pure* but for the chance that is handed in.
 *
 * @param below gives a whole number from 0 up to its argument, without it
 * @throws Error when none is found, as nearly all are taken.
 */
export function makeSourceCode(below: (end: number) => number, taken: ReadonlySet<string>): string {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const code = Array.from({ length: LENGTH }, () => SIGNS.charAt(below(SIGNS.length))).join('')
    if (!taken.has(code)) return code
  }
  throw new Error('No code of a source is free.')
}
