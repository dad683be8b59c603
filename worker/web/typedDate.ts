import { parseLocalDay, type LocalDay } from '../../src/stage/day'
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

const DATE_FAULTS: Readonly<Record<DateFault, string>> = {
  dueTooFar: '出産予定日が先すぎます。今日から約 9 か月以内の日を入れてください。',
  duePast:
    '出産予定日を過ぎています。生まれている場合は「生まれている」を選び、誕生日を入れてください。',
  birthInFuture:
    '誕生日がこれからの日になっています。妊娠中の場合は「妊娠中」を選び、出産予定日を入れてください。',
  birthTooLongAgo: '誕生日が昔すぎます。配信は小学 1 年生の終わりまでです。',
}

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
  const fault = dateFault(parsed, { kind, today })
  return fault ? refuse(DATE_FAULTS[fault]) : { isValid: true, day: parsed }
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
