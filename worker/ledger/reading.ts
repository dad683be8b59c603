import type { Db } from 'mongodb'

import { parseDeliveryId } from '../../src/plan/candidate'
import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName } from '../../src/plan/settings'
import { countedExclusions, ledgerCollections } from './collections'
import type { Batch, Delivery, Exclusion, Run } from './documents'
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
  batch: string
  payload: string
}

/** How many deliveries of a run have which status, by channel. */
export type StatusCounts = Record<ChannelName, Partial<Record<DeliveryStatus, number>>>

/** A way in which the ledger does not agree with itself. */
export interface Difference {
  run: string
  code:
    | 'unfinished'
    | 'open'
    | 'missingDelivery'
    | 'strayDelivery'
    | 'accounting'
    | 'noRun'
    | 'notPlanned'
  count: number
}

/** Reads the ledger: lines, counts and its agreement with itself. */
export function createLedgerReader(db: Db) {
  const { runs, batches, deliveries, exclusions } = ledgerCollections(db)

  const runsOf = (date: string, municipality?: string): Promise<Run[]> =>
    runs
      .find({ date, ...(municipality ? { municipality } : {}) })
      .sort({ _id: 1 })
      .toArray()

  /** Every delivery of a run, batch by batch. */
  async function* linesOf(run: Run): AsyncGenerator<LedgerLine> {
    const sealed = { run: run._id, attempt: { $in: run.sealed } }
    for await (const batch of batches.find(sealed).sort({ _id: 1 })) {
      const found = await deliveries.find({ _id: { $in: batch.recipients } }).toArray()
      const own = new Map(found.map((delivery) => [delivery._id, delivery]))
      for (const id of batch.recipients) {
        const delivery = own.get(id)
        if (delivery?.batch === batch._id) yield toLine(delivery, batch)
      }
    }
  }

  /** Statuses of a run's deliveries, counted from what the database holds now. */
  const statusCounts = async (run: Run): Promise<StatusCounts> => {
    const counts: StatusCounts = { line: {}, mail: {} }
    const own = await deliveries
      .aggregate<{ _id: { batch: string; status: DeliveryStatus }; n: number }>([
        { $match: { run: run._id, status: { $exists: true } } },
        { $group: { _id: { batch: '$batch', status: '$status' }, n: { $sum: 1 } } },
      ])
      .toArray()
    const ownByBatch = new Map<string, { status: DeliveryStatus; n: number }[]>()
    for (const { _id, n } of own) {
      const known = ownByBatch.get(_id.batch) ?? []
      known.push({ status: _id.status, n })
      ownByBatch.set(_id.batch, known)
    }
    const all = batches.aggregate<Pick<Batch, '_id' | 'state' | 'channel'> & { size: number }>([
      { $match: { run: run._id, attempt: { $in: run.sealed } } },
      { $project: { state: 1, channel: 1, size: { $size: '$recipients' } } },
    ])
    for await (const { _id, state, channel, size } of all) {
      const known = ownByBatch.get(_id) ?? []
      const rest = size - known.reduce((sum, { n }) => sum + n, 0)
      const { status } = statusOf({}, { state })
      for (const one of [...known, { status, n: rest }]) {
        if (one.n > 0) counts[channel][one.status] = (counts[channel][one.status] ?? 0) + one.n
      }
    }
    return counts
  }

  /** Where a run's numbers, batches and deliveries disagree; empty when all is well. */
  const differences = async (run: Run): Promise<Difference[]> => {
    const found: Difference[] = []
    const report = (code: Difference['code'], count: number) => {
      if (count !== 0) found.push({ run: run._id, code, count: Math.abs(count) })
    }
    report('unfinished', run.state === 'done' ? 0 : 1)
    const counts = await statusCounts(run)
    const byStatus = Object.values(counts).flatMap((channel) => Object.entries(channel))
    const inBatches = byStatus.reduce((sum, [, n]) => sum + n, 0)
    const open = byStatus
      .filter(([status]) => !isTerminal(status as DeliveryStatus))
      .reduce((sum, [, n]) => sum + n, 0)
    report('open', open)
    const [stored, excluded, sealedOnly] = await Promise.all([
      deliveries.countDocuments({ run: run._id }),
      exclusions.countDocuments(countedExclusions(run)),
      deliveries.countDocuments({ run: run._id, attempt: { $in: run.sealed } }),
    ])
    report('missingDelivery', inBatches - sealedOnly)
    report('strayDelivery', stored - sealedOnly)
    const { plan } = run
    if (plan) report('accounting', plan.candidates - stored - excluded)
    return found
  }

  /** How many of these deliveries a run has left out with a reason. */
  const countExcluded = (run: string, ids: string[]): Promise<number> =>
    exclusions.countDocuments({ _id: { $in: ids.map((id) => `${run}|${id}`) } })

  /** How many of these deliveries are in the ledger, in whatever state. */
  const countPlanned = (ids: string[]): Promise<number> =>
    deliveries.countDocuments({ _id: { $in: ids } })

  /** What is recorded of one reader on a day. */
  const ofReader = async (reader: string, date: string) => {
    const from = { $gte: `${reader}:`, $lt: `${reader};` }
    const planned = await deliveries.find({ _id: from, date }).toArray()
    const byId = await batches.find({ _id: { $in: planned.map(({ batch }) => batch) } }).toArray()
    const batchById = new Map(byId.map((batch) => [batch._id, batch]))
    const recorded: Exclusion[] = []
    for (const { _id } of await runs
      .find({ date })
      .project<{ _id: string }>({ _id: 1 })
      .toArray()) {
      const own = { $gte: `${_id}|${reader}:`, $lt: `${_id}|${reader};` }
      recorded.push(...(await exclusions.find({ _id: own }).toArray()))
    }
    const lines = planned.flatMap((delivery) => {
      const batch = batchById.get(delivery.batch)
      return batch ? [toLine(delivery, batch)] : []
    })
    return { lines, exclusions: recorded }
  }
  return { runsOf, linesOf, statusCounts, differences, countExcluded, countPlanned, ofReader }
}

/** Reads the ledger. */
export type LedgerReader = ReturnType<typeof createLedgerReader>

function toLine(delivery: Delivery, batch: Batch): LedgerLine {
  const { status, reason } = statusOf(delivery, batch)
  const { reader, child, slot } = parseDeliveryId(delivery._id)
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
