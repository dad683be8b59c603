import type { PayloadRequest } from 'payload'

/** The one document a request may write right now although it is closed to all. */
interface OpenGate {
  collection: string
  id: string
}

/** Lives in this module only: no request, context or argument of a caller can forge an entry. */
const openGates = new WeakMap<PayloadRequest, OpenGate>()

/** Lets one request write one closed document while the work runs, and no longer. */
export async function withOpenGate<T>(
  req: PayloadRequest,
  gate: OpenGate,
  work: () => Promise<T>,
): Promise<T> {
  openGates.set(req, gate)
  try {
    return await work()
  } finally {
    openGates.delete(req)
  }
}

/** Whether a write is the gate's own; `id` undefined (a bulk or a create) never is. */
export function isGatesOwnWrite(
  req: PayloadRequest,
  write: { collection: string; id: unknown },
): boolean {
  const gate = openGates.get(req)
  return gate !== undefined && gate.collection === write.collection && gate.id === String(write.id)
}
