import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, saying, word } from '../cms/endpoint'
import { localDayOf } from '../stage/day'
import {
  approveSurvey,
  copySurvey,
  findSurvey,
  returnSurvey,
  submitSurvey,
  surveyRights,
} from './acts'
import type { SurveyContent } from '../survey/content'
import { surveyProblems } from './form'

const approval = z.object({ contentHash: word })
const returning = z.object({ note: z.string().trim().min(1).max(500) })

/** A survey beside its form: what it asks, how far it is, and what the person may do. */
export interface SurveyStatus {
  state: string
  note: string
  contentHash: string
  content: SurveyContent
  /** What is missing before it can be approved. */
  problems: string[]
  can: { write: boolean; approve: boolean }
  /** Whether its last day is over, and nobody can be asked any more. */
  isOver: boolean
}

/**
 * `GET /:id/status`, `POST /:id/submit`, `/:id/approve` with `{ contentHash }`, `/:id/return` with
 * `{ note }` and `/:id/copy`, which answers the id of a new draft.
 */
export function surveyEndpoints(clock: { now: () => Date }): Endpoint[] {
  const done = async (work: Promise<void>) => {
    await work
    return { isDone: true }
  }
  return [
    endpoint({
      method: 'get',
      path: '/:id/status',
      who: loggedIn,
      run: async ({ req, id }): Promise<SurveyStatus> => {
        const survey = await findSurvey(req, id)
        const content = survey.content as SurveyContent
        const today = localDayOf(clock.now())
        return {
          content,
          state: survey.state ?? 'draft',
          note: String((survey as { note?: string | null }).note ?? ''),
          contentHash: survey.contentHash ?? '',
          problems: surveyProblems(content, today),
          can: surveyRights(req.user, survey),
          isOver: survey.state === 'approved' && content.endsOn < today,
        }
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/submit',
      who: loggedIn,
      run: ({ req, id }) => done(submitSurvey(req, id, clock)),
    }),
    endpoint({
      method: 'post',
      path: '/:id/approve',
      who: loggedIn,
      input: jsonBody(approval, saying('確かめた内容の印(contentHash)を送ってください。')),
      run: ({ req, id, input }) => done(approveSurvey(req, { id, ...input }, clock)),
    }),
    endpoint({
      method: 'post',
      path: '/:id/return',
      who: loggedIn,
      input: jsonBody(returning, saying('直してほしいことを、500 文字までで書いてください。')),
      run: ({ req, id, input }) => done(returnSurvey(req, { id, ...input }, clock)),
    }),
    endpoint({
      method: 'post',
      path: '/:id/copy',
      who: loggedIn,
      run: ({ req, id }) => copySurvey(req, id),
    }),
  ]
}
