import type { Choice } from '../release/choices'

/** In what Japanese a poster speaks. */
export const POSTER_LANGUAGES = [
  { value: 'standard', label: 'ふつうの日本語' },
  { value: 'easy', label: 'やさしい日本語' },
] as const satisfies readonly Choice[]

/** One of these. */
export type PosterLanguage = (typeof POSTER_LANGUAGES)[number]['value']

/** Three sentences: what arrives, for whom, and what to do. */
export type Sentences = readonly [string, string, string]

/** The most letters of a sentence: what is left readable on the smallest card. */
export const MAX_SENTENCE = 80

/** What a poster says unless somebody writes it in their own words. *Pure.* */
export function usualSentences(language: PosterLanguage, channels: readonly string[]): Sentences {
  const [mail, line] = [channels.includes('mail'), channels.includes('line')]
  if (language === 'easy') {
    const ways = line && mail ? 'LINE か メール' : line ? 'LINE' : 'メール'
    return [
      `赤(あか)ちゃんと 子(こ)どもの お知(し)らせが、${ways}で 届(とど)きます。`,
      '家族(かぞく)は だれでも 登録(とうろく)できます。お金(かね)は いりません。',
      'スマートフォンの カメラで QRコードを 読(よ)んでください。',
    ]
  }
  const ways = line && mail ? 'LINE かメール' : line ? 'LINE' : 'メール'
  return [
    `妊娠中から小学校入学のころまで、お子さんの時期に合わせた情報を、${ways}でお届けします。`,
    'お母さんも、お父さんも、ほかのご家族も、無料で登録できます。いつでも止められます。',
    'スマートフォンのカメラで、QR コードを読み取ってください。',
  ]
}

/** Up to how much text the sentences are set how large. */
const SCALES = [
  [95, 1],
  [125, 0.88],
  [165, 0.76],
] as const
const SMALLEST = 0.64

/** So wide a name and an address stand on one line in the usual size. */
const TITLE_LINE = 15
const ADDRESS_LINE = 20

/**
 * How large letters are set so that all stays on its leaf; 1 is the usual size. The longest name takes two
 * lines of half of it. *Pure.*
 */
export function letterScales(words: { title: string; sentences: Sentences; address: string }) {
  const width = widthOf(words.sentences.join(''))
  return {
    title: Math.max(0.5, Math.min(1, TITLE_LINE / widthOf(words.title))),
    sentences: SCALES.find(([most]) => width <= most)?.[1] ?? SMALLEST,
    address: Math.min(1, ADDRESS_LINE / widthOf(words.address)),
  }
}

/** In letters as wide as a kanji. */
function widthOf(text: string): number {
  const widths = [...text].map((letter) => (/[ -~]/.test(letter) ? 0.5 : 1))
  return widths.reduce((sum, one) => sum + one, 0)
}
