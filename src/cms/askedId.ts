import type { CollectionBeforeOperationHook } from 'payload'

import { isPlainObject } from './askedFilter'

/**
 * Leaves out the number that somebody gives a document themselves: Payload takes no `id`, but what
 * stands in `_id` goes into the database. Under the number of a text that was deleted, a new one had
 * that text's releases, verdicts and comments. Scripts that ask nobody for rights may choose.
 */
export const leaveOutAskedId: CollectionBeforeOperationHook = ({
  args,
  operation,
  overrideAccess,
}) => {
  if (overrideAccess || (operation !== 'create' && operation !== 'update')) return args
  const { data } = args as { data?: unknown }
  if (!isPlainObject(data) || !('_id' in data)) return args
  const { _id, ...rest } = data
  return { ...args, data: rest } as typeof args
}
