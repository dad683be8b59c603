import { z } from 'zod'

import type { ToldResults } from './results'

const count = z.number().int().nonnegative()
const figure = z.union([count, z.strictObject({ about: count }), z.enum(['small', 'withheld'])])
const code = z.string().max(100)
const parts = z.array(z.strictObject({ code, figure })).max(100)
const cross = z
  .array(z.strictObject({ code, counts: z.array(z.strictObject({ code, count })).max(100) }))
  .max(20)
  .nullable()

const shape = z.strictObject({
  answered: figure,
  response: z.strictObject({ asked: figure, opened: figure }),
  by: z.strictObject({ stage: parts, relation: parts, device: parts }),
  questions: z
    .array(
      z.strictObject({
        id: code,
        parts,
        answered: figure,
        rate: z.strictObject({ part: count, of: count }).nullable(),
        mean: z.number().nonnegative().nullable(),
        cross: z.strictObject({ stage: cross, relation: cross }),
      }),
    )
    .max(100),
})

/** What is told of a survey as it was stored or sent, or null when it is none. *Pure.* */
export function readToldResults(value: unknown): ToldResults | null {
  const parsed = shape.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** Free texts that are brought of one question in one municipality; the others are counted alone. */
export const MAX_TEXTS = 200

/** Most UTF-16 units of a free text as it comes: its letters, and the words for what was taken out. */
const MAX_TEXT = 4000

const texts = z
  .array(
    z.strictObject({
      question: code,
      texts: z
        .array(z.strictObject({ text: z.string().max(MAX_TEXT), hasPersonalDetails: z.boolean() }))
        .max(MAX_TEXTS),
    }),
  )
  .max(100)

/** What readers wrote to one question: in no order, and of nobody. */
export type SurveyTexts = z.infer<typeof texts>

/** Free texts as they were stored or sent, or null when they are none. *Pure.* */
export function readSurveyTexts(value: unknown): SurveyTexts | null {
  const parsed = texts.safeParse(value)
  return parsed.success ? parsed.data : null
}
