import { changeWhatIsRead, KANA, KANJI } from '../../src/release/readings'

/** What pages hold words together with. WORD JOINER: seen by nobody, copied with the words, and no line breaks at it. https://www.unicode.org/reports/tr14/#WJ */
export const JOINER = '\u2060'

/** A name that is read aloud holds the words that are seen, letter by letter (WCAG 2.5.3). */
const NAME = /(?<= aria-label=")[^"]*/g

const LETTER = '[\\p{L}\\p{N}]'

/** 教(おし)えて: browsers break a line before and after the brackets, in whatever way words are kept. */
const READING = new RegExp(`(?<=${KANJI})\\((${KANA}+)\\)(?=(${LETTER}?))`, 'gu')

/** 「止める」から, □を: the particle belongs to what stands before it. */
const PARTICLE = new RegExp(`[」□](?=${LETTER})`, 'gu')

/**
 * A document whose words stay whole at the ends of lines: a reading stays with its kanji and with what
 * follows, and where words are written apart so does a particle after 「」. What is wider than the
 * screen is broken all the same. Mails have their own way, `withWholeReadings`. *Pure.*
 */
export function withWholeWords(document: string, isSpaced: boolean): string {
  const hold = (text: string) => whole(text, isSpaced)
  return changeWhatIsRead(document, hold, (part) => part.replace(NAME, hold))
}

function whole(text: string, isSpaced: boolean): string {
  const read = text.replace(
    READING,
    (_, kana: string, next: string) => `${JOINER}(${kana})${next ? JOINER : ''}`,
  )
  return isSpaced ? read.replace(PARTICLE, `$&${JOINER}`) : read
}
