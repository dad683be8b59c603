import { ANNOUNCEMENT_LABEL } from './announcement'
import { daysBetween, type LocalDay } from './day'
import { PREGNANCY_DAYS, type Anchors } from './due'
import { schoolEntryDay } from './entry'
import { StageError } from './error'
import { completedMonths, monthsDay } from './months'
import { ageLabel } from './slotLabel'

/** Where a child is on a day; computed, never stored. */
export type Stage =
  | {
      kind: 'pregnancy'
      /** Both null before 0w0d. */
      week: number | null
      day: number | null
      /** Negative after the due date. */
      daysToDue: number
      label: string
    }
  | { kind: 'unborn'; label: string }
  /** Support texts that were asked for: where a child would be is not told. */
  | { kind: 'support'; label: string }
  /** Of a family nothing is known but that it is told who sends from now on. */
  | { kind: 'announcement'; label: string }
  | {
      kind: 'child'
      /** 0 on the birthday. */
      days: number
      months: number
      legalMonths: number
      /** To 1 April of the entry year; negative after it. */
      daysToEntry: number
      label: string
    }

/** The last age that is told in days; afterwards in months and years. */
const LAST_AGE_IN_DAYS = 100

/** From 42w0d no text is sent; later weeks are not told as weeks, as the birth is just not known. */
const PAUSE_WEEK = 42

/**
 * Where a child is on a day. A day before a known birth is told by the due date if there is one,
 * else as `unborn`. *Pure.*
 *
 * @throws StageError `NO_ANCHOR` without a due date and a birth date.
 */
export function stageAt(anchors: Anchors, day: LocalDay): Stage {
  const { birthDate, dueDate, entryDate, supportFrom, announceOn } = anchors
  if (supportFrom !== undefined) {
    return { kind: 'support', label: `支えの文の${daysBetween(supportFrom, day)}日目` }
  }
  if (birthDate !== undefined && day >= birthDate) {
    return childStage({ birthDate, day, entryDate: entryDate ?? schoolEntryDay(birthDate) })
  }
  if (dueDate !== undefined) return pregnancyStage(daysBetween(day, dueDate))
  if (birthDate !== undefined) return { kind: 'unborn', label: '誕生前' }
  if (announceOn !== undefined) {
    return { kind: 'announcement', label: `${ANNOUNCEMENT_LABEL}の日` }
  }
  throw new StageError('NO_ANCHOR', '出産予定日か誕生日のどちらかが必要です。')
}

function pregnancyStage(daysToDue: number): Stage {
  const elapsed = PREGNANCY_DAYS - daysToDue
  if (elapsed < 0) {
    return { kind: 'pregnancy', week: null, day: null, daysToDue, label: '妊娠0週0日より前' }
  }
  const week = Math.floor(elapsed / 7)
  const day = elapsed % 7
  return { kind: 'pregnancy', week, day, daysToDue, label: pregnancyLabel(week, day, daysToDue) }
}

function pregnancyLabel(week: number, day: number, daysToDue: number): string {
  if (week > PAUSE_WEEK) return `予定日から${-daysToDue}日`
  const label = `妊娠${week}週${day}日`
  return week === PAUSE_WEEK ? `${label}(予定日から${-daysToDue}日)` : label
}

function childStage(child: { birthDate: LocalDay; day: LocalDay; entryDate: LocalDay }): Stage {
  const { birthDate, day } = child
  const days = daysBetween(birthDate, day)
  const months = completedMonths(birthDate, day, 'friendly')
  const plusDays = daysBetween(monthsDay(birthDate, months, 'friendly'), day)
  return {
    kind: 'child',
    days,
    months,
    legalMonths: completedMonths(birthDate, day, 'legal'),
    daysToEntry: daysBetween(day, child.entryDate),
    label: days <= LAST_AGE_IN_DAYS ? `生後${days}日` : ageLabel(months, plusDays),
  }
}
