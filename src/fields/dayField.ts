import type { TextField } from 'payload'

import { writtenDay } from '../table/days'
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

/** Reads 2026/4/1, 令和8年4月1日 and full width as `2026-04-01`; leaves anything else. *Pure.* */
export function normalizeDay(value: unknown): unknown {
  return typeof value === 'string' ? (writtenDay(value) ?? value.trim()) : value
}
