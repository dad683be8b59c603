import type { ChannelName } from '../../src/plan/settings'
import type { DeliveryStatus } from '../../worker/ledger/states'

/** One delivery as the ledger tells it after the day. */
export interface LedgerEntry {
  /** `reader:child:slot` */
  id: string
  channel: ChannelName
  /** Deliveries of one batch share a call. */
  batch: string
  status: DeliveryStatus
  code?: string
}

/** What the checker compares: the plan made by hand, the ledger, and what providers really took. */
export interface Evidence {
  /** Ids of the deliveries that should be in the ledger. */
  planned: ReadonlySet<string>
  /** Ids that may be in the ledger or not, because of what a reader did on the day. */
  free?: ReadonlySet<string>
  ledger: readonly Pick<LedgerEntry, 'id' | 'status'>[]
  /** Id of the delivery of every copy a provider took. */
  copies: readonly string[]
}

/** Copies each terminal status allows: delivery.md's invariants. */
const ALLOWED: Partial<Record<DeliveryStatus, readonly number[]>> = {
  accepted: [1],
  rejected: [0],
  expired: [0],
  excluded: [0],
  unknown: [0, 1],
}

/** Every breach of the invariants as a sentence; empty when they hold. *Pure.* */
export function breaches({ planned, ledger, copies, free = NOBODY }: Evidence): string[] {
  const taken = countOf(copies)
  const entries = countOf(ledger.map(({ id }) => id))
  const isForeseen = (id: string) => planned.has(id) || free.has(id)
  return [
    ...ledger.flatMap((entry) => breachOf(entry, taken.get(entry.id) ?? 0)),
    ...[...taken].filter(([, count]) => count > 1).map(([id, count]) => `${id}: ${count} copies`),
    ...[...entries].filter(([, count]) => count > 1).map(([id]) => `${id}: twice in the ledger`),
    ...[...planned]
      .filter((id) => !entries.has(id) && !free.has(id))
      .map((id) => `${id}: not in the ledger`),
    ...[...entries.keys()].filter((id) => !isForeseen(id)).map((id) => `${id}: not planned`),
    ...[...taken.keys()].filter((id) => !isForeseen(id)).map((id) => `${id}: sent, not planned`),
    ...[...taken.keys()]
      .filter((id) => free.has(id) && !entries.has(id))
      .map((id) => `${id}: sent, not in the ledger`),
  ]
}

const NOBODY: ReadonlySet<string> = new Set()

function breachOf({ id, status }: Evidence['ledger'][number], count: number): string[] {
  const allowed = ALLOWED[status]
  if (!allowed) return [`${id}: ${status} is not terminal`]
  return allowed.includes(count) ? [] : [`${id}: ${status}, but ${count} copies`]
}

function countOf(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
