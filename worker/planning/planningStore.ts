import type { Db } from 'mongodb'

import { idsWithin } from '../database/idsWithin'
import { EXCLUSION_REASONS, type ExclusionReason } from '../../src/plan/reason'
import type { Payload } from '../../src/plan/render'
import { parseDeliveryId } from '../../src/plan/candidate'
import { noticesOfDay, surveySlot } from '../../src/plan/notice'
import { ANNOUNCEMENT } from '../../src/stage/announcement'
import type { LocalDay } from '../../src/stage/day'
import { surveysAsked } from '../content/askedSurveys'
import { chunksOf } from '../database/chunksOf'
import { insertNew } from '../database/insertNew'
import { batchesOfRun, parseBatchId } from '../ledger/batchId'
import { countedExclusions, ledgerCollections, type LedgerCollections } from '../ledger/collections'
import type {
  Batch,
  Delivery,
  Exclusion,
  Run,
  RunNumbers,
  StoredPayload,
} from '../ledger/documents'
import { isReplaceable } from '../ledger/states'
import { createExistingDeliveries, leftBehind, type PlannedRun } from './existingDeliveries'
import { createSurveysBefore } from './surveysBefore'

/**
 * The planner's writes. Nothing of a planning is sent before it is sealed, so an unfinished one is
 * worth nothing: the next one discards it and starts again.
 */
export function createPlanningStore(db: Db) {
  const ledger = ledgerCollections(db)
  const existing = createExistingDeliveries(db)
  return {
    ...existing,
    /** What readers who are to be asked a survey were asked before. */
    findAsked: createSurveysBefore(db, existing.findExisting),
    /** Removes what earlier plannings of this run left behind; never what a later one has begun. */
    discardUnsealed: (run: PlannedRun) => discardUnsealed(ledger, run),
    /**
     * Adds deliveries.
     *
     * @returns the ids that exist already elsewhere: those must leave their batches.
     */
    addDeliveries: (run: PlannedRun, added: Delivery[]) => addDeliveries(ledger, run, added),
    /**
     * Adds payloads of a run's day; where the same text is there already, it is now made of these
     * contents.
     */
    addPayloads: (added: Payload[], date: LocalDay) => addPayloads(ledger, added, date),
    /**
     * Adds exclusions; one of an earlier planning of the same run stays as it was, unless it is
     * only there because a withdrawn text has been given back for this planning.
     */
    addExclusions: (added: Exclusion[]) => addExclusions(ledger, added),
    /**
     * Marks the exclusions of what has become a delivery in this run after all. They are dropped
     * only once the planning is finished: one that is discarded leaves everybody accounted for.
     */
    replaceExclusions: (run: PlannedRun, delivered: string[]) =>
      replaceExclusions(ledger, run, delivered),
    /** Takes deliveries that exist elsewhere out of batches that are not sealed yet: ids by batch. */
    takeOut: (gone: ReadonlyMap<string, string[]>) => takeOut(ledger, gone),
    /** Adds full batches, frozen from now on; their deliveries come after them. */
    addBatches: async (added: Batch[]): Promise<void> => {
      await insertNew(ledger.batches, added)
    },
    /** What the ledger holds of a run, counted by the database. */
    count: (run: PlannedRun) => count(ledger, run),
    /** How many announcements, notices and surveys are among a run's deliveries: no other day has as many. */
    countOfOneDay: (run: DatedRun) => countOfOneDay({ db, ...ledger }, run),
    /** Drops the exclusions that finished plannings have replaced. */
    dropReplaced: (run: PlannedRun) => dropReplaced(ledger, run),
  }
}

/** The store of plannings. */
export type PlanningStore = ReturnType<typeof createPlanningStore>

type Ledger = LedgerCollections

/** Batches whose deliveries are removed in one write. */
const DISCARDED_AT_ONCE = 200

/** The batches go last, because only they know which deliveries are theirs. */
async function discardUnsealed(
  { deliveries, batches, exclusions }: Ledger,
  { _id, attempts, sealed }: PlannedRun,
): Promise<void> {
  if (sealed.length >= attempts - 1) return // there is no other planning before this one
  const unsealed = { run: _id, attempt: { $nin: sealed, $lt: attempts } }
  for await (const chunk of chunksOf(batches.find(unsealed), DISCARDED_AT_ONCE)) {
    const ids = chunk.flatMap(({ recipients }) => recipients)
    const batch = { $in: chunk.map(({ _id }) => _id) }
    await deliveries.deleteMany({ _id: { $in: ids }, batch })
  }
  await batches.deleteMany(unsealed)
  await exclusions.deleteMany(unsealed)
}

async function addDeliveries(
  ledger: Ledger,
  run: PlannedRun,
  added: Delivery[],
): Promise<string[]> {
  const { deliveries } = ledger
  const taken = await insertNew(deliveries, added)
  if (taken.length === 0) return []
  const there = await deliveries.find({ _id: { $in: taken } }).toArray()
  const known = there.map((one) => ({ ...one, ...parseBatchId(one.batch) }))
  const strays = known.filter(await leftBehind(ledger, known, run))
  if (strays.length === 0) return taken
  const ids = strays.map(({ _id }) => _id)
  const batch = { $in: strays.map((one) => one.batch) }
  await deliveries.deleteMany({ _id: { $in: ids }, batch })
  const retaken = new Set(ids)
  const others = taken.filter((id) => !retaken.has(id))
  const again = added.filter(({ _id }) => retaken.has(_id))
  return [...others, ...(await insertNew(deliveries, again))]
}

async function takeOut({ batches }: Ledger, gone: ReadonlyMap<string, string[]>): Promise<void> {
  const writes = [...gone].map(([_id, ids]) => ({
    updateOne: { filter: { _id }, update: { $pull: { recipients: { $in: ids } } } },
  }))
  if (writes.length > 0) await batches.bulkWrite(writes, { ordered: false })
}

async function addPayloads({ payloads }: Ledger, added: Payload[], date: LocalDay): Promise<void> {
  if (added.length === 0) return
  const ids = added.map(({ hash }) => hash)
  const projection = { contentHashes: 1, releaseKeys: 1 } as const
  const there = await payloads.find({ _id: { $in: ids } }, { projection }).toArray()
  const known = new Map(there.map((one) => [one._id, one]))
  const fresh = added.filter(({ hash }) => !known.has(hash)).map((one) => toStored(one, date))
  const late = new Set(await insertNew(payloads, fresh))
  const isSame = (one: Payload) => {
    const before = known.get(one.hash)
    return before === undefined ? !late.has(one.hash) : contentsOf(before) === contentsOf(one)
  }
  const older = added.filter((one) => isSame(one) && known.has(one.hash))
  const again = await useOn(payloads, { older, date })
  await putBack(payloads, { date, changed: [...added.filter((one) => !isSame(one)), ...again] })
}

/**
 * Notes that texts which are there are planned for a day. Answers all of them if any was removed
 * between being found and this.
 */
async function useOn(
  payloads: Ledger['payloads'],
  { older, date }: { older: Payload[]; date: LocalDay },
): Promise<Payload[]> {
  if (older.length === 0) return []
  const _id = { $in: older.map(({ hash }) => hash) }
  const { matchedCount } = await payloads.updateMany({ _id }, { $max: { usedOn: date } })
  return matchedCount === older.length ? [] : older
}

/** Writes what texts are made of, and whole those that are not there. */
async function putBack(
  payloads: Ledger['payloads'],
  { changed, date }: { changed: Payload[]; date: LocalDay },
): Promise<void> {
  if (changed.length === 0) return
  const writes = changed.map((one) => {
    const { _id, contentHashes, releaseKeys, usedOn, ...body } = toStored(one, date)
    const $set = { contentHashes, releaseKeys }
    const update = { $set, $max: { usedOn }, $setOnInsert: body }
    return { updateOne: { filter: { _id }, update, upsert: true } }
  })
  await payloads.bulkWrite(writes, { ordered: false })
}

function toStored({ hash, ...body }: Payload, usedOn: LocalDay): StoredPayload {
  return { _id: hash, usedOn, ...body }
}

/** What a text is made of, to be compared. */
function contentsOf({
  contentHashes,
  releaseKeys,
}: Pick<Payload, 'contentHashes' | 'releaseKeys'>) {
  return [...contentHashes, ...releaseKeys].join()
}

const REPLACEABLE = { $in: EXCLUSION_REASONS.filter(isReplaceable) }

async function addExclusions(ledger: Ledger, added: Exclusion[]): Promise<void> {
  const { exclusions } = ledger
  await noteMerged(ledger, added)
  const known = await insertNew(exclusions, added)
  if (known.length === 0) return
  const freed = await exclusions
    .find({ _id: { $in: known }, reason: REPLACEABLE }, { projection: { _id: 1 } })
    .toArray()
  if (freed.length === 0) return
  const ids = new Set(freed.map(({ _id }) => _id))
  const writes = added
    .filter(({ _id }) => ids.has(_id))
    .map(({ _id, reason, into, covers }) => ({
      updateOne: {
        filter: { _id, reason: REPLACEABLE },
        update: { $set: { reason, ...(into && { into }), ...(covers && { covers }) } },
      },
    }))
  await exclusions.bulkWrite(writes, { ordered: false })
}

/** Before the exclusions themselves: what is not known to be merged is not looked for. */
async function noteMerged({ mergedSlots }: Ledger, added: Exclusion[]): Promise<void> {
  const slots = new Map<string, Set<string>>()
  for (const { reason, delivery } of added) {
    if (reason !== 'merged') continue
    const { pair, slot } = parseDeliveryId(delivery)
    const [municipality = ''] = pair.split(':')
    slots.set(municipality, (slots.get(municipality) ?? new Set()).add(slot))
  }
  for (const [_id, own] of slots) {
    const $addToSet = { slots: { $each: [...own] } }
    await mergedSlots.updateOne({ _id }, { $addToSet }, { upsert: true })
  }
}

async function replaceExclusions(
  { exclusions }: Ledger,
  { _id: run, attempts }: PlannedRun,
  delivered: string[],
): Promise<void> {
  const ids = delivered.map((id) => `${run}|${id}`)
  await exclusions.updateMany({ _id: { $in: ids } }, { $set: { until: attempts } })
}

async function dropReplaced({ exclusions }: Ledger, { _id: run, sealed }: PlannedRun) {
  if (sealed.length > 1) await exclusions.deleteMany({ run, until: { $in: sealed } })
}

async function count(ledger: Ledger, run: PlannedRun): Promise<Omit<RunNumbers, 'audience'>> {
  const [reasons, groups] = await Promise.all([countReasons(ledger, run), countGroups(ledger, run)])
  const excluded = sumOf(reasons, ({ n }) => n)
  const planned = sumOf(groups, ({ deliveries }) => deliveries)
  return {
    candidates: planned + excluded,
    deliveries: planned,
    leftOut: sumOf(groups, ({ leftOut }) => leftOut),
    exclusions: Object.fromEntries(reasons.map(({ _id, n }) => [_id, n])),
    groups: groups.length,
    batches: sumOf(groups, ({ batches }) => batches),
    calls: sumOf(groups, ({ _id, deliveries, batches }) =>
      _id.channel === 'mail' ? deliveries : batches,
    ),
  }
}

type DatedRun = Pick<Run, '_id' | 'municipality' | 'date'>

async function countOfOneDay(
  { db, deliveries }: Ledger & { db: Db },
  { _id: run, municipality, date }: DatedRun,
): Promise<number> {
  const announced = `${municipality}:${ANNOUNCEMENT}`
  const notices = `${municipality}:${noticesOfDay(date)}`
  const surveys = await surveysAsked(db, { municipality, from: date, to: date })
  const ranges = [
    idsWithin(announced),
    { $gte: `${notices}-`, $lt: `${notices}.` }, // `.` is the sign after `-`
    ...surveys.map((id) => idsWithin(`${municipality}:${surveySlot(id)}`)),
  ]
  const counts = await Promise.all(
    ranges.map((_id) => deliveries.countDocuments({ _id, batch: batchesOfRun(run) })),
  )
  return sumOf(counts, (count) => count)
}

function sumOf<One>(all: readonly One[], numberOf: (one: One) => number): number {
  return all.reduce((sum, one) => sum + numberOf(one), 0)
}

function countReasons({ exclusions }: Ledger, run: PlannedRun) {
  return exclusions
    .aggregate<{ _id: ExclusionReason; n: number }>([
      { $match: countedExclusions(run) },
      { $group: { _id: '$reason', n: { $sum: 1 } } },
    ])
    .toArray()
}

interface GroupCount {
  _id: { channel: Batch['channel'] }
  batches: number
  deliveries: number
  leftOut: number
}

/** Batches and deliveries of each text of each account. */
function countGroups({ batches }: Ledger, { _id: run }: PlannedRun): Promise<GroupCount[]> {
  const size = { $size: '$recipients' }
  return batches
    .aggregate<GroupCount>([
      { $match: { run, 'recipients.0': { $exists: true } } },
      {
        $group: {
          _id: { channel: '$channel', account: '$account', payload: '$payload' },
          batches: { $sum: 1 },
          deliveries: { $sum: size },
          leftOut: { $sum: { $cond: [{ $gt: ['$leftOut', 0] }, size, 0] } },
        },
      },
    ])
    .toArray()
}
