import { z } from 'zod'

import { canonicalHash } from '../release/canonicalHash'
import { questionId } from './identity'
import { QUESTION_TYPES, type Question } from './question'

const TYPES = QUESTION_TYPES.map(({ value }) => value) as [Question['type'], ...Question['type'][]]

const questionShape = z.object({
  id: z.string(),
  type: z.enum(TYPES),
  text: z.string(),
  easy: z.string(),
  options: z.array(z.object({ code: z.string(), label: z.string(), easy: z.string() })),
  unit: z.string(),
  library: z.string().optional(),
  rate: z.object({ label: z.string(), codes: z.array(z.string()) }).optional(),
})

const shape = z.object({
  title: z.string(),
  easyTitle: z.string(),
  /** Six-digit code of whose it is; null is common to all. */
  municipality: z.string().nullable(),
  /** The last day on which it is asked and answered, `YYYY-MM-DD`. */
  endsOn: z.string(),
  questions: z.array(questionShape),
})

/** A survey as it was approved: what readers are asked, and until when. */
export type SurveyContent = z.infer<typeof shape>

/** A survey that was approved, by its id and the hash of its content. */
export interface ApprovedSurvey {
  id: string
  hash: string
  content: SurveyContent
}

/** The hash a survey is approved by. *Pure.* */
export function surveyHash(content: SurveyContent): string {
  return canonicalHash(JSON.parse(JSON.stringify(content)))
}

const approvedShape = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  contentHash: z.string(),
  content: shape,
})

/**
 * An approved survey as the CMS serves it; null where it is none, or not what was approved. *Pure.*
 */
export function readApprovedSurvey(document: unknown): ApprovedSurvey | null {
  const { success, data } = approvedShape.safeParse(document)
  if (!success || surveyHash(data.content) !== data.contentHash) return null
  const isWhole = data.content.questions.every((one) => one.id === questionId(one))
  return isWhole ? { id: data.id, hash: data.contentHash, content: data.content } : null
}
