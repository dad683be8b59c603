import type { PayloadRequest } from 'payload'

import { recordAudit, type AuditAction } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { asStored, toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { hasRole, municipalityIdOf } from '../people/roles'
import { localDayOf } from '../stage/day'
import type { SurveyContent } from '../survey/content'
import { surveyProblems } from './form'
import { SURVEY_ACT } from './hooks'
import { authorsOf, SURVEYS, type StoredSurvey } from './surveys'

type Clock = { now: () => Date }

/** What a person may do with a survey as it is now. */
export interface SurveyRights {
  write: boolean
  approve: boolean
}

/** Whether a person writes this survey, and whether they approve it: another one than who wrote. *Pure.* */
export function surveyRights(user: PayloadRequest['user'], survey: StoredSurvey): SurveyRights {
  const town = relatedId(survey.municipality as string)
  const isOwn = town !== null && town === municipalityIdOf(user)
  const isAuthor = authorsOf(survey).includes(String(user?.id))
  const write = town === null ? hasRole(user, 'editor') : isOwn && hasRole(user, 'municipal-editor')
  const decides =
    town === null ? hasRole(user, 'chief') : isOwn && hasRole(user, 'municipal-approver')
  return { write, approve: decides && !isAuthor }
}

/** Hands a survey to who approves it. @throws ReviewRefusal NOT_ALLOWED, INCOMPLETE, ALREADY_DONE. */
export function submitSurvey(req: PayloadRequest, id: string, clock: Clock): Promise<void> {
  return act(req, id, async (survey) => {
    if (!surveyRights(req.user, survey).write) throw new ReviewRefusal('NOT_ALLOWED', NO_WRITER)
    refuseUnless(survey, 'draft')
    refuseProblems(survey, clock)
    const data = { state: 'submitted', note: null }
    await change(req, survey, { data, action: 'submit', ...clock })
  })
}

/**
 * Approves exactly the content that was seen; from then on it never changes.
 *
 * @throws ReviewRefusal NOT_ALLOWED, CONTENT_CHANGED, INCOMPLETE, OUT_OF_ORDER.
 */
export function approveSurvey(
  req: PayloadRequest,
  { id, contentHash }: { id: string; contentHash: string },
  clock: Clock,
): Promise<void> {
  return act(req, id, async (survey) => {
    refuseUnlessDecides(req, survey)
    refuseUnless(survey, 'submitted')
    if (survey.contentHash !== contentHash) throw new ReviewRefusal('CONTENT_CHANGED', CHANGED)
    refuseProblems(survey, clock)
    const data = { state: 'approved', approvedBy: req.user?.id, approvedAt: clock.now() }
    await change(req, survey, { data, action: 'approve', ...clock })
  })
}

/** Gives a survey back with what is to be changed. @throws ReviewRefusal NOT_ALLOWED, OUT_OF_ORDER. */
export function returnSurvey(
  req: PayloadRequest,
  { id, note }: { id: string; note: string },
  clock: Clock,
): Promise<void> {
  return act(req, id, async (survey) => {
    refuseUnlessDecides(req, survey)
    refuseUnless(survey, 'submitted')
    const data = { state: 'draft', note }
    await change(req, survey, { data, action: 'request-change', note, ...clock })
  })
}

/** Begins a new draft from a survey, which stays as it is. @throws ReviewRefusal NOT_ALLOWED. */
export function copySurvey(req: PayloadRequest, id: string): Promise<{ id: string }> {
  return inTransaction(req, async () => {
    const survey = await findSurvey(req, id)
    if (!surveyRights(req.user, survey).write) throw new ReviewRefusal('NOT_ALLOWED', NO_WRITER)
    const { title, easyTitle, questions, municipality, core } = survey
    const rows = questions?.map(({ id: _, ...row }: object & { id?: unknown }) => row)
    const made = await req.payload.create({
      collection: SURVEYS,
      data: toStore({ title, easyTitle, questions: rows, municipality, core }),
      depth: 0,
      overrideAccess: false,
      req,
    })
    return { id: String(made.id) }
  })
}

const NO_SURVEY = 'このアンケートは見つからないか、見る権限がありません。'
const NO_WRITER = 'アンケートを書けるのは、その自治体の編集担当(共通のアンケートは編集者)です。'
const NO_APPROVER =
  'アンケートを承認できるのは、その自治体の承認者(共通のアンケートは監修責任者)のうち、書いていない人です。'
const CHANGED =
  '見ていたあいだに、アンケートが書き直されました。画面を読み直して、もう一度確かめてください。'

/** A survey the person may read. @throws ReviewRefusal NOT_FOUND */
export async function findSurvey(req: PayloadRequest, id: string): Promise<StoredSurvey> {
  const found = await req.payload.findByID({
    collection: SURVEYS,
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  if (!found) throw new ReviewRefusal('NOT_FOUND', NO_SURVEY)
  return asStored<StoredSurvey>(found)
}

function act(
  req: PayloadRequest,
  id: string,
  work: (survey: StoredSurvey) => Promise<void>,
): Promise<void> {
  return inTransaction(req, async () => {
    const survey = await findSurvey(req, id)
    req.context[SURVEY_ACT] = true
    try {
      await work(survey)
    } finally {
      req.context[SURVEY_ACT] = undefined
    }
  })
}

function refuseUnlessDecides(req: PayloadRequest, survey: StoredSurvey): void {
  if (!surveyRights(req.user, survey).approve) throw new ReviewRefusal('NOT_ALLOWED', NO_APPROVER)
}

const IN_STATE = { draft: '下書き', submitted: '承認待ち' } as const

function refuseUnless({ state }: StoredSurvey, asked: keyof typeof IN_STATE): void {
  if (state === asked) return
  const sentence = `このアンケートは「${IN_STATE[asked]}」ではありません。画面を読み直してください。`
  throw new ReviewRefusal('OUT_OF_ORDER', sentence)
}

function refuseProblems({ content }: StoredSurvey, { now }: Clock): void {
  const problems = surveyProblems(content as SurveyContent, localDayOf(now()))
  if (problems.length === 0) return
  throw new ReviewRefusal('INCOMPLETE', '承認に出す前に、次のことが要ります。', problems)
}

async function change(
  req: PayloadRequest,
  { id, title, contentHash }: StoredSurvey,
  { data, action, now, note }: Clock & { data: object; action: AuditAction; note?: string },
): Promise<void> {
  await req.payload.update({
    collection: SURVEYS,
    id,
    data: toStore(data),
    depth: 0,
    overrideAccess: true, // the state alone: nobody writes it by the form
    req,
  })
  await recordAudit(req, {
    action,
    at: now(),
    collection: SURVEYS,
    documentId: String(id),
    title: title ?? '',
    afterHash: contentHash ?? null,
    ...(note !== undefined && { note }),
  })
}
