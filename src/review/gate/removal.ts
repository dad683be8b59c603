import type { PayloadRequest } from 'payload'

/** Lives in this module only: no request, context or argument of a caller can forge an entry. */
const reasons = new WeakMap<PayloadRequest, string>()

/** Deletes for good what the work deletes, for a reason that the audit log keeps. */
export async function withRemovalReason<T>(
  req: PayloadRequest,
  reason: string,
  work: () => Promise<T>,
): Promise<T> {
  reasons.set(req, reason)
  try {
    return await work()
  } finally {
    reasons.delete(req)
  }
}

/** Why a request deletes for good, as far as it says so. */
export function removalReason(req: PayloadRequest): string | undefined {
  return reasons.get(req)
}
