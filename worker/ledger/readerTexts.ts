import type { Db } from 'mongodb'

import { deliveryId, parseDeliveryId } from '../../src/plan/candidate'
import type { ChannelName } from '../../src/plan/settings'
import type { LocalDay } from '../../src/stage/day'
import { ledgerCollections, type LedgerCollections } from './collections'
import type { StoredPayload } from './documents'
import { createPairNames, type PairNames } from './pairNames'
import { statusOf, type DeliveryStatus } from './states'

/** A delivery to a reader, as one of their children has it. */
export interface ReaderText {
  /** Id of the delivery; a text for twins has one, which both have. */
  delivery: string
  /** Id of the child. */
  child: string
  slot: string
  day: LocalDay
  channel: ChannelName
  status: DeliveryStatus
  /** Hash of the payload. */
  payload: string
}

/** Whose deliveries are asked for. */
export interface ReaderTextsAsked {
  reader: string
  /** Ids of the children whose texts may be seen; of all others nothing is told. Or every one. */
  children: readonly string[] | 'every'
  /** Slots there are or were; only whole ids are found by themselves, so each is asked for. */
  slots: Iterable<string>
  since: LocalDay
}

/** Reads what one reader was sent, without looking through any run. */
export function createReaderTexts(db: Db) {
  const ledger = ledgerCollections(db)
  const names = createPairNames(db)
  return {
    /** The deliveries of a reader since a day, newest first. */
    of: async (asked: ReaderTextsAsked): Promise<ReaderText[]> =>
      textsOf(ledger, asked, await names.ofReaders([asked.reader])),
    /** Texts as they were sent, by their hashes; those that are not kept any more are not there. */
    payloads: async (hashes: Iterable<string>): Promise<Map<string, StoredPayload>> => {
      const found = await ledger.payloads.find({ _id: { $in: [...new Set(hashes)] } }).toArray()
      return new Map(found.map((payload) => [payload._id, payload]))
    },
  }
}

/** Reads what one reader was sent. */
export type ReaderTexts = ReturnType<typeof createReaderTexts>

async function textsOf(
  { deliveries, batches, exclusions }: LedgerCollections,
  { children, slots, since }: ReaderTextsAsked,
  pairs: readonly PairNames[],
): Promise<ReaderText[]> {
  const childOf = childrenByPair(pairs)
  const seen = new Set(children === 'every' ? childOf.values() : children)
  const all = new Set(pairs.flatMap(({ _id, former = [] }) => [_id, ...former]))
  const ids = [...slots].flatMap((slot) => [...all].map((pair) => deliveryId(pair, slot)))
  const isSeen = (id: string) => seen.has(childOf.get(parseDeliveryId(id).pair) ?? '')
  const [found, covering] = await Promise.all([
    deliveries.find({ _id: { $in: ids.filter(isSeen) } }).toArray(),
    exclusions.find({ covers: { $in: ids } }).toArray(),
  ])
  // A text that spoke of a child who is not seen any more (of both twins) is not shown either.
  const spoken = new Set(
    covering.filter(({ delivery }) => !isSeen(delivery)).map(({ into }) => into),
  )
  const standsFor = new Map(covering.map(({ delivery, into = '' }) => [delivery, into]))
  const own = found.filter(({ _id }) => !spoken.has(_id))
  const of = { _id: { $in: [...new Set(own.map(({ batch }) => batch))] }, date: { $gte: since } }
  const batchById = new Map((await batches.find(of).toArray()).map((one) => [one._id, one]))
  const known = new Map(own.map((delivery) => [delivery._id, delivery]))
  const told = new Set<string>()
  return ids
    .filter(isSeen)
    .flatMap((id): ReaderText[] => {
      const { pair } = parseDeliveryId(id)
      const delivery = known.get(standsFor.get(id) ?? id)
      const batch = delivery && batchById.get(delivery.batch)
      const child = childOf.get(pair) ?? ''
      if (!delivery || !batch || told.has(`${child} ${delivery._id}`)) return []
      told.add(`${child} ${delivery._id}`)
      const { date: day, channel, payload } = batch
      const { slot } = parseDeliveryId(delivery._id)
      const { status } = statusOf(delivery, batch)
      return [{ delivery: delivery._id, child, slot, day, channel, status, payload }]
    })
    .sort((a, b) => compare(b.day, a.day) || compare(a.delivery, b.delivery))
}

/**
 * Whose texts a pair has, by its id: of a former pair, the child that goes on for who has moved.
 * *Pure.*
 */
function childrenByPair(pairs: readonly PairNames[]): Map<string, string> {
  const childOf = new Map(pairs.map(({ _id, child }) => [_id, child]))
  const oldestFirst = pairs.toSorted((a, b) => (a.former?.length ?? 0) - (b.former?.length ?? 0))
  for (const { child, former = [] } of oldestFirst) {
    for (const pair of former) childOf.set(pair, child)
  }
  return childOf
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
