import type { ClientSession, Db } from 'mongodb'

import { inTransaction } from '../database/transaction'
import { ledgerCollections } from './collections'
import type { Delivery, Exclusion, Run } from './documents'
import { isWithdrawnUnsent } from './states'

/** What one planning may touch. */
export type Planning = Pick<Run, '_id' | 'attempts' | 'sealed'>

/** A delivery that exists, or that another one stands for. */
export type ExistingDelivery = Pick<Delivery, '_id' | 'run' | 'date' | 'attempt'>

/** What the ledger knows of deliveries that may be planned. */
export interface Before {
  /** Those that must not be planned again. */
  standing: ExistingDelivery[]
  /** Those that were planned but certainly never went out, because their text was withdrawn. */
  withdrawn: ExistingDelivery[]
}

/** A twin's milestone stands by the other twin's, and that one by its stage text. */
const LONGEST_CHAIN = 2

const FIELDS = {
  run: 1,
  date: 1,
  attempt: 1,
  batch: 1,
  status: 1,
  reason: 1,
  code: 1,
} as const

const COVERS = { run: 1, date: 1, attempt: 1, covers: 1, into: 1 } as const

/** Reads what was planned before, and gives back what a withdrawal kept from going out. */
export function createExistingDeliveries(db: Db) {
  const { batches, deliveries, exclusions } = ledgerCollections(db)

  /**
   * Of these deliveries the ones that exist, or that another one stands for that exists; for a
   * planning without what an earlier one of the same run left unsealed, which will never be sent.
   */
  const existing = (ids: string[], planning?: Planning): Promise<Before> =>
    look(ids, { planning, chain: LONGEST_CHAIN })

  const look = async (ids: string[], { planning, chain }: Look): Promise<Before> => {
    if (ids.length === 0) return { standing: [], withdrawn: [] }
    const size = { batchSize: ids.length + 1 }
    const [found, covering] = await Promise.all([
      deliveries.find({ _id: { $in: ids } }, { projection: FIELDS, ...size }).toArray(),
      exclusions.find({ covers: { $in: ids } }, { projection: COVERS, ...size }).toArray(),
    ])
    const isKept = (one: Pick<ExistingDelivery, 'run' | 'attempt'>) =>
      !planning || !isLeftBehind(one, planning)
    const own = found.filter(isKept)
    const unsent = await unsentAmong(own)
    const covers = await standingCovers(covering.filter(isKept), { planning, chain })
    return {
      standing: [...own.filter(({ _id }) => !unsent.has(_id)), ...covers],
      withdrawn: own.filter(({ _id }) => unsent.has(_id)),
    }
  }

  /** Exclusions in favour of a delivery that does not exist, or never went out, cover nothing. */
  const standingCovers = async (covering: Exclusion[], { planning, chain }: Look) => {
    if (covering.length === 0 || chain === 0) return []
    const targets = covering.flatMap(({ into }) => into ?? [])
    const { standing } = await look([...new Set(targets)], { planning, chain: chain - 1 })
    const reached = new Set(standing.map(({ _id }) => _id))
    return covering.flatMap(({ run, date, attempt, covers, into }) =>
      covers && into && reached.has(into) ? [{ _id: covers, run, date, attempt }] : [],
    )
  }

  const unsentAmong = async (found: Delivery[], session?: ClientSession): Promise<Set<string>> => {
    const silent = found.filter(({ status }) => !status).map(({ batch }) => batch)
    const ended =
      silent.length === 0
        ? []
        : await batches
            .find(
              { _id: { $in: [...new Set(silent)] } },
              { projection: { state: 1, reason: 1 }, session },
            )
            .toArray()
    const byId = new Map(ended.map((batch) => [batch._id, batch]))
    const unsent = found.filter((one) => isWithdrawnUnsent(one, byId.get(one.batch) ?? null))
    return new Set(unsent.map(({ _id }) => _id))
  }

  /**
   * Turns deliveries that a withdrawal kept from going out into exclusions of the runs they are in,
   * so that they can be planned anew. It is one transaction and looks again: what was or may have
   * been sent, has expired, or belongs to a later planning stays. What was merged into one of them
   * did not go out either.
   */
  const freeWithdrawn = async (planning: Planning, ids: string[]): Promise<void> => {
    if (ids.length === 0) return
    await inTransaction(db, async (session) => {
      const earlier = [{ run: { $ne: planning._id } }, { attempt: { $lt: planning.attempts } }]
      const found = await deliveries
        .find({ _id: { $in: ids }, $or: earlier }, { session })
        .toArray()
      const unsent = await unsentAmong(found, session)
      const freed = found.filter(({ _id }) => unsent.has(_id))
      if (freed.length > 0) await free(freed, session)
    })
  }

  const free = async (freed: Delivery[], session: ClientSession): Promise<void> => {
    const ids = freed.map(({ _id }) => _id)
    await deliveries.deleteMany({ _id: { $in: ids } }, { session })
    const excluded = freed.map(toExclusion).map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id }, replacement, upsert: true },
    }))
    await exclusions.bulkWrite(excluded, { session, ordered: false })
    const runs = [...new Set(freed.map(({ run }) => run))]
    await exclusions.updateMany(
      { run: { $in: runs }, reason: 'merged', into: { $in: ids } },
      { $set: { reason: 'withdrawn' }, $unset: { into: '', covers: '' } },
      { session },
    )
    const taken = [...idsByBatch(freed)].map(([_id, own]) => ({
      updateOne: {
        filter: { _id },
        update: { $pull: { recipients: { $in: own } }, $inc: { freed: own.length } },
      },
    }))
    await batches.bulkWrite(taken, { session, ordered: false })
  }
  return { existing, freeWithdrawn }
}

interface Look {
  planning: Planning | undefined
  /** How many more deliveries may stand for one another. */
  chain: number
}

function isLeftBehind(
  { run, attempt }: Pick<ExistingDelivery, 'run' | 'attempt'>,
  { _id, attempts, sealed }: Planning,
): boolean {
  return run === _id && attempt < attempts && !sealed.includes(attempt)
}

function idsByBatch(freed: readonly Delivery[]): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { _id, batch } of freed) {
    const own = ids.get(batch)
    if (own) own.push(_id)
    else ids.set(batch, [_id])
  }
  return ids
}

function toExclusion({ _id: delivery, run, date, attempt }: Delivery): Exclusion {
  return { _id: `${run}|${delivery}`, run, date, delivery, attempt, reason: 'withdrawn' }
}
