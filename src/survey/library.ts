import type { Question, QuestionWording, RateFormula } from './question'

/** Where the wording and the counting of a question come from. */
export interface LibrarySource {
  /** Document and year. */
  name: string
  /** Where no answer goes, in words. */
  noAnswer: string
  /** At which check-ups it is asked nationally. */
  askedAt: string
}

/** A question whose wording, codes and counting are the same everywhere in Japan. */
export interface LibraryQuestion {
  code: string
  source: LibrarySource
  /** Its identity follows from it (./identity). */
  question: Omit<Question, 'id'>
}

const CHECK_UPS = '3・4か月児、1歳6か月児、3歳児の健康診査'

const OUTSIDE = '無回答は分母に入れません(回答した人の数で割ります)。'

const MEMBER_SURVEY =
  '厚生労働省「健やか親子21(第2次)」指標(平成26年)、母子保健事業の実施状況等の調査'

/**
 * Nationally comparable questions. Wording, codes and formula are those of the documents named in each;
 * the words in plain Japanese are ours, and what is counted are the codes.
 *
 * Sources: 健やか親子21(第2次)参考資料集(厚生労働省、平成26年4月)基盤課題C 指標1、重点課題1 指標1・2;
 * 令和2年度母子保健事業の実施状況等の調査結果(厚生労働省、令和3年12月)12 (無回答 is counted apart);
 * 乳幼児健診等における標準的な電子的記録様式等について(案)(厚生労働省、令和5年2月).
 */
export const SURVEY_LIBRARY: readonly LibraryQuestion[] = [
  entry('region', {
    source: `${MEMBER_SURVEY}(基盤課題C「この地域で子育てをしたいと思う親の割合」)`,
    wording: {
      type: 'single',
      text: 'この地域で、今後も子育てをしていきたいですか。',
      easy: 'この地域(ちいき)で、これからも 子育(こそだ)てを したいですか。',
      unit: '',
      options: [
        option('1', 'そう思う', 'そう 思(おも)う'),
        option('2', 'どちらかといえばそう思う', 'どちらかと いえば そう 思(おも)う'),
        option('3', 'どちらかといえばそう思わない', 'どちらかと いえば そう 思(おも)わない'),
        option('4', 'そう思わない', 'そう 思(おも)わない'),
      ],
    },
    rate: { label: 'この地域で子育てをしたいと思う親の割合', codes: ['1', '2'] },
  }),
  entry('relaxed', {
    source: `${MEMBER_SURVEY}(重点課題1「ゆったりとした気分で子どもと過ごせる時間がある母親の割合」)`,
    wording: {
      type: 'single',
      text: 'お母さんはゆったりとした気分でお子さんと過ごせる時間がありますか。',
      easy: 'お母(かあ)さんは、ゆったりした 気分(きぶん)で 子(こ)どもと いる 時間(じかん)が ありますか。',
      unit: '',
      options: [
        option('1', 'はい', 'はい'),
        option('2', 'いいえ', 'いいえ'),
        option('3', '何ともいえない', 'どちらとも いえない'),
      ],
    },
    rate: {
      label: 'ゆったりとした気分で子どもと過ごせる時間がある母親の割合',
      codes: ['1'],
    },
  }),
  entry('difficulty', {
    source: `${MEMBER_SURVEY}(重点課題1「育てにくさを感じたときに対処できる親の割合」の設問(1)。令和2年度の調査では、無回答者数は全回答者数に入りません)`,
    wording: {
      type: 'single',
      text: 'あなたは、お子さんに対して、育てにくさを感じていますか。',
      easy: 'あなたは、子(こ)どもを 育(そだ)てにくいと 感(かん)じますか。',
      unit: '',
      options: [
        option('1', 'いつも感じる', 'いつも 感(かん)じる'),
        option('2', '時々感じる', 'ときどき 感(かん)じる'),
        option('3', '感じない', '感(かん)じない'),
      ],
    },
    rate: { label: '育てにくさを「いつも感じる」「時々感じる」と答えた割合', codes: ['1', '2'] },
  }),
  entry('living', {
    source:
      '厚生労働省「乳幼児健診等における標準的な電子的記録様式等について(案)」(令和5年2月、母子健康手帳、母子保健情報等に関する検討会 第7回 資料2-1)',
    wording: {
      type: 'single',
      text: '現在の暮らしの経済的状況を総合的にみて、どう感じていますか。',
      easy: '今(いま)の 生活(せいかつ)の お金(かね)のことを どう 感(かん)じますか。',
      unit: '',
      options: [
        option('1', '大変ゆとりがある', 'とても よゆうが ある'),
        option('2', 'ややゆとりがある', 'すこし よゆうが ある'),
        option('3', '普通', 'ふつう'),
        option('4', 'やや苦しい', 'すこし 苦(くる)しい'),
        option('5', '大変苦しい', 'とても 苦(くる)しい'),
      ],
    },
  }),
]

/** The question of the library with this code, or null. *Pure.* */
export function libraryQuestion(code: unknown): LibraryQuestion | null {
  return SURVEY_LIBRARY.find((one) => one.code === code) ?? null
}

interface Entry {
  source: string
  wording: QuestionWording
  rate?: RateFormula
}

function entry(code: string, { source: name, wording, rate }: Entry): LibraryQuestion {
  return {
    code,
    source: { name, noAnswer: OUTSIDE, askedAt: CHECK_UPS },
    question: { ...wording, library: code, ...(rate && { rate }) },
  }
}

function option(code: string, label: string, easy: string) {
  return { code, label, easy }
}
