import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeChangeHook,
  CollectionBeforeValidateHook,
  PayloadRequest,
} from 'payload'

import { recordAudit } from '../cms/audit'
import { municipalityOf } from '../cms/municipalityOf'
import { relatedId } from '../cms/relation'
import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'
import { peopleIn } from '../people/usersSlug'
import { readApprovedSurvey, surveyHash } from '../survey/content'
import type { Question } from '../survey/question'
import { surveyContent } from './form'
import { authorsOf, SURVEYS, type StoredSurvey } from './surveys'

/** Set on the request while an act of this folder writes. */
export const SURVEY_ACT = 'kizunaSurveyAct'

/** A survey of municipal staff is of their own municipality; the team's is common to all. */
export const placeSurvey: CollectionBeforeValidateHook = ({ data, operation, req }) => {
  if (operation !== 'create' || !req.user || !data) return data
  const own = hasRole(req.user, ...MUNICIPAL) ? municipalityIdOf(req.user) : undefined
  return own === undefined ? data : { ...data, municipality: own }
}

/**
 * Keeps beside the form what would be approved, with its hash; another content is a draft again, and
 * whoever changed it is an author.
 */
export const keepContent: CollectionBeforeChangeHook = async ({
  data,
  originalDoc,
  operation,
  req,
}) => {
  if (req.context[SURVEY_ACT]) return data
  const whole = { ...(originalDoc as object), ...(data as object) } as StoredSurvey
  const town = await municipalityOf(relatedId(whole.municipality as string), req)
  const content = surveyContent(whole, {
    municipality: town?.code ?? null,
    core: await coreQuestions(req, relatedId(whole.core as string)),
  })
  const contentHash = surveyHash(content)
  const before = originalDoc as StoredSurvey | undefined
  const isSame = operation === 'update' && before?.contentHash === contentHash
  const authors = isSame ? authorsOf(before) : authorsWith(before, req)
  const state = isSame ? before.state : 'draft'
  return { ...data, content, contentHash, authors, state }
}

function authorsWith(before: StoredSurvey | undefined, req: PayloadRequest): string[] {
  const isPerson = req.user?.collection === peopleIn(req.payload)
  const known = before ? authorsOf(before) : []
  return isPerson ? [...new Set([...known, String(req.user?.id)])] : known
}

async function coreQuestions(req: PayloadRequest, id: string | null): Promise<Question[]> {
  if (id === null) return []
  const core = await req.payload.findByID({
    collection: SURVEYS,
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: true, // what is common and approved is for all
    req,
  })
  const isCommon = core?.state === 'approved' && relatedId(core.municipality) === null
  return (isCommon && readApprovedSurvey(core)?.content.questions) || []
}

type Clock = { now: () => Date }

/** Audits what was written; an act audits itself. */
export function auditSurvey({ now }: Clock): CollectionAfterChangeHook {
  return async ({ doc, previousDoc, operation, req }) => {
    const { id, title, contentHash } = doc as StoredSurvey
    const beforeHash = operation === 'create' ? null : (previousDoc as StoredSurvey).contentHash
    if (req.context[SURVEY_ACT] || beforeHash === contentHash) return
    await recordAudit(req, {
      action: operation === 'create' ? 'create' : 'edit',
      at: now(),
      collection: SURVEYS,
      documentId: String(id),
      title: title ?? '',
      beforeHash: beforeHash ?? null,
      afterHash: contentHash ?? null,
    })
  }
}

/** Audits that a survey nobody was asked was taken away. */
export function auditSurveyRemoval({ now }: Clock): CollectionAfterDeleteHook {
  return async ({ doc, req }) => {
    const { id, title } = doc as StoredSurvey
    await recordAudit(req, {
      action: 'delete',
      at: now(),
      collection: SURVEYS,
      documentId: String(id),
      title: title ?? '',
    })
  }
}
