import { asHiragana } from '../../../src/release/hiragana'
import { heardIn } from '../heard'

// Beside what a talk hears: here a word too many only shows whom to ask, and has a person look.
const MORE =
  /(?:叩|たた|殴|なぐ|蹴|け)(?:い|っ|り)て|たたきたく|ぶっちゃ|怒鳴って|どなって|追い?詰め|おいつめ|涙が(?:とま|止)|なみだが(?:とま|止)|逃げ(?:たい|出し)|にげたい|うつ(?:かも|病)|鬱/

/**
 * Whether a comment asks for help, with or without saying so: despair or danger as a talk hears them,
 * and some words more; in hiragana, katakana and kanji. *Pure.*
 */
export function asksForHelp(comment: string): boolean {
  const said = comment.normalize('NFKC').replace(/\s+/gu, '')
  return [said, asHiragana(said)].some((one) => heardIn(one).isDespair || MORE.test(one))
}
