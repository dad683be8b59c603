import { readSlot } from '../../fields/slotField'
import { dayLabel, japaneseMoment } from '../../stage/japaneseDate'
import { slotCode, slotLabel } from '../../stage/slot'

/** Japanese words for what is stored as data: contents of releases, approvals, daily figures. */
const WORDS: Readonly<Record<string, string>> = {
  type: '原稿の種類',
  manuscript: '原稿',
  addOn: '自治体原稿',
  series: 'シリーズ',
  slot: '配信日',
  edition: '版',
  standard: '標準',
  easy: 'やさしい日本語',
  kind: '種類',
  stage: '通常',
  milestone: '節目',
  question: '確認',
  title: '題名',
  subject: 'メールの件名',
  body: '本文',
  ageBasis: '月齢の数え方',
  calendar: '暦',
  corrected: '修正月齢',
  monthRule: '月の数え方',
  friendly: '一般',
  legal: '法律',
  theme: '読者が断れる話題',
  picture: '絵・写真',
  hash: '画像の印',
  width: '横(画素)',
  height: '縦(画素)',
  alt: '画像の説明',
  pictureAlt: '画像の説明',
  jpeg: 'JPEG',
  png: 'PNG',
  municipality: '自治体のコード',
  from: 'ここから',
  to: 'ここまで',
  isEndIncluded: '「ここまで」の日を含む',
  timing: '送る回数',
  once: '1 回',
  every: '毎回',
  validFrom: 'この日から',
  validTo: 'この日まで',
  areas: '地区',
  editions: '版',
  order: '並び順',
  blocks: '中身',
  blockType: '部品',
  text: '文章',
  link: 'リンク',
  book: '絵本',
  group: '団体',
  label: '言葉',
  url: 'URL',
  author: '作者',
  publisher: '出版社',
  description: '紹介',
  imageUrl: '画像の URL',
  name: '名前',
  place: '場所',
  schedule: '日時',
  contact: '連絡先',
  verdict: '判断',
  approve: '承認',
  'request-change': '修正依頼',
  discipline: '専門',
  medical: '医師',
  midwifery: '助産',
  nutrition: '栄養',
  dental: '歯科',
  psychology: '心理',
  childcare: '保育',
  chief: '監修責任者',
  reviewer: '監修した人の番号',
  contentHash: '内容の指紋',
  policyHash: '監修ルールの指紋',
  at: '日時',
  readers: '読者(約・人)',
  candidates: '候補(通)',
  deliveries: '配信(通)',
  accepted: '受付済み(通)',
  acceptedLine: 'うち LINE(通)',
  acceptedMail: 'うちメール(通)',
  rejected: '断られた(通)',
  unknown: '分からない(通)',
  expired: '期限切れ(通)',
  excluded: '送らなかった(通)',
  date: '日付',
  bands: 'ステージごと',
  stages: 'まとめ',
  pregnancy: '妊娠中(人)',
  key: '原稿の番号',
  sent: '送信済み(人)',
  stopped: '送らずに止めた(人)',
  leftOut: '入りきらない部品があった(通)',
}

/** Bands of a report's forecast: weeks of pregnancy, completed months and years of age. */
const BANDS: readonly [RegExp, (number: number) => string][] = [
  [/^week(\d+)$/, (week) => `妊娠${week}週(人)`],
  [/^month(\d+)$/, (month) => `${month}か月(人)`],
  [/^age(\d+)$/, (year) => `${year}歳(人)`],
]

/** What the words of a daily report mean, where they stand. */
const MEANINGS: Readonly<Record<string, string>> = {
  readers: '10 人きざみ。受け取ることに同意している人',
  candidates: 'その日の日付に当てはまった文。「配信」と「送らなかった」の合計',
  deliveries: '送る予定になった文',
  accepted: 'LINE やメールの会社が受け取った文。読まれたかは分かりません',
  rejected: '宛先か本文が断られた文。その宛先には、次から送らないことがあります',
  unknown: '渡しているあいだに落ちて、送れたか分からない文。ひとりでには送り直しません',
  expired: '送る時間のうちに送れなかった文。あとからは送りません',
  excluded: '停止・お休み・引っ越し・重なりなどで、送らないと決めた文',
  leftOut: 'LINE の 4 通に入らず、一部を省いた文',
}

/** What a value is, in a sentence; empty where its word says it. *Pure.* */
export function meaningOf(name: string): string {
  return Object.hasOwn(MEANINGS, name) ? (MEANINGS[name] ?? '') : ''
}

/** The Japanese word for the name of a value, or the name itself. *Pure.* */
export function wordFor(name: string): string {
  for (const [pattern, inWords] of BANDS) {
    const number = pattern.exec(name)?.[1]
    if (number !== undefined) return inWords(Number(number))
  }
  return codeInWords(name)
}

function codeInWords(code: string): string {
  return Object.hasOwn(WORDS, code) ? (WORDS[code] ?? code) : code
}

/** A single stored value in words. *Pure.* */
export function readingOf(value: string | number | boolean | null): string {
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'number') return value.toLocaleString('ja-JP')
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return japaneseMoment(value)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return dayLabel(value)
  const slot = readSlot(value)
  return slot && slotCode(slot) === value ? slotLabel(slot) : codeInWords(value)
}
