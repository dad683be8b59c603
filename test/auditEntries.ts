import type { Payload, Where } from 'payload'

/** The audit log's entries, in the order they were written. */
export async function auditEntries(payload: Payload, where: Where) {
  const found = await payload.find({ collection: 'kizuna-audit-log', where, sort: 'id', depth: 0 })
  return found.docs
}
