import type { PayloadRequest } from 'payload'

import { checkAddOn, checkManuscript, type Problem } from '../../release/limits'
import { freezeAddOn, freezeManuscript, type StoredDocument } from '../rules/freeze'
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

/** True, or what src/release/limits.ts says about one field of an add-on. */
export async function checkAddOnField(field: string, context: FieldContext): Promise<Verdict> {
  const document = (context.data ?? {}) as StoredDocument
  const isTyping = context.event === 'onChange' // the database is asked on saving only
  const municipality = isTyping
    ? null
    : await municipalityOf(relatedId(document.municipality), context.req)
  const variables = (municipality?.contactVariables ?? []).map(({ name }) => name)
  const problems = checkAddOn(freezeAddOn(document, ''), { variables })
  const known = isTyping ? problems.filter(({ code }) => code !== 'UNKNOWN_VARIABLE') : problems
  return firstOn(field, known, document)
}

/** The same for a field inside a block, found by its path. */
export function checkBlockField(_value: unknown, context: FieldContext): Promise<Verdict> {
  return checkAddOnField((context.path ?? []).join('.'), context)
}

/** A draft may still be empty where a published text may not. */
function firstOn(field: string, problems: readonly Problem[], document: StoredDocument): Verdict {
  const isDraft = document._status !== 'published'
  const found = problems
    .filter((problem) => problem.field === field)
    .find(({ code }) => code !== 'EMPTY' || !isDraft)
  return found ? found.message : true
}
