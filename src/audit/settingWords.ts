import type { FlattenedField } from 'payload'

import { relatedId, type Related } from '../cms/relation'
import { readSlot } from '../fields/slotField'
import { dayLabel, japaneseMoment } from '../stage/japaneseDate'
import { slotLabel } from '../stage/slot'

/** Name of a document that a setting points to. */
export type NameOf = (collection: string, id: string) => Promise<string>

/** Label of a field as its form shows it; its name where it has none. *Pure.* */
export function labelOf({ name, ...field }: FlattenedField): string {
  return 'label' in field && typeof field.label === 'string' ? field.label : name
}

/** Whether a person fills a field in, and so would ask who changed it. *Pure.* */
export function isTyped({ type, admin, name }: FlattenedField): boolean {
  return type !== 'join' && type !== 'json' && admin?.hidden !== true && name !== 'id'
}

/** A setting as a person reads it: labels of choices, names of documents; empty for nothing. */
export async function settingInWords(
  field: FlattenedField,
  value: unknown,
  nameOf: NameOf,
): Promise<string> {
  if (value === undefined || value === null || value === '') return ''
  if (field.type === 'group') return partsInWords(field.flattenedFields, value, nameOf)
  if (field.type === 'array') {
    const rows = Array.isArray(value) ? value : []
    const words = rows.map((row) => partsInWords(field.flattenedFields, row, nameOf))
    return (await Promise.all(words)).join(' / ')
  }
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return (await Promise.all(values.map((one) => oneInWords(field, one, nameOf)))).join('、')
}

async function oneInWords(field: FlattenedField, value: unknown, nameOf: NameOf): Promise<string> {
  if (field.type === 'relationship' || field.type === 'upload') {
    const id = relatedId(value as Related)
    const { relationTo } = field
    return id === null || Array.isArray(relationTo) ? '' : nameOf(relationTo, id)
  }
  if (field.type === 'select') {
    const choice = field.options.find(
      (one) => (typeof one === 'string' ? one : one.value) === value,
    )
    return typeof choice === 'object' && typeof choice.label === 'string'
      ? choice.label
      : String(value)
  }
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  return textInWords(String(value))
}

function textInWords(text: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return japaneseMoment(text)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dayLabel(text)
  const slot = readSlot(text)
  return slot ? slotLabel(slot) : text
}

async function partsInWords(
  fields: readonly FlattenedField[],
  value: unknown,
  nameOf: NameOf,
): Promise<string> {
  const stored = (value ?? {}) as Record<string, unknown>
  const words = fields.filter(isTyped).map(async (field) => {
    const text = await settingInWords(field, stored[field.name], nameOf)
    return text && `${labelOf(field)} ${text}`
  })
  return (await Promise.all(words)).filter(Boolean).join('、')
}
