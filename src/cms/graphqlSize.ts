import { parse, type DocumentNode, type SelectionSetNode } from 'graphql'

/** The longest query of the product's own has some hundred. */
const MAX_TOKENS = 2000

/** Fields that are asked for, each fragment counted wherever it is put in. */
const MAX_FIELDS = 1000

/** Fields within fields. */
const MAX_DEPTH = 20

/** What one query asks for. */
interface Extent {
  fields: number
  depth: number
}

/**
 * Why a GraphQL query asks for too much, or null. It is counted before anything checks it: Payload
 * counts by walking each fragment wherever it is put in, so that thirty fragments that each put in the
 * next one twice would be walked a thousand million times. What is no query is GraphQL's to say. *Pure.*
 */
export function tooMuchAsked(query: string): string | null {
  const document = parsed(query)
  if (document === 'tooLong') return sentence('長すぎます')
  const { fields, depth } = extentOf(document)
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

function extentOf(document: DocumentNode | null): Extent {
  const definitions = document?.definitions ?? []
  const fragments = new Map(
    definitions.flatMap((one) =>
      one.kind === 'FragmentDefinition' ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  )
  const known = new Map<string, Extent>()
  const all = definitions.flatMap((one) => ('selectionSet' in one ? [one.selectionSet] : []))
  return sum(all.map((set) => extentOfSet(set, { fragments, known })))
}

interface Fragments {
  fragments: ReadonlyMap<string, SelectionSetNode | undefined>
  /** Those that were counted; one that is being counted is without end. */
  known: Map<string, Extent>
}

const ENDLESS: Extent = { fields: Infinity, depth: Infinity }

function extentOfSet(set: SelectionSetNode | undefined, of: Fragments): Extent {
  const parts = (set?.selections ?? []).map((selection): Extent => {
    if (selection.kind === 'FragmentSpread') return extentOfFragment(selection.name.value, of)
    const { fields, depth } = extentOfSet(selection.selectionSet, of)
    return selection.kind === 'Field'
      ? { fields: fields + 1, depth: depth + 1 }
      : { fields, depth: depth + 1 }
  })
  return sum(parts)
}

function extentOfFragment(name: string, of: Fragments): Extent {
  const counted = of.known.get(name)
  if (counted) return counted
  of.known.set(name, ENDLESS)
  const extent = extentOfSet(of.fragments.get(name), of)
  of.known.set(name, extent)
  return extent
}

function sum(extents: readonly Extent[]): Extent {
  return extents.reduce(
    (all, { fields, depth }) => ({
      fields: all.fields + fields,
      depth: Math.max(all.depth, depth),
    }),
    { fields: 0, depth: 0 },
  )
}
