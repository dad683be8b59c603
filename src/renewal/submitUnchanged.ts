import type { PayloadRequest } from 'payload'

import type { ReviewOptions } from '../review/operations/act'
import { ReviewRefusal } from '../cms/refusal'
import { createSubmit } from '../review/operations/submit'
import { loadTaken } from './board'

/** What one call has handed to the reviewers, and what is left. */
export interface SubmitProgress {
  submitted: number
  left: number
  /** Sentences for texts that could not be handed in. */
  refused: string[]
}

/** How long one call goes on: what is open is read once a call, not once a text. */
const WORK_MS = 5_000

/**
 * Hands the next drafts that say what was approved last year to the reviewers, exactly as they stand;
 * asked until nothing is left.
 */
export async function submitUnchanged(
  req: PayloadRequest,
  id: string,
  options: ReviewOptions,
): Promise<SubmitProgress> {
  const { rows } = await loadTaken(req, id, options)
  const open = rows.filter(({ standing, state }) => standing === 'unchanged' && state === 'draft')
  const submit = createSubmit(options)
  const refused: string[] = []
  const startedMs = performance.now()
  let tried = 0
  for (const row of open) {
    if (performance.now() - startedMs > WORK_MS) break
    tried += 1
    const target = { collection: 'kizuna-manuscripts', id: row.id ?? '' } as const
    const seen = row.contentHash === null ? {} : { contentHash: row.contentHash }
    try {
      await submit(req.payload, req, { ...target, ...seen })
    } catch (error) {
      if (!(error instanceof ReviewRefusal)) throw error
      if (error.code === 'NOT_ALLOWED') throw error
      refused.push(`${row.slotLabel} ${row.title}: ${error.message}`)
    }
  }
  return { submitted: tried - refused.length, left: open.length - tried, refused }
}
