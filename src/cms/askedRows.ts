import type { CollectionBeforeOperationHook } from 'payload'

/** The most documents one question is answered with: reading them holds everybody else for long. */
export const MOST_ROWS = 2000

const READS: ReadonlySet<string> = new Set(['read', 'readDistinct'])

/**
 * Answers a question with {@link MOST_ROWS} documents at most, whatever it asks for; `limit=0` and
 * `pagination=false` mean as many. The answer says its `limit` and whether there is more. What the
 * server's own code asks for whole is its own affair, also on somebody's behalf: only what comes
 * through an endpoint leaves out whose rights count.
 */
export const capAskedRows: CollectionBeforeOperationHook = ({ args, operation }) => {
  const { limit, pagination = true, overrideAccess } = args as Rows
  if (overrideAccess || !READS.has(operation)) return args
  const isWhole = limit === 0 || (!pagination && limit === undefined)
  if (isWhole) {
    return overrideAccess === undefined ? { ...args, limit: MOST_ROWS, pagination: true } : args
  }
  return { ...args, ...(limit !== undefined && { limit: Math.min(limit, MOST_ROWS) }) }
}

interface Rows {
  limit?: number
  pagination?: boolean
  overrideAccess?: boolean
}
