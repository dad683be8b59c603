import type { Payload, PayloadRequest } from 'payload'

import { lineScope, townScope } from '../operation/halt'
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
  return { status: { ...status, ...ofTowns(status, towns), alerts: [] }, isWhole: false }
}

/** What concerns a municipality, and why only where it is the municipality's own. */
function ofTowns({ halts, lines }: DeliveryStatus, towns: DeliveryStatus['towns']) {
  const scopes = new Set(towns.flatMap(({ haltedBy }) => haltedBy))
  const accounts = new Set(towns.flatMap((town) => town.lines))
  const own = new Set(towns.map(({ code }) => townScope(code)))
  return {
    towns,
    halts: halts
      .filter(({ scope }) => scopes.has(scope))
      .map((halt) => (own.has(halt.scope) ? halt : { ...halt, reason: '' })),
    lines: lines.filter(({ id }) => accounts.has(id) || scopes.has(lineScope(id))),
  }
}

/** How deliveries stood when the worker last told, or as if it had told nothing. */
export async function wholeStatus(req: PayloadRequest): Promise<SeenStatus> {
  const status = readStatus(await req.payload.kv.get(KEY))
  return { status: status ?? NOTHING, isWhole: true }
}

const NOTHING: DeliveryStatus = {
  at: new Date(0).toISOString(),
  date: '1970-01-01',
  workers: [],
  content: { syncedAt: null, texts: 0 },
  backup: { takenAt: null, verifiedAt: null },
  towns: [],
  halts: [],
  lines: [],
  alerts: [],
}
