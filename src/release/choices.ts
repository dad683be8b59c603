import { OFFERABLE_HOURS, shownHour, writeHour } from '../stage/localTime'

/** Choice of a select field. */
export interface Choice {
  value: string
  label: string
}

/** What a manuscript is for. */
export const KINDS: Choice[] = [
  { value: 'stage', label: '通常(その日のステージの文章)' },
  { value: 'milestone', label: '節目(100日・誕生日など)' },
  { value: 'question', label: '確認(妊娠42週0日に1回だけ送る問いかけ)' },
]

/** Which age a manuscript counts by. */
export const AGE_BASES: Choice[] = [
  { value: 'calendar', label: '暦(生まれた日から数える)' },
  { value: 'corrected', label: '修正月齢(早産のとき、希望者は出産予定日から数える)' },
]

/** How completed months are counted. */
export const MONTH_RULES: Choice[] = [
  { value: 'friendly', label: '一般(1月31日生まれの1か月は2月28日か29日)' },
  { value: 'legal', label: '法律(前の日の終わりに満了。予防接種や対象年齢に使う)' },
]

/** When an add-on goes out inside its range. */
export const TIMINGS: Choice[] = [
  { value: 'once', label: '1回だけ(始まりの配信日に送る)' },
  { value: 'every', label: '毎回(期間中の原稿すべてに付ける)' },
  { value: 'notice', label: 'お知らせ(日と時刻を決めて、その日に期間の中にいる家庭へ1通)' },
  {
    value: 'urgent',
    label: '緊急のひな形(災害や警報のときに、2 人で確かめてすぐ送る文。ふだんは届きません)',
  },
]

/** When a notice goes out on its day: an hour of the municipality's, or the opening of its window. */
export const NOTICE_HOURS: Choice[] = [
  { value: 'opening', label: '自治体の配信が始まる時刻' },
  ...OFFERABLE_HOURS.map((hour) => ({ value: writeHour(hour), label: shownHour(hour) })),
]

/** Whom of a family a notice is for. */
export const NOTICE_RELATIONS: Choice[] = [
  { value: 'everybody', label: 'どの続柄の方にも' },
  { value: 'mother', label: '母だけ' },
  { value: 'father', label: '父だけ' },
  { value: 'grandparent', label: '祖父母だけ' },
]

/** Through what a notice goes. */
export const NOTICE_CHANNELS: Choice[] = [
  { value: 'both', label: 'LINE とメール' },
  { value: 'line', label: 'LINE の方だけ' },
  { value: 'mail', label: 'メールの方だけ' },
]
