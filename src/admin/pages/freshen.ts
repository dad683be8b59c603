import type { AskApi } from '../api/useApi'

interface Freshening {
  ask: AskApi
  /** Path of the endpoint that tells who is logged in. */
  me: string
  /** Reads the page again; where no answer comes, the browser leaves it for a page of its own. */
  refresh: () => void
}

/** An answer that does not come within so long does not come, milliseconds. */
const PATIENCE_MS = 4000

/**
 * Reads the page again while the CMS answers and the person is logged in; else leaves it as it is, with
 * what was typed on it. Tells whether it was read.
 */
export async function freshen({ ask, me, refresh }: Freshening): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const answer = await ask<{ user: object | null }>(me, { signal })
  const isThere = answer.isDone && answer.body.user !== null
  if (isThere) refresh()
  return isThere
}
