import type { FlattenedField, PayloadRequest } from 'payload'

import { formatCount } from '../release/textLimits'
import { checkFilter, isPlainObject } from './askedFilter'
import { ReviewRefusal } from './refusal'

/** Deepest JSON that anything of the product sends is eight; what is deeper is meant to hurt. */
const DEEPEST = 32

/** Names that would change what all objects have. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

const NUMBERS = { limit: 100_000, page: 1_000_000, depth: 10 } as const

const SWITCHES = [
  'draft',
  'autosave',
  'trash',
  'pagination',
  'overrideLock',
  'flattenLocales',
  'publishAllLocales',
  'unpublishAllLocales',
] as const

const OBJECTS = ['select', 'populate', 'joins'] as const

const WORDS = ['locale', 'fallbackLocale', 'fallback-locale', 'field'] as const

/** A filter in an address is typed by somebody; the server's own may be longer. */
const LONGEST_WHERE = 10_000

/**
 * Refuses parameters that are none: wrong numbers, filters, orders and switches behind the question
 * mark. One place in front of Payload's endpoints and our own, see `withGuardedEndpoints`. *Pure.*
 *
 * @throws ReviewRefusal INCOMPLETE, naming the parameter and what it should be.
 */
export function checkParameters(
  query: Readonly<Record<string, unknown>>,
  fields: readonly FlattenedField[],
): void {
  for (const [name, most] of Object.entries(NUMBERS)) checkNumber(name, query[name], most)
  for (const name of SWITCHES) checkSwitch(name, query[name])
  for (const name of OBJECTS) checkObject(name, query[name])
  for (const name of WORDS) checkWord(name, query[name])
  checkSort(query.sort)
  if (isGiven(query.data)) checkBody(parsed('data', query.data))
  if (isGiven(query.where)) checkWhere(query.where, fields)
}

/**
 * What a question asks: behind the question mark, and in the JSON that Payload reads for it where a
 * POST says it is a GET; there a number is a number and not its text. *Pure.*
 */
export function askedIn({ query, data }: Pick<PayloadRequest, 'query' | 'data'>) {
  const sent = isPlainObject(data) ? data : {}
  const texts = Object.entries(sent).map(([name, value]) => {
    const isBare = typeof value === 'number' || typeof value === 'boolean'
    return [name, isBare ? String(value) : value] as const
  })
  return { ...query, ...Object.fromEntries(texts) }
}

/**
 * Refuses a body of JSON that is no object, too deep, or names what all objects have. The body stays
 * readable for whoever comes next; files are not looked at.
 *
 * @throws ReviewRefusal INCOMPLETE, saying what was found.
 */
export async function checkJson(req: PayloadRequest): Promise<void> {
  const type = req.headers.get('Content-Type') ?? ''
  if (!type.startsWith('application/json') || !req.body || req.bodyUsed || !req.clone) return
  const text = await req.clone().text()
  if (text.trim() !== '') checkBody(parsed('body', text))
}

/** Refuses what no endpoint works with. *Pure.* */
function checkBody(body: unknown): void {
  if (!isPlainObject(body)) {
    throw refused('送られた内容は、項目の名前と値の組({ … })にしてください。')
  }
  let level: unknown[] = [body]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw refused(`送られた内容の入れ子が深すぎます(${DEEPEST} 段まで)。`)
    level = level.flatMap(inside)
  }
}

function inside(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const wrong = Object.keys(value).find((name) => FORBIDDEN.has(name))
  if (wrong !== undefined) throw refused(`「${wrong}」という名前の項目は使えません。`)
  return Object.values(value)
}

function checkNumber(name: string, value: unknown, most: number): void {
  if (!isGiven(value)) return
  const isNumber = typeof value === 'string' && /^\d+$/.test(value) && Number(value) <= most
  if (!isNumber)
    throw refused(`${name} は 0 から ${formatCount(most)} までの整数で指定してください。`)
}

function checkSwitch(name: string, value: unknown): void {
  if (!isGiven(value) || ['true', 'false', '1', '0'].includes(value as string)) return
  throw refused(`${name} は true か false で指定してください。`)
}

function checkObject(name: string, value: unknown): void {
  if (isGiven(value) && !isPlainObject(value)) {
    throw refused(`${name} は ${name}[項目]=true のように、項目の名前を付けて指定してください。`)
  }
  if (isPlainObject(value)) checkBody(value)
  if (name === 'joins' && isPlainObject(value)) Object.values(value).forEach(checkJoin)
}

/** The rows of a relation are asked for as a list is. */
function checkJoin(join: unknown): void {
  if (!isPlainObject(join)) return
  const { limit, page, sort, where } = askedIn({ query: {}, data: join })
  checkNumber('joins の limit', limit, NUMBERS.limit)
  checkNumber('joins の page', page, NUMBERS.page)
  checkSort(sort)
  if (isGiven(where)) checkWhere(where, [])
}

function checkWhere(where: unknown, fields: readonly FlattenedField[]): void {
  if (JSON.stringify(where).length > LONGEST_WHERE) throw tooLarge('where')
  checkFilter(parsed('where', where), fields)
}

function checkWord(name: string, value: unknown): void {
  if (!isGiven(value) || (typeof value === 'string' && value.length <= 100)) return
  throw refused(`${name} は 1 つだけ、100 文字までで指定してください。`)
}

function checkSort(value: unknown): void {
  const names = Array.isArray(value) ? value : [value]
  if (!isGiven(value) || names.every((name) => typeof name === 'string')) return
  throw refused('sort は項目の名前で指定してください。')
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Text as the JSON it is; anything else stays. */
function parsed(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    const what = name === 'body' ? '送られた内容' : name
    throw refused(`${what}を JSON として読めません。かっこ、引用符、コンマを確かめてください。`)
  }
}

function tooLarge(name: string): ReviewRefusal {
  return refused(`${name} が長すぎます(${formatCount(LONGEST_WHERE)} 文字まで)。`)
}

function refused(sentence: string): ReviewRefusal {
  return new ReviewRefusal('INCOMPLETE', sentence)
}
