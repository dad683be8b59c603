import { ValidationError } from 'payload'
import type { Field, PayloadRequest, SanitizedConfig } from 'payload'

import { hostPartsIn, partsBesideHost } from './hostParts'
import { isNamespaced } from './joinUsers'
import { findExcess, findTooLarge, maximumOf, type BlockOf } from '../cms/maximums'
import { httpRefusal } from '../cms/endpoint'
import { isLarger } from '../cms/size'

/** Lists that Payload keeps itself and nobody types: log-ins of the last hours, steps of a job. */
const KEPT_BY_PAYLOAD = { maxRows: 10_000 }

/** What the admin remembers of somebody: the columns of a list, which rows are folded. */
const PREFERENCE = { label: '画面の設定', custom: { maxSize: { units: 50_000, depth: 20 } } }

/** A whole document, fields and all that no field is for. */
const MAX_DOCUMENT = { units: 4_000_000, depth: 60 }

/**
 * Gives every field of every collection and global of ours and Payload's own a maximum that is asked before anything else looks
 * at the value: Payload asks `maxLength` and `maxRows` only where a field has no `validate` of its own,
 * and runs hooks before. Asked once for the whole document at the start of an operation, and again by
 * each field, also while somebody types. Changes the built config, see `withBuiltIns`.
 */
export function withMaximums(config: SanitizedConfig): SanitizedConfig {
  const blockOf: BlockOf = (slug) => config.blocks?.find((block) => block.slug === slug)
  const { users } = hostPartsIn(config)
  for (const entity of partsBesideHost(config)) {
    if (entity.slug === users) {
      limitFields(entity.fields.filter(isNamespaced))
      continue
    }
    if (entity.slug === 'payload-preferences') Object.assign(valueOf(entity), PREFERENCE)
    limitFields(entity.fields)
    if (limited.has(entity)) continue
    limited.add(entity)
    const refuse = ({ args, req }: Before) => refuseExcess(entity, { args, req, blockOf })
    const beforeOperation = [refuse, ...(entity.hooks?.beforeOperation ?? [])]
    Object.assign(entity, { hooks: { ...entity.hooks, beforeOperation } })
  }
  return config
}

function valueOf({ fields }: { fields: Field[] }): object {
  return fields.find((field) => 'name' in field && field.name === 'value') ?? {}
}

const limited = new WeakSet<object>()

interface Before {
  args?: unknown
  req: PayloadRequest
}

function refuseExcess(
  { slug, fields }: { slug: string; fields: Field[] },
  { args, req, blockOf }: Before & { blockOf: BlockOf },
): void {
  const { data } = (args ?? {}) as { data?: unknown }
  if (isLarger(data, MAX_DOCUMENT)) throw httpRefusal(TOO_LARGE, 400)
  const errors = findExcess(fields, data, blockOf)
  if (errors.length > 0) throw new ValidationError({ collection: slug, errors }, req.t)
}

const TOO_LARGE =
  '送られた内容が大きすぎるか、入れ子が深すぎます。文を短くするか、部品や行を減らしてから、もう一度保存してください。'

function limitFields(fields: readonly Field[]): void {
  for (const field of fields) {
    if (field.type === 'tabs') for (const tab of field.tabs) limitFields(tab.fields)
    else if (field.type === 'blocks') for (const block of field.blocks) limitFields(block.fields)
    else if ('fields' in field) limitFields(field.fields)
    if ('name' in field && field.name) limit(field)
  }
}

const hasLength = new Set<string>(['text', 'textarea', 'code', 'email'])

function limit(field: Field): void {
  if (limited.has(field)) return
  limited.add(field)
  if (field.type === 'array' && (field.name === 'sessions' || field.name === 'log')) {
    Object.assign(field, KEPT_BY_PAYLOAD)
  }
  const { length, rows } = maximumOf(field)
  const isList =
    field.type === 'array' || field.type === 'blocks' || ('hasMany' in field && field.hasMany)
  if (hasLength.has(field.type)) Object.assign(field, { maxLength: length })
  if (isList) Object.assign(field, { maxRows: rows })
  if (field.type !== 'group') Object.assign(field, { validate: limitedCheck(field) })
}

type Check = (value: unknown, options: unknown) => string | true | Promise<string | true>

/** Nothing else looks at what is far too large. */
function limitedCheck(field: Field): Check {
  const own = 'validate' in field ? (field.validate as Check | undefined) : undefined
  return (value, options) => findTooLarge(field, value) ?? own?.(value, options) ?? true
}
