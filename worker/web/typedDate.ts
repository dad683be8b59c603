import { whyNoDay, type LocalDay } from '../../src/stage/day'
import { writtenDay } from '../../src/table/days'
import { readCode } from '../../src/table/invisible'
import { dateFault, type DateFault, type DateKind } from '../readers/dateLimits'

import { standard, type Words } from './words/standard'

export type { DateKind } from '../readers/dateLimits'

/** The three number fields as they were typed. */
export interface TypedDate {
  year: string
  month: string
  day: string
  /** The era chosen beside the year: `R`, `H`, or empty for the western year. */
  era?: string
}

/** A date that makes sense, or what to tell the person who typed it. */
export type DateCheck = { isValid: true; day: LocalDay } | { isValid: false; message: string }

/** What a page asks: which of the two dates it is, or one that is known from where it stands. */
export type DateAsked = 'either' | 'due' | 'birth'

/** What is wrong with a date, in the words of the page it was typed on. *Pure.* */
export function dateFaultSentence(
  fault: DateFault,
  asked: DateAsked,
  { date }: Words = standard,
): string {
  switch (fault) {
    case 'dueTooFar':
      return date.dueTooFar
    case 'duePast':
      return date.duePast[asked]
    case 'birthInFuture':
      return date.birthInFuture[asked]
    case 'birthTooLongAgo':
      return date.birthTooLongAgo
  }
}

/** What a typed date is checked against. */
export interface DateChecked {
  kind: DateKind
  today: LocalDay
  /** @default 'either' */
  asked?: DateAsked
  /** @default standard */
  words?: Words
}

/**
 * Reads and checks typed 年 月 日 as people write them: 2027, 2027年, 令和9, R.9, 四月, ３０日, or 9
 * beside the era; a whole date in one field too. *Pure.*
 */
export function checkTypedDate(
  typed: TypedDate,
  { kind, today, asked = 'either', words = standard }: DateChecked,
): DateCheck {
  const { date } = words
  const { year, month, day } = readFields(typed)
  if (!year && !month && !day) return refuse(date.empty[kind])
  const whole = wholeDate({ year, month, day }) ?? writtenDay(joined(typed))
  if (!whole && isOneOfMany({ year, month, day })) return refuse(date.apart)
  if (!whole && !(year && month && day)) {
    const isWrongWeekday = /\([日月火水木金土]/.test(`${year}${month}${day}`)
    return refuse(isWrongWeekday ? date.weekday : date.three)
  }
  const written = whole ?? writtenDay(`${withSign(year, '年')}${withSign(month, '月')}${day}`)
  if (!written) return refuse(unreadable({ year, month, day }, words))
  const why = whyNoDay(written)
  if (why !== null) return refuse(date.noSuchDay(spoken(written), why))
  const fault = dateFault(written, { kind, today })
  return fault ? refuse(dateFaultSentence(fault, asked, words)) : { isValid: true, day: written }
}

/** 「令和 8 年は 2026 年です」 for this year and the next: the handbook prints 令和. *Pure.* */
export function eraHint(today: LocalDay, { date }: Words = standard): string {
  const year = Number(today.slice(0, 4))
  return date.eraHint(date.eraYear(year - 2018, year), date.eraYear(year - 2017, year + 1))
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

function readFields({ year, month, day, era = '' }: TypedDate): TypedDate {
  return { year: ofEra(clean(year), era), month: clean(month), day: clean(day) }
}

/** A bare 9 beside 令和 is 令和9; a year that says itself what it counts from needs nobody beside it. */
function ofEra(year: string, era: string): string {
  return /^[RH]$/.test(era) && /^(?:\d{1,3}|元)年?$/.test(year) ? `${era}${year}` : year
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

function withSign(text: string, sign: string): string {
  return text.endsWith(sign) ? text : `${text}${sign}`
}

function unreadable({ year, month, day }: TypedDate, { date }: Words): string {
  if (!writtenDay(`${withSign(year, '年')}1月1日`)) return date.badYear
  if (!writtenDay(`${withSign(year, '年')}${withSign(month, '月')}1日`)) return date.badMonth
  return /\(/.test(day) ? date.weekday : date.badDay
}

/** 2027年4月31日: a day that is none has no weekday either. */
function spoken(written: string): string {
  const [year, month, day] = written.split('-').map(Number)
  return `${year}年${month}月${day}日`
}
