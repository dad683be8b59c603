import type { Db } from 'mongodb'

import { ledgerCollections, DURABLE } from './collections'
import type { Run, RunHold, RunNumbers } from './documents'
import { runStatesBefore, type RunState } from './states'

/** Another worker has the run now: stop at once and write nothing more. */
export class LostLeaseError extends Error {
  readonly code = 'LOST_LEASE'
}

/** A run that is ours until `leaseUntil`; its epoch is in every later write. */
export interface Claim {
  run: Run
  epoch: number
}

interface RunStoreOptions {
  db: Db
  now: () => Date
  /** Name of this process, for people who look. */
  owner: string
  leaseMs?: number
}

/** How long a run stays claimed without a sign of life. */
const LEASE_MS = 30_000

/** What describes a run that is asked for. */
export type RunRequest = Pick<
  Run,
  | '_id'
  | 'municipality'
  | 'date'
  | 'kind'
  | 'reader'
  | 'isForced'
  | 'isStale'
  | 'opensAt'
  | 'closesAt'
>

/** The runs: asked for, claimed with a lease and a rising epoch, finished. */
export function createRunStore({ db, now, owner, leaseMs = LEASE_MS }: RunStoreOptions) {
  const { runs } = ledgerCollections(db)
  const lease = () => new Date(now().getTime() + leaseMs)

  /** Asks for a run once; asking again for one that exists changes nothing. */
  const request = async (asked: RunRequest): Promise<void> => {
    await runs.updateOne(
      { _id: asked._id },
      { $setOnInsert: fresh(asked, now()) },
      {
        upsert: true,
        ...DURABLE,
      },
    )
  }

  /** Asks for a run now, also if it is finished: what is new since then will be planned. */
  const requestAgain = async (asked: RunRequest): Promise<void> => {
    await request(asked)
    const { _id, opensAt, closesAt, isStale } = asked
    const forced = { isForced: true, opensAt, closesAt, isStale, wakeAt: null }
    const reopened = await runs.updateOne(
      { _id, state: { $in: runStatesBefore('requested').filter((state) => state !== 'sending') } },
      { $set: { ...forced, state: 'requested' }, $unset: { hold: '' } },
      DURABLE,
    )
    if (reopened.matchedCount === 1) return
    await runs.updateOne({ _id, state: 'requested' }, { $set: forced }, DURABLE)
    const underWay = { _id, state: { $in: ['planning', 'sending'] as RunState[] } }
    await runs.updateOne(underWay, { $set: { ...forced, isAgain: true } }, DURABLE)
  }

  /** Asks for a finished run again within its own hours, because these releases are back. */
  const requestAnew = async (_id: string, republished: string): Promise<void> => {
    const set = { state: 'requested' as const, wakeAt: null, republished }
    await runs.updateOne({ _id, state: 'done' }, { $set: set }, DURABLE)
  }

  /** Claims one run, or null when it is finished or somebody else's. Fails closed. */
  const claim = async (id: string): Promise<Claim | null> => {
    const run = await runs.findOneAndUpdate(
      { _id: id, state: { $nin: ['done', 'held'] }, ...free() },
      { $inc: { epoch: 1 }, $set: { leaseUntil: lease(), owner } },
      { returnDocument: 'after', ...DURABLE },
    )
    return run ? { run, epoch: run.epoch } : null
  }

  const free = () => ({
    $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now() } }],
  })

  /** Unfinished runs nobody works on and in which something can be done, welcomes first. */
  const claimable = async (): Promise<Run[]> =>
    runs
      .find({
        state: { $in: UNFINISHED },
        $and: [free(), { $or: [{ wakeAt: null }, { wakeAt: { $lte: now() } }] }],
      })
      .sort({ kind: -1, date: 1 })
      .limit(200)
      .toArray()

  /** A sign of life. @throws LostLeaseError */
  const renew = (claimed: Claim): Promise<Run> => write(claimed, { leaseUntil: lease() })

  /** Gives the run back for anybody, who needs not look before `wakeAt`. */
  const release = async ({ run, epoch }: Claim, wakeAt: Date | null = null): Promise<void> => {
    await runs.updateOne({ _id: run._id, epoch }, { $set: { leaseUntil: null, wakeAt } }, DURABLE)
  }

  /** Begins a planning: its number marks what it writes. @throws LostLeaseError */
  const beginPlanning = async ({ run, epoch }: Claim): Promise<Run> => {
    const begun = await runs.findOneAndUpdate(
      { _id: run._id, epoch, state: { $in: runStatesBefore('planning') } },
      { $set: { state: 'planning', isAgain: false, leaseUntil: lease() }, $inc: { attempts: 1 } },
      { returnDocument: 'after', ...DURABLE },
    )
    return ours(begun)
  }

  /** Ends a planning: from now on its batches may be sent. @throws LostLeaseError */
  const seal = async ({ run, epoch }: Claim, plan: RunNumbers): Promise<Run> => {
    const { attempts } = run
    const sealed = await runs.findOneAndUpdate(
      { _id: run._id, epoch, attempts, state: { $in: runStatesBefore('sending') } },
      {
        $set: { state: 'sending', plan, plannedAt: now(), leaseUntil: lease() },
        $addToSet: { sealed: attempts },
      },
      { returnDocument: 'after', ...DURABLE },
    )
    return ours(sealed)
  }

  /** Stops a run until a person asks for it again. @throws LostLeaseError */
  const hold = ({ run, epoch }: Claim, why: RunHold, plan: RunNumbers | null): Promise<Run> =>
    move({ run, epoch }, 'held', { hold: why, plan, leaseUntil: null })

  /** Ends a run; one that was asked for again meanwhile starts anew. @throws LostLeaseError */
  const finish = async (claimed: Claim): Promise<Run> => {
    const { isAgain } = await renew(claimed)
    if (isAgain) return move(claimed, 'requested', { leaseUntil: null })
    return move(claimed, 'done', { leaseUntil: null, finishedAt: now() })
  }

  const move = async ({ run, epoch }: Claim, state: RunState, set: Partial<Run>) => {
    const from = { $in: runStatesBefore(state) }
    const moved = await runs.findOneAndUpdate(
      { _id: run._id, epoch, state: from },
      { $set: { ...set, state } },
      { returnDocument: 'after', ...DURABLE },
    )
    return ours(moved)
  }

  const write = async ({ run, epoch }: Claim, set: Partial<Run>): Promise<Run> =>
    ours(
      await runs.findOneAndUpdate(
        { _id: run._id, epoch },
        { $set: set },
        { returnDocument: 'after', ...DURABLE },
      ),
    )

  const find = (id: string) => runs.findOne({ _id: id })
  const ofDate = (date: string) => runs.find({ date }).sort({ _id: 1 }).toArray()
  return {
    request,
    requestAgain,
    requestAnew,
    claim,
    claimable,
    renew,
    release,
    beginPlanning,
    seal,
    hold,
    finish,
    find,
    ofDate,
  }
}

const UNFINISHED: RunState[] = ['requested', 'planning', 'sending']

/** The store of runs. */
export type RunStore = ReturnType<typeof createRunStore>

/** A run as it would be in its first planning, for plans that are not written. *Pure.* */
export function imaginedRun(asked: RunRequest): Run {
  return { _id: asked._id, ...fresh(asked, asked.opensAt.line), attempts: 1 }
}

function fresh(asked: RunRequest, requestedAt: Date): Omit<Run, '_id'> {
  const { municipality, date, kind, reader, isForced, isStale, opensAt, closesAt } = asked
  return {
    municipality,
    date,
    kind,
    isForced,
    isStale,
    opensAt,
    closesAt,
    ...(reader === undefined ? {} : { reader }),
    state: 'requested',
    isAgain: false,
    epoch: 0,
    leaseUntil: null,
    owner: null,
    wakeAt: null,
    attempts: 0,
    sealed: [],
    plan: null,
    requestedAt,
  }
}

function ours(run: Run | null): Run {
  if (!run) throw new LostLeaseError('The run was claimed by another worker')
  return run
}
