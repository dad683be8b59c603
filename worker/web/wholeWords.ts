/** WORD JOINER: seen by nobody, copied with the words, and no line breaks at it. https://www.unicode.org/reports/tr14/#WJ */
const JOINER = '\u2060'

/** Tags, and what is shown as it stands or taken elsewhere; the rest is what a person reads. */
const NOT_READ = '<(textarea|option|title|script|style)\\b[^<]*</\\1>|<[^<>]*>'
const PARTS = new RegExp(`${NOT_READ}|[^<]+`, 'g')

/** A name that is read aloud holds the words that are seen, letter by letter (WCAG 2.5.3). */
const NAME = /(?<= aria-label=")[^"]*/g

const KANJI = '[\\p{Script=Han}々〆ヶ]'
const LETTER = '[\\p{L}\\p{N}]'

/** 教(おし)えて: browsers break a line before and after the brackets, in whatever way words are kept. */
const READING = new RegExp(
  `(?<=${KANJI})\\(([\\p{Script=Hiragana}\\p{Script=Katakana}ー]+)\\)(?=(${LETTER}?))`,
  'gu',
)

/** 「止める」から, □を: the particle belongs to what stands before it. */
const PARTICLE = new RegExp(`[」□](?=${LETTER})`, 'gu')

/**
 * A document whose words stay whole at the ends of lines: a reading stays with its kanji and with what
 * follows, and where words are written apart so does a particle after 「」. What is wider than the
 * screen is broken all the same. Only pages need it: LINE and mail programs break lines in ways of
 * their own. *Pure.*
 */
export function withWholeWords(document: string, isSpaced: boolean): string {
  const hold = (text: string) => whole(text, isSpaced)
  return document.replace(PARTS, (part) =>
    part.startsWith('<') ? part.replace(NAME, hold) : hold(part),
  )
}

function whole(text: string, isSpaced: boolean): string {
  const read = text.replace(
    READING,
    (_, kana: string, next: string) => `${JOINER}(${kana})${next ? JOINER : ''}`,
  )
  return isSpaced ? read.replace(PARTICLE, `$&${JOINER}`) : read
}
