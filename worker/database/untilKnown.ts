import {
  MongoBulkWriteError,
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb'

/** How long a write is repeated: several times as long as a replica set needs for a new primary. */
const MOST_MS = 60_000

/** Wait before the second attempt; each later one waits twice as long, up to the longest. */
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 2000

interface UntilKnownOptions {
  /** Milliseconds that only grow. */
  elapsed?: () => number
  wait?: (ms: number) => Promise<void>
}

/**
 * Makes a write until the database says what became of it. A failover may swallow the answer of one
 * that was made, and the driver repeats nothing that is not one document (a bulk write with
 * `updateMany`), and the rest once. So the write has to be one that may be made twice; it is told
 * whether it may have been made before.
 *
 * @throws what the database answers, and what kept it from answering after a minute.
 */
export async function untilKnown<T>(
  write: (isRepeated: boolean) => Promise<T>,
  { elapsed = () => performance.now(), wait = delay }: UntilKnownOptions = {},
): Promise<T> {
  const begun = elapsed()
  for (let waitMs = FIRST_WAIT_MS, isRepeated = false; ; isRepeated = true) {
    try {
      return await write(isRepeated)
    } catch (error) {
      if (!isOpenWhether(error) || elapsed() - begun > MOST_MS) throw error
    }
    await wait(waitMs)
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
  }
}

/**
 * Codes of a server that is no primary (any more), shuts down, or did not hear of a majority:
 * the driver's own list, which it only keeps to for single documents.
 */
const OPEN_CODES: ReadonlySet<unknown> = new Set([
  6, 7, 64, 89, 91, 189, 262, 9001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436,
])

/** Whether a failed write may have been made, or may be made by the next primary. *Pure.* */
export function isOpenWhether(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  if (!(error instanceof MongoError)) return false
  if (error.hasErrorLabel(MongoErrorLabel.RetryableWriteError)) return true
  if (error instanceof MongoBulkWriteError && isCutShort(error)) return true
  return error instanceof MongoServerError && OPEN_CODES.has(error.code)
}

/** A bulk write hides what ended it; without a code and a refused write it was the connection. */
function isCutShort({ code, writeErrors, cause }: MongoBulkWriteError): boolean {
  return isOpenWhether(cause) || (code === undefined && [writeErrors].flat().length === 0)
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
