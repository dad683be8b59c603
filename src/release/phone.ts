/** A telephone number somebody wrote, taken apart; `number` and `rest` are together what they wrote. */
export interface Phone {
  /** Address of a link that dials it, such as `tel:0123456789`. */
  href: string
  /** The number as it was written. */
  number: string
  /** What was written after it: an extension, hours, a remark. */
  rest: string
}

/** Most UTF-16 units of a telephone number with what is said of it. */
export const MAX_PHONE = 60

/**
 * Reads a Japanese number (10 digits with its area code, 11 of a mobile or 050 telephone), one of
 * another country after `+`, or a short one (`189`, `#8000`), in wide letters too and with any kind
 * of hyphen; null for what is none. What follows is never dialled. *Pure.*
 *
 * Digits of a number: https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/
 */
export function readPhone(text: string): Phone | null {
  if (text.length > MAX_PHONE) return null
  const characters = [...text.trim()]
  const plain = characters.map(plainCharacter).join('')
  const [found] = NUMBERS.flatMap((number) => number.exec(plain)?.[0] ?? [])
  if (found === undefined) return null
  const length = [...found].length
  return {
    href: `tel:${dialled(found)}`,
    number: characters.slice(0, length).join(''),
    rest: characters.slice(length).join(''),
  }
}

/**
 * What is written of a telephone in the letters that a phone finds by itself and dials right, in LINE
 * and in a mail's text: its number in half width with plain hyphens, what follows as it was written.
 * What is no number stays. *Pure.*
 */
export function plainPhone(text: string): string {
  const read = readPhone(text)
  if (!read) return text
  const number = [...read.number].map(plainCharacter).join('')
  return number.replaceAll(UNSEEN, '') + read.rest
}

// Between two digits; UNSEEN stands for what shows nothing, which comes along when a number is copied.
const UNSEEN = '\u200b'
const GAP = `[-.() ${UNSEEN}]{0,3}`
// One more digit without a blank would belong to the number, and then it is another number.
const END = `\\)?(?![-.${UNSEEN}]{0,3}\\d)`

// 020, 050, 060, 070, 080 and 090 have eleven digits, all others ten. 000 is nobody's: examples are
// written with it, in either length.
const LONG = `0${GAP}[25-9]${GAP}0`

const NUMBERS = [
  new RegExp(`^\\(?(?:${LONG}|0${GAP}0${GAP}0)(?:${GAP}\\d){8}${END}`),
  new RegExp(`^\\(?(?!${LONG})0(?:${GAP}\\d){9}${END}`),
  // Japan's own begin with 81 and have one digit less; hours behind them are not dialled.
  new RegExp(`^\\+${GAP}8${GAP}1(?:${GAP}0)?${GAP}[25-9]${GAP}0(?:${GAP}\\d){8}${END}`),
  new RegExp(
    `^\\+${GAP}8${GAP}1(?:${GAP}0)?(?!${GAP}[25-9]${GAP}0)(?:${GAP}[1-9])(?:${GAP}\\d){8}${END}`,
  ),
  new RegExp(`^\\+(?!${GAP}8${GAP}1)(?:${GAP}\\d){8,15}${END}`),
  new RegExp(`^1\\d{2}${END}`),
  new RegExp(`^#\\d{4}${END}`),
]

// Minus signs, dashes, box lines and the long vowel mark, all of which people type for a hyphen; not
// the wave dash, which stands between two times.
const HYPHENS = /[-\u02d7\u2010-\u2015\u2043\u2212\u2500\u2501\u30fc\uff70\ufe58\ufe63\uff0d]/

/** One character for one character. */
function plainCharacter(character: string): string {
  if (HYPHENS.test(character)) return '-'
  if (/\p{Default_Ignorable_Code_Point}/u.test(character)) return UNSEEN
  if (/\s/.test(character)) return ' '
  const half = character.normalize('NFKC')
  const isDialled = /^\p{Nd}$/u.test(character) || !/\d/.test(half)
  return isDialled && /^[\d+#().]$/.test(half) ? half : '?'
}

function dialled(number: string): string {
  const digits = number.replace(/[^\d+#]/g, '')
  return digits.replace(/^\+810/, '+81').replace('#', '%23')
}
