// Whose delivery each copy is that a provider took.
import type { ChannelName } from '../../src/plan/settings'
import type { PairNames } from '../../worker/ledger/pairNames'
import type { DeliveryStatus } from '../../worker/ledger/states'
import type { Expected, Families } from './families'
import type { LedgerEntry } from './invariants'

/** One message to one address that a provider took, as its own log has it. */
export interface Taken {
  channel: ChannelName
  address: string
  slot: string
  /** The pair that a mail names; a LINE message names nobody. */
  pair: string | null
  /** Milliseconds of the machine's clock. */
  at: number
}

/** A copy of a delivery. */
export interface Copy {
  /** `reader:child:slot`, or what the message says when it is nobody's. */
  id: string
  at: number
}

interface Known {
  families: Pick<Families, 'expected' | 'possible'>
  pairs: readonly PairNames[]
  ledger: readonly Pick<LedgerEntry, 'id' | 'status'>[]
}

/** The deliveries of what providers took, one a copy. *Pure.* */
export function copiesOf(taken: readonly Taken[], known: Known): Copy[] {
  const all = [...known.families.expected, ...known.families.possible]
  const names = new Map(known.pairs.map((pair) => [pair._id, pair]))
  const statuses = new Map(known.ledger.map(({ id, status }) => [id, status]))
  return taken.map((one) => ({
    at: one.at,
    id: one.pair === null ? ofLine(one, all, statuses) : ofMail(one, all, names.get(one.pair)),
  }))
}

/**
 * A LINE message does not say which of a reader's children it is for. Two with one slot get one text
 * together, so it is that one's which the ledger says was sent.
 */
function ofLine(
  { address, slot }: Taken,
  all: readonly Expected[],
  statuses: ReadonlyMap<string, DeliveryStatus>,
): string {
  const theirs = all
    .filter((one) => one.channel === 'line' && one.address === address && slotIn(one.id) === slot)
    .map(({ id }) => id)
  const of = (status: DeliveryStatus) => theirs.find((id) => statuses.get(id) === status)
  return of('accepted') ?? of('unknown') ?? theirs[0] ?? `${address} ${slot}`
}

function ofMail({ address, slot, pair }: Taken, all: readonly Expected[], named?: PairNames) {
  const id = named ? `${named.reader}:${named.child}:${slot}` : `${pair}:${slot}`
  return all.some((one) => one.id === id && one.address === address) ? id : `${id} to ${address}`
}

function slotIn(id: string): string | undefined {
  return id.split(':')[2]
}
