import { daysBetween, type LocalDay } from '../../src/stage/day'
import { stageAt } from '../../src/stage/stage'
import type { ChildDates } from '../readers/reader'

import type { Words } from './words/standard'

/** 42w0d, after the due date (days): the texts pause, and no week is told any more. */
const PAUSE_AFTER_DUE = 14

/**
 * Whether no birth was told though 41w6d is over: nobody knows what has happened, so that no page
 * speaks of a week, or of what comes after a birth. Source: product.md, rule 2. *Pure.*
 */
export function isPaused({ birthDate, dueDate }: ChildDates, today: LocalDay): boolean {
  if (birthDate || !dueDate) return false
  return daysBetween(dueDate, today) >= PAUSE_AFTER_DUE
}

/** What a child is called on its reader's page. *Pure.* */
export function childTitle(child: ChildDates, today: LocalDay, words: Words): string {
  if (isPaused(child, today)) return words.family.paused.child
  return words.stage(stageLabel(child, today))
}

/** 「今日は妊娠24週3日です。」: the typed date said back, so that a typing error is seen. *Pure.* */
export function stageSentence(dates: ChildDates, today: LocalDay, words: Words): string {
  const { dueDate } = dates
  if (dueDate && isPaused(dates, today)) return words.child.dueOn(words.day(dueDate))
  return words.child.today(words.stage(stageLabel(dates, today)))
}

/** 「妊娠24週3日」 or 「1歳6か月」. *Pure.* */
export function stageLabel(dates: ChildDates, today: LocalDay): string {
  return stageAt(dates, today).label
}
