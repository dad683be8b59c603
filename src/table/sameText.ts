import { withoutInvisible } from './invisible'

/**
 * Signs that are one code in Shift_JIS and two in Unicode, as Microsoft's table and JIS's read it: a
 * file that went through Excel comes back with the other one.
 * https://www.unicode.org/L2/Historical/sjis-issues.html
 */
export const TWO_IN_UNICODE: readonly (readonly [string, string])[] = [
  ['\u301C', '\uFF5E'], // 〜
  ['\u2014', '\u2015'], // —
  ['\u2212', '\uFF0D'], // −
  ['\u2016', '\u2225'], // ‖
  ['\u00A2', '\uFFE0'], // ¢
  ['\u00A3', '\uFFE1'], // £
  ['\u00AC', '\uFFE2'], // ¬
  ['\u00A6', '\uFFE4'], // ¦
  ['\u00A5', '\\'], // ¥
  ['\u203E', '~'], // ‾
  ['\u00A0', ' '],
]

const ONE_OF_TWO = new Map(TWO_IN_UNICODE)
const ANY_OF_TWO = /[\u301C\u2014\u2212\u2016\u00A2\u00A3\u00AC\u00A6\u00A5\u203E\u00A0]/g

/** Kanji of names that would become others (神, 福 as they stand in a register). */
const COMPATIBILITY_KANJI = /[\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u
const OTHERS = /[^\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+/gu

/**
 * Letters and their marks as one sign each (a Mac writes が as two), and no kanji of a name as
 * another one. *Pure.*
 */
export function composed(text: string): string {
  if (!COMPATIBILITY_KANJI.test(text)) return text.normalize('NFC')
  return text.replace(OTHERS, (part) => part.normalize('NFC'))
}

/**
 * What is the same for two texts that differ only by what spreadsheets do to them: composition, line
 * ends, blanks at the end, the signs that Shift_JIS has once. *Pure.*
 */
export function sameText(text: string): string {
  return composed(text)
    .replace(/\r\n?/g, '\n')
    .replace(ANY_OF_TWO, (sign) => ONE_OF_TWO.get(sign) ?? sign)
    .replace(/(?<![\s\p{Cf}])[\s\p{Cf}]+$/u, '')
}

/** What is the same for two titles that look the same: width and blanks do not count either. *Pure.* */
export function titleKey(title: string): string {
  return withoutInvisible(sameText(title).normalize('NFKC')).replace(/\s+/g, ' ').trim()
}

/**
 * The given text with the signs that the stored one has, where only the other of two stands. A text
 * that was edited is not changed elsewhere by the way it went. *Pure.*
 */
export function withSignsOf(stored: string, given: string): string {
  return TWO_IN_UNICODE.flatMap(([one, other]) => [
    [one, other] as const,
    [other, one] as const,
  ]).reduce(
    (text, [kept, came]) =>
      stored.includes(kept) && !stored.includes(came) && !text.includes(kept)
        ? text.replaceAll(came, kept)
        : text,
    given,
  )
}
