import type { Payload, PayloadRequest } from 'payload'

import { hasRole, LEADS } from '../people/roles'
import { readStatus, type DeliveryStatus } from '../operation/status'

/** Under which the newest status stands in Payload's store of keys and values. */
const KEY = 'kizuna-delivery-status'

/** Keeps how deliveries stand, in place of what was told before. */
export async function keepStatus(payload: Payload, status: DeliveryStatus): Promise<void> {
  await payload.kv.set(KEY, status)
}

/** What a person may see of how deliveries stand. */
export interface SeenStatus {
  status: DeliveryStatus
  /** Whether they see all municipalities, and the machines. */
  isWhole: boolean
}

/**
 * How deliveries stood when the worker last told, as far as the person may see it: the team all of it, a
 * municipality itself alone. Null before the worker has told anything.
 */
export async function findStatus(
  req: PayloadRequest,
  ownCode: string | null,
): Promise<SeenStatus | null> {
  const status = readStatus(await req.payload.kv.get(KEY))
  if (!status) return null
  if (hasRole(req.user, ...LEADS)) return { status, isWhole: true }
  const towns = status.towns.filter(({ code }) => code === ownCode)
  return { status: { ...status, towns, alerts: [] }, isWhole: false }
}
