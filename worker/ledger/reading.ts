import type { Db } from 'mongodb'

import { parseDeliveryId } from '../../src/plan/candidate'
import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName } from '../../src/plan/settings'
import { chunksOf } from '../database/chunksOf'
import { batchesOfRun } from './batchId'
import { countedExclusions, ledgerCollections, type LedgerCollections } from './collections'
import type { Batch, Run } from './documents'
import { findOfPairs, ofPairs, type BatchedDelivery } from './ofPairs'
import { createPairNames, type PairNames, type PairNaming } from './pairNames'
import { isTerminal, statusOf, type DeliveryStatus } from './states'

/** One delivery as people and programs read it; the status is derived, never counted up. */
export interface LedgerLine {
  municipality: string
  date: string
  run: string
  reader: string
  child: string
  slot: string
  channel: ChannelName
  status: DeliveryStatus
  reason?: ExclusionReason
  code?: string
  /** When one that is still to be sent goes out at the earliest. */
  notBefore?: Date
  batch: string
  payload: string
}

/** How many deliveries of a run have which status, by channel. */
export type StatusCounts = Record<ChannelName, Partial<Record<DeliveryStatus, number>>>

/** A way in which the ledger does not agree with itself. */
export interface Difference {
  run: string
  code: 'unfinished' | 'open' | 'missingDelivery' | 'accounting' | 'noRun' | 'notPlanned'
  count: number
}

/** Reads the ledger: lines, counts and its agreement with itself. */
export function createLedgerReader(db: Db) {
  const ledger: Ledger = { ...ledgerCollections(db), names: createPairNames(db) }
  const { exclusions } = ledger
  return {
    /** The runs of a day, of all municipalities or of one. */
    runsOf: (date: string, municipality?: string) => runsOf(ledger, date, municipality),
    /** Every delivery of a run, batch by batch. */
    linesOf: (run: Run) => linesOf(ledger, run),
    /** Statuses of a run's deliveries, counted from what the database holds now. */
    statusCounts: (run: Run) => statusCounts(ledger, run),
    /** Where a run's numbers, batches and deliveries disagree; empty when all is well. */
    differences: (run: Run) => differences(ledger, run),
    /** How many of these deliveries a run has left out with a reason. */
    countExcluded: (run: string, ids: string[]): Promise<number> =>
      exclusions.countDocuments({ _id: { $in: ids.map((id) => `${run}|${id}`) } }),
    /** How many of these deliveries are in the ledger, in whatever state. */
    countPlanned: (ids: string[]): Promise<number> => countPlanned(ledger, ids),
    /** What is recorded of one reader on a day. */
    ofReader: (reader: string, date: string) => ofReader(ledger, reader, date),
  }
}

/** Reads the ledger. */
export type LedgerReader = ReturnType<typeof createLedgerReader>

interface Ledger extends LedgerCollections {
  names: PairNaming
}

function runsOf({ runs }: Ledger, date: string, municipality?: string): Promise<Run[]> {
  return runs
    .find({ date, ...(municipality ? { municipality } : {}) })
    .sort({ _id: 1 })
    .toArray()
}

async function* linesOf(
  { batches, deliveries, names }: Ledger,
  run: Run,
): AsyncGenerator<LedgerLine> {
  const sealed = { run: run._id, attempt: { $in: run.sealed } }
  for await (const batch of batches.find(sealed).sort({ _id: 1 })) {
    const { recipients } = batch
    const [found, pairs] = await Promise.all([
      deliveries.find({ _id: { $in: recipients }, batch: batch._id }).toArray(),
      names.byId(recipients.map((id) => parseDeliveryId(id).pair)),
    ])
    const own = new Map(found.map((delivery) => [delivery._id, delivery]))
    for (const id of recipients) {
      const delivery = own.get(id)
      if (delivery) yield toLine({ delivery, batch }, pairs)
    }
  }
}

/** What an unfinished planning left behind is not in the ledger: its batches are gone. */
async function countPlanned({ batches, deliveries }: Ledger, ids: string[]): Promise<number> {
  const found = await deliveries.find({ _id: { $in: ids } }, { projection: { batch: 1 } }).toArray()
  const frozen = await batches
    .find({ _id: { $in: [...new Set(found.map(({ batch }) => batch))] } })
    .project<{ _id: string }>({ _id: 1 })
    .toArray()
  const known = new Set(frozen.map(({ _id }) => _id))
  return found.filter(({ batch }) => known.has(batch)).length
}

async function statusCounts(ledger: Ledger, run: Run): Promise<StatusCounts> {
  const counts: StatusCounts = { line: {}, mail: {} }
  const ownByBatch = await ownStatuses(ledger, run)
  const all = ledger.batches.aggregate<Pick<Batch, '_id' | 'state' | 'channel'> & { size: number }>(
    [
      { $match: { run: run._id, attempt: { $in: run.sealed } } },
      { $project: { state: 1, channel: 1, size: { $size: '$recipients' } } },
    ],
  )
  for await (const { _id, state, channel, size } of all) {
    const own = ownByBatch.get(_id) ?? []
    const rest = size - own.reduce((sum, { n }) => sum + n, 0)
    const { status } = statusOf({}, { state })
    for (const one of [...own, { status, n: rest }]) {
      if (one.n > 0) counts[channel][one.status] = (counts[channel][one.status] ?? 0) + one.n
    }
  }
  return counts
}

interface StatusCount {
  status: DeliveryStatus
  n: number
}

/** Deliveries that have a status of their own, by batch. */
async function ownStatuses({ deliveries }: Ledger, run: Run): Promise<Map<string, StatusCount[]>> {
  const own = await deliveries
    .aggregate<{ _id: { batch: string; status: DeliveryStatus }; n: number }>([
      { $match: { batch: batchesOfRun(run._id), status: { $exists: true } } },
      { $group: { _id: { batch: '$batch', status: '$status' }, n: { $sum: 1 } } },
    ])
    .toArray()
  const byBatch = new Map<string, StatusCount[]>()
  for (const { _id, n } of own) {
    const known = byBatch.get(_id.batch) ?? []
    known.push({ status: _id.status, n })
    byBatch.set(_id.batch, known)
  }
  return byBatch
}

async function differences(ledger: Ledger, run: Run): Promise<Difference[]> {
  const counts = Object.entries(addCounts([await statusCounts(ledger, run)]))
  const inBatches = counts.reduce((sum, [, n]) => sum + n, 0)
  const open = counts
    .filter(([status]) => !isTerminal(status as DeliveryStatus))
    .reduce((sum, [, n]) => sum + n, 0)
  const [stored, excluded] = await Promise.all([
    countStored(ledger, run),
    ledger.exclusions.countDocuments(countedExclusions(run)),
  ])
  const found: [Difference['code'], number][] = [
    ['unfinished', run.state === 'done' ? 0 : 1],
    ['open', open],
    ['missingDelivery', inBatches - stored],
    ['accounting', run.plan ? run.plan.candidates - stored - excluded : 0],
  ]
  return found
    .filter(([, count]) => count !== 0)
    .map(([code, count]) => ({ run: run._id, code, count: Math.abs(count) }))
}

/** Deliveries that are there, of all that are in the batches of a run's finished plannings. */
async function countStored({ batches, deliveries }: Ledger, run: Run): Promise<number> {
  let stored = 0
  const sealed = batches.find({ run: run._id, attempt: { $in: run.sealed } })
  for await (const chunk of chunksOf(sealed, COUNTED_AT_ONCE)) {
    const ids = chunk.flatMap(({ recipients }) => recipients)
    const batch = { $in: chunk.map(({ _id }) => _id) }
    stored += await deliveries.countDocuments({ _id: { $in: ids }, batch })
  }
  return stored
}

/** Batches whose deliveries are counted in one query. */
const COUNTED_AT_ONCE = 200

async function ofReader(ledger: Ledger, reader: string, date: string) {
  const { runs, exclusions, names } = ledger
  const pairs = new Map((await names.ofReaders([reader])).map((pair) => [pair._id, pair]))
  const ofDay = await runs.find({ date }).project<{ _id: string }>({ _id: 1 }).toArray()
  const ids = ofDay.map(({ _id }) => _id)
  const found = await findOfPairs(ledger, [...pairs.keys()], ids)
  const delivery = ofPairs([...pairs.keys()])
  const excluded = await exclusions.find({ run: { $in: ids }, delivery }).toArray()
  return {
    lines: found.map((one) => toLine(one, pairs)),
    exclusions: excluded.map(({ delivery: id, reason, into }) => {
      const { pair, slot } = parseDeliveryId(id)
      return { child: pairs.get(pair)?.child ?? '', slot, reason, ...(into && { into }) }
    }),
  }
}

function toLine(
  { delivery, batch }: BatchedDelivery,
  pairs: ReadonlyMap<string, PairNames>,
): LedgerLine {
  const { status, reason } = statusOf(delivery, batch)
  const { pair, slot } = parseDeliveryId(delivery._id)
  const { reader = '', child = '' } = pairs.get(pair) ?? {}
  const code = delivery.code ?? batch.code
  return {
    municipality: batch.municipality,
    date: batch.date,
    run: batch.run,
    reader,
    child,
    slot,
    channel: batch.channel,
    status,
    ...(reason ? { reason } : {}),
    ...(code ? { code } : {}),
    ...(status === 'planned' && batch.notBefore && { notBefore: batch.notBefore }),
    batch: batch._id,
    payload: batch.payload,
  }
}

/** Several counts added up. *Pure.* */
export function addCounts(all: readonly StatusCounts[]): Partial<Record<DeliveryStatus, number>> {
  const sum: Partial<Record<DeliveryStatus, number>> = {}
  for (const counts of all) {
    for (const [status, n] of Object.values(counts).flatMap((one) => Object.entries(one))) {
      const key = status as DeliveryStatus
      sum[key] = (sum[key] ?? 0) + n
    }
  }
  return sum
}

/** Several counts added up, channel by channel. *Pure.* */
export function addCountsByChannel(all: readonly StatusCounts[]): StatusCounts {
  const byChannel = (channel: ChannelName) =>
    addCounts(all.map((counts) => ({ line: {}, mail: {}, [channel]: counts[channel] })))
  return { line: byChannel('line'), mail: byChannel('mail') }
}
