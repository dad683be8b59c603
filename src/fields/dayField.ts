import type { TextField } from 'payload'

import { checkDay, checkLastDay } from './checks'

interface DayFieldOptions {
  name: string
  label: string
  description: string
}

/**
 * A calendar day `YYYY-MM-DD`, kept as text: a Payload date is an instant, and an instant is
 * another day in another zone.
 */
export function dayField({ name, label, description }: DayFieldOptions): TextField {
  return {
    name,
    type: 'text',
    label,
    admin: {
      description,
      components: { Field: 'kizuna/client#DayInput', Cell: 'kizuna/client#DayCell' },
    },
    hooks: { beforeValidate: [({ value }) => normalizeDay(value)] },
    validate: (value: unknown) => checkDay(value),
  }
}

/** The last day of a period whose first day stands beside it under `first`. */
export function lastDayField({
  first,
  ...options
}: DayFieldOptions & { first: string }): TextField {
  return {
    ...dayField(options),
    validate: (value: unknown, { siblingData }: { siblingData: unknown }) =>
      checkLastDay(value, (siblingData as Record<string, unknown>)[first]),
  }
}

/** Reads 2026/4/1, 2026年4月1日 and full width as `2026-04-01`; leaves anything else. *Pure.* */
export function normalizeDay(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const [, year, month, day] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value.normalize('NFKC').trim()) ?? []
  if (!year || !month || !day) return value.trim()
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
