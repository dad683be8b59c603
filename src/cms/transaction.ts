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
    if (isOwner) req.context[LAST] = new Map()
    try {
      const result = await work()
      if (isOwner) {
        await doLast(req)
        await commitTransaction(req)
      }
      return result
    } catch (error) {
      if (!isOwner) throw error
      await killTransaction(req)
      if (!isTransient(error)) throw error
      await pause(attempt * PAUSE_STEP_MS)
    } finally {
      if (isOwner) req.context[LAST] = undefined
    }
  }
  throw new ReviewRefusal(
    'BUSY',
    'ほかの人が同じ原稿を同時に保存しています。少し待ってから、もう一度お試しください。',
  )
}

/**
 * Lives in the context, which goes along with every proxy of the request. No symbol: at each call of
 * the local API Payload throws a context without names away.
 */
const LAST = 'kizunaBeforeCommit'

/** Work that is done once for all its items. */
interface LastWork<Item> {
  items: Item[]
  run: (items: readonly Item[]) => Promise<void>
}

/**
 * Puts work off to the end of the transaction that {@link inTransaction} has open, where it is done
 * once for all items of its name; taken back with the rest. False where none is open: then the caller
 * does it at once.
 */
export function putOff<Item>(
  { context }: PayloadRequest,
  { name, item, run }: { name: string; item: Item; run: LastWork<Item>['run'] },
): boolean {
  const works = context[LAST] as Map<string, LastWork<Item>> | undefined
  if (!works) return false
  const known = works.get(name)
  if (known) known.items.push(item)
  else works.set(name, { items: [item], run })
  return true
}

async function doLast({ context }: PayloadRequest): Promise<void> {
  const works = context[LAST] as Map<string, LastWork<unknown>>
  for (const { items, run } of works.values()) await run(items)
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
