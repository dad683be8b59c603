import { ANNOUNCEMENT_LABEL } from './announcement'
import type { Slot } from './slot'

/** School age 歳 of the grade that ends on 31 March of the entry year. */
const AGE_AT_ENTRY = 6

/** The slot as the admin and reports call it: 妊娠24週3日, 生後45日, 1歳6か月と3日. *Pure.* */
export function slotLabel(slot: Slot): string {
  switch (slot.anchor) {
    case 'dueDate':
      return `妊娠${slot.week}週${slot.day}日`
    case 'birthDate':
      if (slot.unit === 'day') return `生後${slot.days}日`
      return ageLabel(slot.months, slot.plusDays)
    case 'schoolEntry':
      return entryLabel(slot.years ?? 0, slot.offsetDays)
    case 'support':
      return slot.days === 0 ? '手続きや相談先のページ' : `支えの文の${slot.days}日目`
    case 'announcement':
      return ANNOUNCEMENT_LABEL
  }
}

/** An age in completed months and days after: 生後3か月, 1歳, 1歳6か月と3日. *Pure.* */
export function ageLabel(months: number, plusDays: number): string {
  const years = Math.floor(months / 12)
  const rest = months % 12
  const monthText = rest > 0 ? `${rest}か月` : ''
  const age = years > 0 ? `${years}歳${monthText}` : `生後${monthText}`
  return plusDays > 0 ? `${age}と${plusDays}日` : age
}

function entryLabel(years: number, offsetDays: number): string {
  if (years !== 0 && offsetDays === -1) return `${AGE_AT_ENTRY + years}歳学年年度末`
  const origin = years === 0 ? '入学' : `入学の${Math.abs(years)}年${years < 0 ? '前' : '後'}`
  if (offsetDays === 0) return `${origin}の日`
  return offsetDays < 0 ? `${origin}の${-offsetDays}日前` : `${origin}から${offsetDays}日`
}
