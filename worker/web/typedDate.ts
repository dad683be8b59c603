import { addDays, daysBetween, parseLocalDay, type LocalDay } from '../../src/stage/day'

/** The three number fields as they were typed. */
export interface TypedDate {
  year: string
  month: string
  day: string
}

/** Which date is asked for. */
export type DateKind = 'dueDate' | 'birthDate'

/** A date that makes sense, or what to tell the person who typed it. */
export type DateCheck = { isValid: true; day: LocalDay } | { isValid: false; message: string }

/** Pregnancy counts 280 days to the due date; texts end at 41w6d, the page asks until 42w6d. */
const PREGNANCY_DAYS = 280
const LATEST_AFTER_DUE = 20

/** The last series ends on 31 March a year after school entry: nobody is older than this. */
const OLDEST_CHILD_YEARS = 9

const NAMES = { dueDate: '出産予定日', birthDate: '誕生日' } as const

/** Reads and checks typed 年 月 日; full-width digits are taken. *Pure.* */
export function checkTypedDate(
  typed: TypedDate,
  { kind, today }: { kind: DateKind; today: LocalDay },
): DateCheck {
  const [year, month, day] = [typed.year, typed.month, typed.day].map(digits)
  if (!year && !month && !day) return refuse(`${NAMES[kind]}を入れてください。`)
  if (!year || !month || !day) return refuse('年・月・日の 3 つとも、数字で入れてください。')
  if (year.length !== 4) return refuse('年は西暦 4 けたで入れてください。例: 2026')
  const parsed = existingDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  if (!parsed) return refuse('この日付は暦にありません。年・月・日を確かめてください。')
  const message = kind === 'dueDate' ? dueFault(parsed, today) : birthFault(parsed, today)
  return message ? refuse(message) : { isValid: true, day: parsed }
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

function digits(text: string): string | null {
  const clean = text.normalize('NFKC').trim()
  return /^\d{1,4}$/.test(clean) ? clean : null
}

function existingDay(text: string): LocalDay | null {
  try {
    return parseLocalDay(text)
  } catch {
    return null
  }
}

function dueFault(day: LocalDay, today: LocalDay): string | null {
  const ahead = daysBetween(today, day)
  if (ahead > PREGNANCY_DAYS) {
    return '出産予定日が先すぎます。今日から約 9 か月以内の日を入れてください。'
  }
  return ahead < -LATEST_AFTER_DUE
    ? '出産予定日を過ぎています。生まれている場合は「生まれている」を選び、誕生日を入れてください。'
    : null
}

function birthFault(day: LocalDay, today: LocalDay): string | null {
  if (day > today) {
    return '誕生日がこれからの日になっています。妊娠中の場合は「妊娠中」を選び、出産予定日を入れてください。'
  }
  const oldest = addDays(today, -OLDEST_CHILD_YEARS * 366)
  return day < oldest ? '誕生日が昔すぎます。配信は小学 1 年生の終わりまでです。' : null
}
