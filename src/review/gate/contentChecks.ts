import type { PayloadRequest } from 'payload'

import { checkBlock } from '../../release/blockLimits'
import { BLOCK_TYPES } from '../../release/blocks/blockTypes'
import { checkAddOnItself, checkManuscript, type Problem } from '../../release/limits'
import { freezeAddOn, freezeBlock, freezeManuscript, type StoredDocument } from '../rules/freeze'
import { relatedId } from '../../cms/relation'
import type { Verdict } from '../../fields/checks'
import { municipalityOf } from '../../cms/municipalityOf'

/** What Payload hands to a field's `validate`, as far as these checks use it. */
export interface FieldContext {
  data: unknown
  /** Path of the field in the document, e.g. `['blocks', 0, 'url']`. */
  path?: (number | string)[]
  /** `onChange` while somebody types, `submit` (or nothing, over the API) on saving. */
  event?: string
  req: PayloadRequest
}

/** True, or what src/release/limits.ts says about one field of a manuscript. *Pure.* */
export function checkManuscriptField(field: string, { data }: Pick<FieldContext, 'data'>): Verdict {
  const document = (data ?? {}) as StoredDocument
  return firstOn(field, checkManuscript(freezeManuscript(document, '')), document)
}

/** True, or what src/release/limits.ts says about one field of an add-on itself, its blocks apart. */
export async function checkAddOnField(field: string, context: FieldContext): Promise<Verdict> {
  const document = (context.data ?? {}) as StoredDocument
  const variables = await variableNames(document, context)
  const problems = checkAddOnItself(freezeAddOn(document, ''), { variables })
  return firstOn(field, asFarAsKnown(problems, context), document)
}

/**
 * The same for a field inside a block, found by its path. Only its own block is looked at: were it the
 * whole add-on for each field of each block, an add-on twice as long would cost four times as much.
 */
export async function checkBlockField(_value: unknown, context: FieldContext): Promise<Verdict> {
  const document = (context.data ?? {}) as StoredDocument
  const { path = [] } = context
  const index = Number(path[1] ?? -1)
  const row = (document.blocks as StoredDocument[] | undefined)?.[index]
  const block = row && freezeBlock(row, BLOCK_TYPES)
  if (!block) return true
  const variables = await variableNames(document, context)
  const problems = checkBlock({ block, index, variables, types: BLOCK_TYPES })
  return firstOn(path.join('.'), asFarAsKnown(problems, context), document)
}

/** The municipality's own variables; the database is asked on saving only. */
async function variableNames(document: StoredDocument, context: FieldContext): Promise<string[]> {
  if (isTyping(context)) return []
  const municipality = await municipalityOf(relatedId(document.municipality), context.req)
  return (municipality?.contactVariables ?? []).map(({ name }) => name)
}

function asFarAsKnown(problems: readonly Problem[], context: FieldContext): readonly Problem[] {
  return isTyping(context) ? problems.filter(({ code }) => code !== 'UNKNOWN_VARIABLE') : problems
}

function isTyping({ event }: FieldContext): boolean {
  return event === 'onChange'
}

/** A draft may still be empty where a published text may not. */
function firstOn(field: string, problems: readonly Problem[], document: StoredDocument): Verdict {
  const isDraft = document._status !== 'published'
  const found = problems
    .filter((problem) => problem.field === field)
    .find(({ code }) => code !== 'EMPTY' || !isDraft)
  return found ? found.message : true
}
