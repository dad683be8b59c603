import { whyNoDay, type LocalDay } from '../../src/stage/day'
import { writtenDay } from '../../src/table/days'
import { readCode } from '../../src/table/invisible'
import { dateFault, type DateFault, type DateKind } from '../readers/dateLimits'

export type { DateKind } from '../readers/dateLimits'

/** The three number fields as they were typed. */
export interface TypedDate {
  year: string
  month: string
  day: string
}

/** A date that makes sense, or what to tell the person who typed it. */
export type DateCheck = { isValid: true; day: LocalDay } | { isValid: false; message: string }

const NAMES = { dueDate: '出産予定日', birthDate: '誕生日' } as const

/** What a page asks: which of the two dates it is, or one that is known from where it stands. */
export type DateAsked = 'either' | 'due' | 'birth'

const BORN: Readonly<Record<DateAsked, string>> = {
  either: '生まれている場合は「生まれている」を選び、誕生日を入れてください。',
  due: '生まれている場合は、「登録の内容」のページの「生まれたことを知らせる」から、誕生日を入れてください。',
  birth: '日付を確かめてください。',
}
const UNBORN: Readonly<Record<DateAsked, string>> = {
  either: '妊娠中の場合は「妊娠中」を選び、出産予定日を入れてください。',
  due: '日付を確かめてください。',
  birth: '生まれてから入れてください。',
}

/** What is wrong with a date, in the words of the page it was typed on. *Pure.* */
export function dateFaultSentence(fault: DateFault, asked: DateAsked): string {
  switch (fault) {
    case 'dueTooFar':
      return '出産予定日が先すぎます。今日から約 9 か月以内の日を入れてください。'
    case 'duePast':
      return `出産予定日を過ぎています。${BORN[asked]}`
    case 'birthInFuture':
      return `誕生日がこれからの日になっています。${UNBORN[asked]}`
    case 'birthTooLongAgo':
      return '誕生日が昔すぎます。配信は小学 1 年生の終わりまでです。'
  }
}

/**
 * Reads and checks typed 年 月 日 as people write them: 2027, 2027年, 令和9, R.9, 四月, ３０日; a whole
 * date in one field too. *Pure.*
 */
export function checkTypedDate(
  typed: TypedDate,
  { kind, today, asked = 'either' }: { kind: DateKind; today: LocalDay; asked?: DateAsked },
): DateCheck {
  const { year, month, day } = readFields(typed)
  if (!year && !month && !day) return refuse(`${NAMES[kind]}を入れてください。`)
  const whole = wholeDate({ year, month, day }) ?? writtenDay(joined(typed))
  if (!whole && isOneOfMany({ year, month, day })) return refuse(APART)
  if (!whole && !(year && month && day)) {
    const isWrongWeekday = /\([日月火水木金土]/.test(`${year}${month}${day}`)
    return refuse(isWrongWeekday ? WRONG_WEEKDAY : '年・月・日の 3 つとも、数字で入れてください。')
  }
  const written = whole ?? writtenDay(`${withSign(year, '年')}${withSign(month, '月')}${day}`)
  if (!written) return refuse(unreadable({ year, month, day }))
  const why = whyNoDay(written)
  if (why !== null) return refuse(`${spoken(written)}という日はありません。${why}`)
  const fault = dateFault(written, { kind, today })
  return fault ? refuse(dateFaultSentence(fault, asked)) : { isValid: true, day: written }
}

/** 「令和 8 年は 2026 年です」 for this year and the next: the handbook prints 令和. *Pure.* */
export function eraHint(today: LocalDay): string {
  const year = Number(today.slice(0, 4))
  const era = (of: number) => `令和 ${of - 2018} 年は ${of} 年`
  return `年は西暦でも令和でも入れられます(${era(year)}、${era(year + 1)}です)。`
}

/** The fields for a date that is known. *Pure.* */
export function typedDateOf(day: LocalDay | undefined): TypedDate {
  if (!day) return { year: '', month: '', day: '' }
  return {
    year: day.slice(0, 4),
    month: String(Number(day.slice(5, 7))),
    day: String(Number(day.slice(8))),
  }
}

function refuse(message: string): DateCheck {
  return { isValid: false, message }
}

function readFields({ year, month, day }: TypedDate): TypedDate {
  return { year: clean(year), month: clean(month), day: clean(day) }
}

/** Width, blanks and kanji numerals do not count, nor 西暦, the point in R.9 or one at the end. */
function clean(text: string): string {
  const bare = readCode(text).replace(/\s+|^西暦|(?<![.,、。])[.,、。]+$/g, '')
  return withDigits(bare).replace(/^([RHS])[.・]/i, '$1')
}

const KANJI = '〇一二三四五六七八九'

function withDigits(text: string): string {
  return text.replace(/[〇零一二三四五六七八九十]+/g, (numeral) => {
    const digits = [...numeral.replaceAll('零', '〇')]
    const ten = digits.indexOf('十')
    if (ten === -1) return digits.map((sign) => KANJI.indexOf(sign)).join('')
    const before = digits.slice(0, ten).map((sign) => KANJI.indexOf(sign))
    const after = digits.slice(ten + 1).map((sign) => KANJI.indexOf(sign))
    return `${before.join('') || '1'}${after.join('') || '0'}`
  })
}

/** A whole date pasted into one field; what stands in the others must not be another day. */
function wholeDate({ year, month, day }: TypedDate): string | null {
  const whole = [year, month, day].map(writtenDay).find((found) => found !== null)
  if (!whole) return null
  const [ofYear, ofMonth, ofDay] = whole.split('-').map(Number)
  const agrees = (text: string, part: number | undefined, sign: string) =>
    text === '' || writtenDay(text) === whole || Number(text.replace(sign, '')) === part
  const isOne =
    agrees(year, ofYear, '年') && agrees(month, ofMonth, '月') && agrees(day, ofDay, '日')
  return isOne ? whole : null
}

/** A date that is spread over fewer fields than there are: 2027 and 4/30, or 2027 4 30 in one. */
function joined({ year, month, day }: TypedDate): string {
  const typed = [year, month, day]
    .map((text) => readCode(text).trim())
    .filter((text) => text !== '')
  if (typed.length === 3) return ''
  const parts = typed.flatMap((text) => text.split(/[\s年月日/.・-]+/).map(clean))
  return parts.filter((part) => part !== '').join('/')
}

/** Whether a field holds a whole date, and the others are not of it. */
function isOneOfMany({ year, month, day }: TypedDate): boolean {
  const filled = [year, month, day].filter((text) => text !== '')
  return filled.length > 1 && filled.some((text) => writtenDay(text) !== null)
}

const APART = '日付が 2 とおり入っています。年・月・日の欄に、1 つずつ入れてください。'
const WRONG_WEEKDAY = '日付と曜日が合いません。確かめてください。'

function withSign(text: string, sign: string): string {
  return text.endsWith(sign) ? text : `${text}${sign}`
}

function unreadable({ year, month, day }: TypedDate): string {
  const first = writtenDay(`${withSign(year, '年')}1月1日`)
  if (!first) return '年は西暦 4 けた(例: 2027)か、令和9 のように入れてください。'
  if (!writtenDay(`${withSign(year, '年')}${withSign(month, '月')}1日`)) {
    return '月は 1 から 12 の数字で入れてください。'
  }
  return /\(/.test(day) ? WRONG_WEEKDAY : '日は 1 から 31 の数字で入れてください。'
}

/** 2027年4月31日: a day that is none has no weekday either. */
function spoken(written: string): string {
  const [year, month, day] = written.split('-').map(Number)
  return `${year}年${month}月${day}日`
}
