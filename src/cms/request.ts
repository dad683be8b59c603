import { addDataAndFileToRequest } from 'payload'
import type { PayloadRequest } from 'payload'
import type { z } from 'zod'

import { ReviewRefusal } from './refusal'

type Issues = readonly z.core.$ZodIssue[]

/**
 * The body of a request to an endpoint of ours, in the shape it must have.
 *
 * @throws ReviewRefusal INCOMPLETE with the sentence made of what is wrong.
 */
export async function readBody<T>(
  req: PayloadRequest,
  shape: z.ZodType<T>,
  sentence: (issues: Issues) => string = unreadable,
): Promise<T> {
  await addDataAndFileToRequest(req)
  const parsed = shape.safeParse(req.data ?? {})
  if (parsed.success) return parsed.data
  throw new ReviewRefusal('INCOMPLETE', sentence(parsed.error.issues))
}

/** @throws ReviewRefusal NOT_ALLOWED when nobody is logged in. */
export function refuseAnonymous({ user }: PayloadRequest): void {
  if (!user) throw new ReviewRefusal('NOT_ALLOWED', 'ログインしてください。')
}

function unreadable(issues: Issues): string {
  const fields = issues.map(({ path }) => path.join('.')).join('、')
  return `送られた内容を読めません(${fields})。`
}
