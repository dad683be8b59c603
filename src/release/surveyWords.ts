import { isLocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { parseSlot, slotLabel, type Slot } from '../stage/slot'
import type { AddOnContent } from './content'

/** What says when a survey by stage is asked, as a form may hold it. */
export type AskedDays = Pick<AddOnContent, 'from' | 'validFrom' | 'validTo'>

/**
 * When a survey by stage is asked, in words: 「2027年1月5日(火)から2027年3月31日(水)まで、お子さんが
 * 4か月になる日に」; null while its stage cannot be read. *Pure.*
 */
export function askedWhen({ from, validFrom, validTo }: AskedDays): string | null {
  const slot = slotOrNull(from)
  if (slot === null) return null
  const begin = isLocalDay(validFrom ?? '') ? dayLabel(validFrom ?? '') : '公開した日の次の日'
  const end = isLocalDay(validTo ?? '') ? dayLabel(validTo ?? '') : 'アンケートの最後の日'
  return `${begin}から${end}まで、${dayOf(slot)}に`
}

function dayOf(slot: Slot): string {
  const label = slotLabel(slot)
  if (slot.anchor === 'birthDate') return `お子さんが${label}になる日`
  return slot.anchor === 'dueDate' ? `${label}になる日` : label
}

/** A slot that may be half typed. *Pure.* */
export function slotOrNull(code: string): Slot | null {
  try {
    return parseSlot(code)
  } catch {
    return null
  }
}
