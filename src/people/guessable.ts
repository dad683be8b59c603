/** So many characters are looked at: what follows makes a password longer, never easier to guess. */
const LOOKED_AT = 24

/** Ways of reading signs as letters (1 as i or l) that are tried; their number multiplies the work. */
const READINGS = 20

/**
 * Guesses that a password has to stand, as a power of ten: zxcvbn's best mark.
 * https://github.com/zxcvbn-ts/zxcvbn
 */
const ENOUGH = 10

/**
 * Whether a program that knows words, names, keyboards, dates and stolen passwords (English, and
 * Japanese in Latin letters) would soon have guessed a password; `known` is what it knows of its
 * owner. A tenth of a second at worst.
 */
export async function isSoonGuessed(password: string, known: readonly string[]): Promise<boolean> {
  const start = [...password].slice(0, LOOKED_AT).join('')
  const { check } = await estimator()
  return check(start, [...known]).guessesLog10 < ENOUGH
}

interface Estimator {
  check: (password: string, known: string[]) => { guessesLog10: number }
}

let loading: Promise<Estimator> | undefined

/** Its lists are large and seldom needed: they are read when the first password is set. */
function estimator(): Promise<Estimator> {
  loading ??= load()
  return loading
}

async function load(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, common, english, japanese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-ja'),
  ])
  const { commonWords, firstnames, lastnames, wikipedia } = japanese.default.dictionary
  const dictionary = {
    ...common.dictionary,
    ...english.dictionary,
    'commonWords-ja': commonWords,
    'firstnames-ja': firstnames,
    'lastnames-ja': lastnames,
    'wikipedia-ja': wikipedia,
  }
  const made = new ZxcvbnFactory({
    dictionary,
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: READINGS,
  })
  return { check: (password, known) => made.check(password, known) }
}
