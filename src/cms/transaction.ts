import { setTimeout as pause } from 'node:timers/promises'

import { commitTransaction, initTransaction, killTransaction } from 'payload'
import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from './refusal'
import { TURNS } from './turn'

const MAX_ATTEMPTS = 8
const PAUSE_STEP_MS = 15

/** MongoDB's code for two transactions that write one document. */
const WRITE_CONFLICT = 112

/** MongoDB's code for a transaction that ended before this command reached it. */
const NO_SUCH_TRANSACTION = 251

/**
 * Runs work in one transaction of the request and repeats it whole when another writer was faster.
 *
 * Inside a transaction that is open already it only runs the work: whoever opened it repeats.
 *
 * @param attempts how often it is tried; default 8.
 * @throws ReviewRefusal BUSY when it loses each time; whatever the work throws otherwise.
 */
export async function inTransaction<T>(
  req: PayloadRequest,
  work: () => Promise<T>,
  attempts = MAX_ATTEMPTS,
): Promise<T> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const isOwner = await initTransaction(req)
    try {
      const result = await work()
      if (isOwner) await commitTransaction(req)
      return result
    } catch (error) {
      if (!isOwner) throw error
      await killTransaction(req)
      if (!isTransient(error)) throw error
      await pause(attempt * PAUSE_STEP_MS)
    }
  }
  throw new ReviewRefusal(
    'BUSY',
    'ほかの人が同じ原稿を同時に保存しています。少し待ってから、もう一度お試しください。',
  )
}

/** Whether repeating the whole transaction may succeed. *Pure.* */
export function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, errorLabels, cause } = error as Record<string, unknown>
  if (code === WRITE_CONFLICT || code === NO_SUCH_TRANSACTION) return true
  const labels = errorLabels instanceof Set ? [...errorLabels] : errorLabels
  if (Array.isArray(labels) && labels.includes('TransientTransactionError')) return true
  return isTaken(error) || (cause !== error && isTransient(cause))
}

/**
 * Two publications of one key, or two first turns: Payload turns the unique index's error into a
 * validation error.
 */
function isTaken(error: object): boolean {
  const { data } = error as {
    data?: { collection?: unknown; errors?: { path?: unknown }[] } | null
  }
  if (data?.collection !== 'kizuna-releases' && data?.collection !== TURNS) return false
  return data.errors?.every(({ path }) => path === 'key' || path === 'revision') ?? false
}
