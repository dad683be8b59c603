/** A sign that is read by the reading behind it, of a regular expression with the flag `u`. */
export const KANJI = '[\\p{Script=Han}々〆ヶ]'

/** A sign of a reading. */
export const KANA = '[\\p{Script=Hiragana}\\p{Script=Katakana}ー]'

/** Tags, and what is shown as it stands or taken elsewhere; the rest is what a person reads. */
const NOT_READ = '<(textarea|option|title|script|style)\\b[^<]*</\\1>|<[^<>]*>'
const PARTS = new RegExp(`${NOT_READ}|[^<]+`, 'g')

/** HTML with what a person reads of it changed by `change`, and what else there is by `tag`. *Pure.* */
export function changeWhatIsRead(
  html: string,
  change: (text: string) => string,
  tag: (part: string) => string = (part) => part,
): string {
  return html.replace(PARTS, (part) => (part.startsWith('<') ? tag(part) : change(part)))
}

/** So many letters of a mail (17 px) fit into a line of a phone 360 px wide; more are broken. */
const LINE_LETTERS = 16

const READ_WORD = new RegExp(
  `(?<kanji>${KANJI}{1,${LINE_LETTERS}})\\((?<kana>${KANA}{1,${LINE_LETTERS}})\\)\\p{Script=Hiragana}?`,
  'gu',
)

/**
 * A mail's HTML whose lines do not break inside 漢字(かんじ). Mail programs differ too much for the word
 * joiner that pages use: some show a box or a gap for it, where the font has no such sign
 * (https://github.com/notofonts/noto-fonts/issues/1533, https://github.com/SamsungInternet/support/issues/3).
 * For the same reason LINE's texts have none: there a line may break inside a reading. `how` is the
 * attribute that holds a word on its line. *Pure.*
 */
export function withWholeReadings(html: string, how = 'style="white-space:nowrap"'): string {
  return changeWhatIsRead(html, (text) =>
    text.replace(READ_WORD, (word, kanji: string, kana: string) =>
      kanji.length + kana.length > LINE_LETTERS ? word : `<span ${how}>${word}</span>`,
    ),
  )
}
