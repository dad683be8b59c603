import type { Block, Field } from 'payload'

import { hasStackedMarks, STACKED_MARKS } from '../release/stackedMarks'
import { formatCount } from '../release/textLimits'
import { isLarger, type SizeLimit } from './size'

/** The most one field may hold. */
export interface Maximum {
  /** UTF-16 units of a text, or of each text in a list. */
  length: number
  /** Entries of a list. */
  rows: number
  /** Of what is neither: JSON, and whatever a program sends where a text or list is expected. */
  size: SizeLimit
}

/** A field that is too large: where, and what to tell the person. */
export interface Excess {
  path: string
  label: string
  message: string
}

const LINE = 1000
const LINES = 20_000
const CODE = 200
const ROWS = 100
const SIZE: SizeLimit = { units: 200_000, depth: 20 }

/** What programs write: frozen contents and a day's figures of a large city. */
const JSON_SIZE: SizeLimit = { units: 2_000_000, depth: 40 }

/** Lengths by type of field, for those that say none themselves. */
const LENGTHS: Readonly<Record<string, number>> = {
  text: LINE,
  textarea: LINES,
  code: LINES,
  email: 254, // https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1
}

/**
 * What is this many times too long no check of the field's sees; a text that is a little too long they
 * refuse in their own words, for they know what of it counts.
 */
const FAR = 4

/** How many are told at once. */
const MAX_TOLD = 10

/**
 * The maximum of a field: what it says itself (`maxLength`, `maxRows`, for JSON `custom.maxSize`), else
 * that of its type. *Pure.*
 */
export function maximumOf(field: Field): Maximum {
  const said = field as { maxLength?: number; maxRows?: number; custom?: { maxSize?: SizeLimit } }
  return {
    length: said.maxLength ?? LENGTHS[field.type] ?? CODE,
    rows: said.maxRows ?? ROWS,
    size: isFree(field) ? (said.custom?.maxSize ?? JSON_SIZE) : SIZE,
  }
}

/** A sentence when a value is too large for anything to look at it, or null. *Pure.* */
export function findTooLarge(field: Field, value: unknown): string | null {
  const [label, maximum] = [labelOf(field), maximumOf(field)]
  if (typeof value === 'string' && !isFree(field)) return tooLong(label, value, maximum)
  if (Array.isArray(value) && !isFree(field)) {
    if (value.length > maximum.rows) return tooMany(label, value, maximum)
    if (field.type === 'array' || field.type === 'blocks') return null // each row is asked by itself
    const texts = value.filter((entry) => typeof entry === 'string')
    const long = texts.map((text) => tooLong(label, text, maximum)).find(Boolean)
    if (long) return long
  }
  return isLarger(value, maximum.size) ? `${label}の内容が大きすぎます。減らしてください。` : null
}

/** Whatever a program puts there is right, so only its size counts. */
function isFree({ type }: Field): boolean {
  return type === 'json' || type === 'richText'
}

function tooMany(label: string, { length }: readonly unknown[], { rows }: Maximum): string {
  return `${label}が ${formatCount(length)} 件あります。${formatCount(rows)} 件までです。${formatCount(length - rows)} 件以上減らしてください。`
}

function tooLong(label: string, text: string, { length: max }: Maximum): string | null {
  const { length } = text
  if (length > max * FAR) {
    return `${label}が ${formatCount(length)} 文字です。${formatCount(max)} 文字までです。${formatCount(length - max)} 文字以上減らしてください。`
  }
  return hasStackedMarks(text) ? `${label}${STACKED_MARKS}` : null
}

function labelOf(field: Field): string {
  const { label, name = '' } = field as { label?: unknown; name?: string }
  return typeof label === 'string' ? label : name
}

/** Looks a block up by its slug, where a field names it without carrying it. */
export type BlockOf = (slug: string) => Block | undefined

/**
 * The fields of a document that are far too large for anything to look at; empty when there are none.
 * What no field is for is kept small as well. *Pure.*
 */
export function findExcess(fields: readonly Field[], data: unknown, blockOf: BlockOf): Excess[] {
  const found: Excess[] = []
  walk(fields, { data, path: '', blockOf, found })
  return found
}

interface Walk {
  data: unknown
  path: string
  blockOf: BlockOf
  found: Excess[]
}

function walk(fields: readonly Field[], at: Walk): void {
  const values = recordOf(at.data)
  if (!values) return
  for (const field of fields) {
    if (at.found.length >= MAX_TOLD) return
    if (field.type === 'tabs') {
      for (const tab of field.tabs) walkInto(tab, tab.fields, at)
    } else if (field.type === 'row' || field.type === 'collapsible' || field.type === 'group') {
      walkInto(field, field.fields, at)
    } else if ('name' in field) {
      ask(field, values[field.name], { ...at, path: at.path + field.name })
    }
  }
}

/** A group or tab with a name is an object of its own, one without is only a frame. */
function walkInto(part: object, fields: readonly Field[], at: Walk): void {
  const { name } = part as { name?: string }
  if (!name) return walk(fields, at)
  walk(fields, { ...at, data: recordOf(at.data)?.[name], path: `${at.path}${name}.` })
}

function ask(field: Field, value: unknown, at: Walk): void {
  if (value === undefined || value === null) return
  const message = findTooLarge(field, value)
  if (message) {
    at.found.push({ path: at.path, label: labelOf(field), message })
    return
  }
  if (!Array.isArray(value)) return
  for (const [index, row] of value.entries()) {
    walk(fieldsOfRow(field, row, at.blockOf), { ...at, data: row, path: `${at.path}.${index}.` })
  }
}

function fieldsOfRow(field: Field, row: unknown, blockOf: BlockOf): readonly Field[] {
  if (field.type === 'array') return field.fields
  if (field.type !== 'blocks') return []
  const slug = recordOf(row)?.blockType
  const own = [...(field.blockReferences ?? []), ...field.blocks]
  const block = own.find((one) => (typeof one === 'string' ? one : one.slug) === slug)
  return (typeof block === 'string' ? blockOf(block) : block)?.fields ?? []
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
