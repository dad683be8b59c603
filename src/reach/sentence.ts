import type { LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { LEAST_TOLD_APART } from '../statistics/protect'

/** Counts below this are never told, nor what is estimated from them. */
const SMALL_NUMBER = 5

/** Whom a publication reaches, over all municipalities. */
export interface Reach {
  /** Municipalities that send the text. */
  municipalities: number
  /** Of them, those whose families are counted. */
  counted: number
  /** About so many readers tomorrow; not rounded. */
  tomorrow: number
  /** About so many in the seven days from tomorrow on; not rounded. */
  week: number
  /** Day of the oldest figures used; null when there are none. */
  asOf: LocalDay | null
  /** Of a notice its day, and about so many readers on it; null where nobody is counted. */
  notice?: { day: LocalDay; readers: number | null }
  /** Of a survey by stage when it is asked, and about so many readers from tomorrow on. */
  survey?: { when: string; readers: number | null }
  /** An urgent template: it reaches nobody by itself. */
  isTemplate?: true
}

/** What a publication does to readers, in a sentence or two. *Pure.* */
export function reachSentence(reach: Reach): string {
  if (reach.isTemplate) return TEMPLATE_SENTENCE
  if (reach.notice) return noticeSentence(reach.notice, 'に')
  if (reach.survey) return surveySentence(reach.survey, '')
  return sentenceOf(reach, {
    unused: 'いま、この原稿を使う自治体はありません。公開しても、まだ誰にも届きません。',
    used: `この原稿は ${reach.municipalities} 自治体で使われます。`,
    tomorrow: '明日は',
    unknown: '何人に届くかは分かりません。集計は、配信した日の日報に載ります。',
  })
}

/** Whom a withdrawal keeps the text from, in a sentence or two. *Pure.* */
export function recallSentence(reach: Reach): string {
  if (reach.isTemplate) return RECALLED_TEMPLATE
  if (reach.notice) return noticeSentence(reach.notice, 'の時刻までに取り下げなければ、')
  if (reach.survey) return `${surveySentence(reach.survey, '取り下げなければ、')}${STILL_ANSWERED}`
  return sentenceOf(reach, {
    unused: 'いま、この原稿を使う自治体はありません。',
    used: `この原稿は ${reach.municipalities} 自治体で使われています。`,
    tomorrow: '取り下げなければ、明日は',
    unknown: '何人に届かなくなるかは分かりません。',
  })
}

const TEMPLATE_SENTENCE =
  '緊急のひな形です。公開しても、だれにも届きません。災害や警報のときに、「緊急のお知らせ」で 2 人が確かめて送ります。'

const RECALLED_TEMPLATE =
  '緊急のひな形です。取り下げると、「緊急のお知らせ」で選べなくなります。もう送ったものは取り消されません。'

function noticeSentence({ day, readers }: NonNullable<Reach['notice']>, when: string): string {
  const said = `このお知らせは、${dayLabel(day)}${when}`
  return readers === null
    ? `${said}期間の中にいる方に届きます。何人かは分かりません(集計がまだないか、少なくて出せません)。`
    : `${said}${about(readers)}までに届く見込みです(一人に 1 通。続柄や届ける方法を選んだときは、もっと少なくなります)。`
}

const STILL_ANSWERED = 'もう届いた方は、取り下げたあとも答えられます。'

function surveySentence({ when, readers }: NonNullable<Reach['survey']>, before: string): string {
  const said = `このアンケートは、${before}${when}、1 家庭に 1 回だけ届きます。`
  return readers === null
    ? `${said}何人かは分かりません(集計がまだないか、少なくて出せません)。`
    : `${said}あしたからで${about(readers)}までの見込みです。${readers < LEAST_TOLD_APART ? TOO_FEW : ''}`
}

/** Results of fewer who answer than are told apart. */
const TOO_FEW =
  'この人数では、答えが少なくて結果を出せないことがあります。期間を長くするか、日を決めて聞いてください。'

interface Words {
  /** Said where no municipality sends it. */
  unused: string
  used: string
  tomorrow: string
  /** What is not known where nobody is counted. */
  unknown: string
}

function sentenceOf(reach: Reach, words: Words): string {
  const { municipalities, counted, tomorrow, week, asOf } = reach
  if (municipalities === 0) return words.unused
  if (counted === 0 || asOf === null) {
    return `${words.used}読者の数の集計がまだないので、${words.unknown}`
  }
  const rest = municipalities - counted
  return [
    words.used,
    `${words.tomorrow}${about(tomorrow)}、明日からの 7 日間で${about(week)}に届く見込みです`,
    `(${dayLabel(asOf)}の集計から)。`,
    ...(rest > 0 ? [`ほかの ${rest} 自治体は、人数の集計がまだないか、少なくて出せません。`] : []),
  ].join('')
}

/** 「約 120 人」, never more exact than an estimate is. *Pure.* */
export function about(count: number, unit: '人' | '通' = '人'): string {
  if (count < SMALL_NUMBER) return ` ${SMALL_NUMBER} ${unit}未満`
  return `約 ${rounded(count).toLocaleString('ja-JP')} ${unit}`
}

/** An estimate as it is told, {@link SMALL_NUMBER} where there are fewer. *Pure.* */
export function toldEstimate(count: number): number {
  return count < SMALL_NUMBER ? SMALL_NUMBER : rounded(count)
}

function rounded(count: number): number {
  const step = count < 100 ? 1 : count < 1000 ? 10 : 100
  return Math.round(count / step) * step
}
