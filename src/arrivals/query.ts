import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'

import type { ImaginedFamily } from '../plan/imagined'
import { parseLocalDay, type LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'
import { StageError } from '../stage/error'

/** One imagined family on one day, as it is asked for. */
export interface ArrivalQuery {
  municipality: string
  date: LocalDay
  anchors: Anchors
  family: Omit<ImaginedFamily, 'channel'>
}

const day = z.string().transform((text, context) => {
  try {
    return parseLocalDay(text)
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
    return z.NEVER
  }
})
/** A calendar day, or nothing. */
export const optionalDay = z.preprocess((text) => text || undefined, day.optional())
const flag = z.preprocess((text) => text === '1', z.boolean())

const query = z.object({
  municipality: z.string().min(1, '自治体を選んでください。'),
  date: day,
  due: optionalDay,
  birth: optionalDay,
  entry: optionalDay,
  edition: z.string().default(''),
  area: z
    .string()
    .optional()
    .transform((area) => area || null),
  twins: flag,
  corrected: flag,
})

/**
 * Reads the question from the address.
 *
 * @throws APIError 400 with a Japanese sentence for each mistake.
 */
export function readArrivalQuery(req: PayloadRequest): ArrivalQuery {
  const asked = readAddress(query, req)
  const { municipality, date, due, birth, entry, edition, area, twins, corrected } = asked
  return {
    municipality,
    date,
    anchors: {
      ...(due && { dueDate: due }),
      ...(birth && { birthDate: birth }),
      ...(entry && { entryDate: entry }),
    },
    family: { edition, area, isTwins: twins, isCorrected: corrected },
  }
}

/**
 * Reads what stands behind the question mark.
 *
 * @throws APIError 400 with a Japanese sentence for each mistake.
 */
export function readAddress<T extends z.ZodType>(shape: T, req: PayloadRequest): z.output<T> {
  const parsed = shape.safeParse(Object.fromEntries(req.searchParams ?? []))
  if (parsed.success) return parsed.data
  const sentences = parsed.error.issues.map(({ message }) => message).join('\n')
  throw new APIError(sentences, 400, undefined, true)
}
