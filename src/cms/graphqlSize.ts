import {
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

import { formatCount } from '../release/textLimits'
import { MOST_ROWS } from './askedRows'
import { isPlainObject } from './askedFilter'

/** The longest query of the product's own has some hundred. */
const MAX_TOKENS = 2000

/** Fields that are asked for, each fragment counted wherever it is put in. */
const MAX_FIELDS = 1000

/** Fields within fields. */
const MAX_DEPTH = 20

/** What a list gives unless its length is asked for. */
const ROWS_BY_DEFAULT = 10

/** What one query asks for; its rows are those of all lists it asks for together. */
interface Extent {
  fields: number
  depth: number
  rows: number
}

/**
 * Why a GraphQL query asks for too much, or null. It is counted before anything checks it: Payload
 * counts by walking each fragment wherever it is put in, so that thirty fragments that each put in the
 * next one twice would be walked a thousand million times. What is no query is GraphQL's to say. *Pure.*
 */
export function tooMuchAsked(query: string, variables: unknown): string | null {
  const document = parsed(query)
  if (document === 'tooLong') return sentence('長すぎます')
  const { fields, depth, rows } = extentOf(document, isPlainObject(variables) ? variables : {})
  if (rows > MOST_ROWS) {
    return sentence(`件数が多すぎます(合わせて ${formatCount(MOST_ROWS)} 件まで)`)
  }
  if (fields > MAX_FIELDS) return sentence(`項目が多すぎます(${MAX_FIELDS} 項目まで)`)
  return depth > MAX_DEPTH ? sentence(`入れ子が深すぎます(${MAX_DEPTH} 段まで)`) : null
}

function sentence(found: string): string {
  return `GraphQL の問い合わせは${found}。分けて送ってください。`
}

function parsed(query: string): DocumentNode | 'tooLong' | null {
  try {
    return parse(query, { maxTokens: MAX_TOKENS, noLocation: true })
  } catch (error) {
    const isLong = /^Syntax Error: Document contains more/.test((error as Error).message)
    return isLong ? 'tooLong' : null
  }
}

type Variables = Readonly<Record<string, unknown>>

function extentOf(document: DocumentNode | null, variables: Variables): Extent {
  const definitions = document?.definitions ?? []
  const fragments = new Map(
    definitions.flatMap((one) =>
      one.kind === 'FragmentDefinition' ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  )
  const operations = definitions.filter((one) => one.kind === 'OperationDefinition')
  const defaults = Object.assign({}, ...operations.map(defaultsOf)) as Variables
  const asked = { fragments, known: new Map(), variables: { ...defaults, ...variables } }
  const { rows } = sum(operations.map((one) => extentOfSet(one.selectionSet, asked)))
  const all = definitions.flatMap((one) => ('selectionSet' in one ? [one.selectionSet] : []))
  return { ...sum(all.map((set) => extentOfSet(set, asked))), rows }
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  const said = variableDefinitions.filter(({ defaultValue }) => defaultValue)
  return Object.fromEntries(
    said.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  )
}

interface Asked {
  fragments: ReadonlyMap<string, SelectionSetNode | undefined>
  /** Those that were counted; one that is being counted is without end. */
  known: Map<string, Extent>
  variables: Variables
}

const ENDLESS: Extent = { fields: Infinity, depth: Infinity, rows: 0 }

function extentOfSet(set: SelectionSetNode | undefined, asked: Asked): Extent {
  const parts = (set?.selections ?? []).map((selection): Extent => {
    if (selection.kind === 'FragmentSpread') return extentOfFragment(selection.name.value, asked)
    const { fields, depth, rows } = extentOfSet(selection.selectionSet, asked)
    return selection.kind === 'Field'
      ? { fields: fields + 1, depth: depth + 1, rows: rows + rowsOf(selection, asked) }
      : { fields, depth: depth + 1, rows }
  })
  return sum(parts)
}

/** Its `docs` are as many as a list gives by default; a length that is asked for adds the others. */
function rowsOf({ name, arguments: given = [] }: FieldNode, { variables }: Asked): number {
  if (name.value === 'docs') return ROWS_BY_DEFAULT
  const { limit, pagination } = Object.fromEntries(
    given.map((one) => [one.name.value, valueFromASTUntyped(one.value, variables)]),
  )
  if (typeof limit !== 'number' && pagination !== false) return 0
  const rows = Math.min(Number(limit) || MOST_ROWS, MOST_ROWS)
  return Math.max(0, rows - ROWS_BY_DEFAULT)
}

function extentOfFragment(name: string, asked: Asked): Extent {
  const counted = asked.known.get(name)
  if (counted) return counted
  asked.known.set(name, ENDLESS)
  const extent = extentOfSet(asked.fragments.get(name), asked)
  asked.known.set(name, extent)
  return extent
}

function sum(extents: readonly Extent[]): Extent {
  return extents.reduce(
    (all, { fields, depth, rows }) => ({
      fields: all.fields + fields,
      depth: Math.max(all.depth, depth),
      rows: all.rows + rows,
    }),
    { fields: 0, depth: 0, rows: 0 },
  )
}
