import { ANNOUNCEMENT } from './announcement'
import type { Slot } from './slot'

/** The slot in the notation of CSV, JSON, command line and URLs: `24w3d`, `month18+3`. *Pure.* */
export function slotCode(slot: Slot): string {
  switch (slot.anchor) {
    case 'dueDate':
      return `${slot.week}w${slot.day}d`
    case 'birthDate':
      if (slot.unit === 'day') return `day${slot.days}`
      return `month${slot.months}${slot.plusDays > 0 ? `+${slot.plusDays}` : ''}`
    case 'schoolEntry':
      return `entry${slot.years ? `${signed(slot.years)}y` : ''}${signed(slot.offsetDays)}`
    case 'support':
      return `support${slot.days}`
    case 'announcement':
      return ANNOUNCEMENT
  }
}

function signed(value: number): string {
  return value < 0 ? String(value) : `+${value}`
}
