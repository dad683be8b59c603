import { ANNOUNCEMENT_LABEL } from '../../stage/announcement'
import { parseSlot, slotCode, type Slot } from '../../stage/slot'

/** How a clerk names a stage. */
export type StageKind = 'week' | 'day' | 'month' | 'entry' | 'support' | 'announcement'

/** A stage as its fields show it; numbers as they were typed. */
export interface StageParts {
  kind: StageKind
  numbers: Record<string, string>
}

/** The ways to name a stage, with their number fields. */
export const STAGE_KINDS: Readonly<
  Record<StageKind, { label: string; fields: readonly { name: string; unit: string }[] }>
> = {
  week: {
    label: '妊娠中',
    fields: [
      { name: 'week', unit: '週' },
      { name: 'day', unit: '日' },
    ],
  },
  month: {
    label: '生まれてから(歳・か月)',
    fields: [
      { name: 'years', unit: '歳' },
      { name: 'months', unit: 'か月' },
    ],
  },
  day: { label: '生まれてから(日)', fields: [{ name: 'days', unit: '日' }] },
  entry: {
    label: '小学校に入る前',
    fields: [{ name: 'days', unit: '日前' }],
  },
  support: { label: '手続きや相談先のページ', fields: [] },
  announcement: { label: ANNOUNCEMENT_LABEL, fields: [] },
}

/** A slot code in parts, or null when these fields cannot show it. *Pure.* */
export function partsOf(code: unknown): StageParts | null {
  const slot = read(code)
  if (!slot) return null
  if (slot.anchor === 'dueDate') {
    return parts('week', { week: slot.week, day: slot.day })
  }
  if (slot.anchor === 'schoolEntry') {
    return slot.offsetDays <= 0 && !slot.years ? parts('entry', { days: -slot.offsetDays }) : null
  }
  if (slot.anchor === 'support') return slot.days === 0 ? parts('support', {}) : null
  if (slot.anchor === 'announcement') return parts('announcement', {})
  if (slot.unit === 'day') return parts('day', { days: slot.days })
  if (slot.plusDays !== 0) return null
  return parts('month', { years: Math.floor(slot.months / 12), months: slot.months % 12 })
}

/**
 * The slot code of what was typed; empty while nothing is, and a text that no slot has when it is
 * out of range, so that the field's own check says what is possible. *Pure.*
 */
export function codeOf({ kind, numbers }: StageParts): string {
  const { fields } = STAGE_KINDS[kind]
  if (fields.length > 0 && fields.every(({ name }) => !numbers[name])) return ''
  const number = (name: string) => Number(numbers[name] || 0)
  return slotCode(slotOf(kind, number))
}

function slotOf(kind: StageKind, number: (name: string) => number): Slot {
  switch (kind) {
    case 'week':
      return { anchor: 'dueDate', week: number('week'), day: number('day') }
    case 'day':
      return { anchor: 'birthDate', unit: 'day', days: number('days') }
    case 'month': {
      const months = number('years') * 12 + number('months')
      // the first slot in months is one month old: who says 0歳0か月 means the day of birth
      if (months === 0) return { anchor: 'birthDate', unit: 'day', days: 0 }
      return { anchor: 'birthDate', unit: 'month', plusDays: 0, months }
    }
    case 'entry':
      return { anchor: 'schoolEntry', offsetDays: -number('days') }
    case 'support':
      return { anchor: 'support', days: 0 }
    case 'announcement':
      return { anchor: 'announcement' }
  }
}

function parts(kind: StageKind, numbers: Record<string, number>): StageParts {
  const shown = Object.entries(numbers).map(([name, value]) => [name, String(value)])
  return { kind, numbers: Object.fromEntries(shown) as Record<string, string> }
}

function read(code: unknown): Slot | null {
  if (typeof code !== 'string' || !code.trim()) return null
  try {
    return parseSlot(code)
  } catch {
    return null
  }
}
