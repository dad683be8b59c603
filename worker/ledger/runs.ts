import type { ClientSession, Collection, Db, Filter } from 'mongodb'

import type { RunAct } from '../../src/operation/act'
import { untilKnown } from '../database/untilKnown'
import { DURABLE, ledgerCollections } from './collections'
import type { Run, RunHold, RunNumbers } from './documents'
import { runMove, type Move } from './moves'
import { requestedRun, type RunRequest } from './runRequest'
import type { RunState } from './states'

/** Another worker has the run now: stop at once and write nothing more. */
export class LostLeaseError extends Error {
  readonly code = 'LOST_LEASE'
}

/** A run that is ours until `leaseUntil`; later writes note its epoch, those to the run ask for it. */
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

/** Why a run is held that nobody could be sent, for a reason of ours; it is tried again by itself. */
export const ALL_REFUSED = 'all-refused'

/** How long a run stays claimed without a sign of life. */
const LEASE_MS = 30_000

/** Runs that are read at once to be taken up. */
const MAX_CLAIMABLE = 200

const UNFINISHED: RunState[] = ['requested', 'planning', 'sending']

/** The runs: asked for, claimed with a lease and a rising epoch, planned, sealed, finished. */
export function createRunStore({ db, now, owner, leaseMs = LEASE_MS }: RunStoreOptions) {
  const { runs } = ledgerCollections(db)
  const store: Store = { runs, now, owner, leaseMs }
  return {
    /** Asks for a run once; asking again for one that exists changes nothing. */
    request: (asked: RunRequest) => request(store, asked),
    /** Asks for a run now, also if it is finished: what is new since then will be planned. */
    requestAgain: (asked: RunRequest) => requestAgain(store, asked),
    /** Asks for a planned run again within its own hours, because these releases are back. */
    requestAnew: (id: string, republished: string) => requestAnew(store, id, republished),

    /** Asks for planned runs again, because people have changed since. */
    requestChanged: (ids: string[]) => requestChanged(store, ids),

    /** Unfinished runs nobody works on and in which something can be done, welcomes first. */
    claimable: () => claimable(store),
    /** Claims one run, or null when it is finished or somebody else's. Fails closed. */
    claim: (id: string) => claim(store, id),
    /** A sign of life. @throws LostLeaseError */
    renew: (claimed: Claim) => renew(store, claimed),
    /** Gives the run back for anybody, who needs not look before `wakeAt`. */
    release: (claimed: Claim, wakeAt: Date | null = null) => release(store, claimed, wakeAt),
    /**
     * Gives back a run of which nothing can be sent before `wakeAt`; one that was asked for again
     * meanwhile is planned anew at once, for there may be something to send now: then false.
     */
    wait: (claimed: Claim, wakeAt: Date) => wait(store, claimed, wakeAt),

    /**
     * Begins a planning: its number marks what it writes, `plannedWith` is the last change of
     * people before it reads any. @throws LostLeaseError
     */
    beginPlanning: (claimed: Claim, plannedWith: number) =>
      beginPlanning(store, claimed, plannedWith),
    /** Ends a planning: from now on its batches may be sent. @throws LostLeaseError */
    seal: (claimed: Claim, plan: RunNumbers) => seal(store, claimed, plan),
    /** Stops a run until a person asks for it again. @throws LostLeaseError */
    hold: (claimed: Claim, why: RunHold, plan: RunNumbers | null) =>
      hold(store, claimed, { why, plan }),
    /** Asks again for runs that were held until now because everything was refused. */
    retryRefused: (heldUntil: Date) => retryRefused(store, heldUntil),
    /** Ends runs that are still held when their hours are over: what they have left is stale. */
    endHeld: () => endHeld(store),
    /**
     * Lets a run go on that has been held since an instant, without comparing it with the day before;
     * or ends it, with all it has left recorded as expired. False when it is not held so any more.
     */
    decideHeld: ({ run, heldAt, act }: RunAct, session?: ClientSession) =>
      decideHeld(store, { id: run, heldAt: new Date(heldAt), act, session }),
    /** Asks for all held runs again: what became of them, a ledger that was lost would know. */
    reopenHeld: () => reopenHeld(store),
    /** A municipality's latest day before another one that was planned to be sent, or null. */
    lastPlanned: (municipality: string, before: string) =>
      lastPlanned(store, { municipality, before }),
    /** Ends a run; one that was asked for again meanwhile starts anew. @throws LostLeaseError */
    finish: (claimed: Claim) => finish(store, claimed),

    find: (id: string) => runs.findOne({ _id: id }),
    ofDate: (date: string) => runs.find({ date }).sort({ _id: 1 }).toArray(),
  }
}

/** The store of runs. */
export type RunStore = ReturnType<typeof createRunStore>

interface Store {
  runs: Collection<Run>
  now: () => Date
  owner: string
  leaseMs: number
}

async function request({ runs, now }: Store, asked: RunRequest): Promise<void> {
  const { _id, ...fresh } = requestedRun(asked, now())
  await runs.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true, ...DURABLE })
}

async function requestAgain(store: Store, asked: RunRequest): Promise<void> {
  const { runs } = store
  await request(store, asked)
  const { _id, opensAt, closesAt, isStale } = asked
  const forced = { isForced: true, opensAt, closesAt, isStale, wakeAt: null }
  const { filter, update } = runMove(
    { _id, state: { $in: ['done', 'held'] } },
    { ...forced, state: 'requested' },
  )
  const reopened = await runs.updateOne(filter, { ...update, $unset: { hold: '' } }, DURABLE)
  if (reopened.matchedCount === 1) return
  await runs.updateOne({ _id, state: 'requested' }, { $set: forced }, DURABLE)
  const underWay = { _id, state: { $in: ['planning', 'sending'] as RunState[] } }
  await runs.updateOne(underWay, { $set: { ...forced, isAgain: true } }, DURABLE)
}

async function requestChanged({ runs }: Store, ids: string[]): Promise<void> {
  const done = runMove({ _id: { $in: ids }, state: 'done' }, { state: 'requested', wakeAt: null })
  await untilKnown(() => runs.updateMany(done.filter, done.update, DURABLE))
  const sending = { _id: { $in: ids }, state: 'sending' as const }
  await untilKnown(() => runs.updateMany(sending, { $set: AGAIN }, DURABLE))
}

/** A run under way that is asked for again is taken up at once, even if it waits for an hour. */
const AGAIN = { isAgain: true, wakeAt: null }

async function requestAnew({ runs }: Store, _id: string, republished: string): Promise<void> {
  const { filter, update } = runMove(
    { _id, state: 'done' },
    { state: 'requested', wakeAt: null, republished },
  )
  const asked = await runs.updateOne(filter, update, DURABLE)
  if (asked.matchedCount === 1) return
  await runs.updateOne({ _id, state: 'sending' }, { $set: { ...AGAIN, republished } }, DURABLE)
}

/** Filter for the runs that nobody has, or whose worker gave no sign of life in time. */
function free({ now }: Store) {
  return { $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now() } }] }
}

function leaseEnd({ now, leaseMs }: Store): Date {
  return new Date(now().getTime() + leaseMs)
}

function claimable(store: Store): Promise<Run[]> {
  const isAwake = { $or: [{ wakeAt: null }, { wakeAt: { $lte: store.now() } }] }
  return store.runs
    .find({ state: { $in: UNFINISHED }, $and: [free(store), isAwake] })
    .sort({ kind: -1, date: 1 })
    .limit(MAX_CLAIMABLE)
    .toArray()
}

async function claim(store: Store, id: string): Promise<Claim | null> {
  const run = await store.runs.findOneAndUpdate(
    { _id: id, state: { $nin: ['done', 'held'] }, ...free(store) },
    { $inc: { epoch: 1 }, $set: { leaseUntil: leaseEnd(store), owner: store.owner } },
    { returnDocument: 'after', ...DURABLE },
  )
  return run ? { run, epoch: run.epoch } : null
}

async function renew(store: Store, { run, epoch }: Claim): Promise<Run> {
  return ours(
    await store.runs.findOneAndUpdate(
      { _id: run._id, epoch },
      { $set: { leaseUntil: leaseEnd(store) } },
      { returnDocument: 'after', ...DURABLE },
    ),
  )
}

async function release({ runs }: Store, { run, epoch }: Claim, wakeAt: Date | null): Promise<void> {
  const given = { $set: { leaseUntil: null, wakeAt } }
  await untilKnown(() => runs.updateOne({ _id: run._id, epoch }, given, DURABLE))
}

async function wait({ runs }: Store, { run, epoch }: Claim, wakeAt: Date): Promise<boolean> {
  const isNotAgain = { _id: run._id, epoch, isAgain: { $ne: true } }
  const given = { $set: { leaseUntil: null, wakeAt } }
  const { matchedCount } = await untilKnown(() => runs.updateOne(isNotAgain, given, DURABLE))
  if (matchedCount === 1) return true
  const isAgain = { _id: run._id, epoch, isAgain: true }
  const anew = runMove(isAgain, { state: 'requested', leaseUntil: null, wakeAt: null })
  await untilKnown(() => runs.updateOne(anew.filter, anew.update, DURABLE))
  return false
}

async function beginPlanning(
  store: Store,
  { run, epoch }: Claim,
  plannedWith: number,
): Promise<Run> {
  const { filter, update } = runMove(
    { _id: run._id, epoch },
    { state: 'planning', isAgain: false, leaseUntil: leaseEnd(store), plannedWith },
  )
  return write(store, { filter, update: { ...update, $inc: { attempts: 1 } } })
}

async function seal(store: Store, { run, epoch }: Claim, plan: RunNumbers): Promise<Run> {
  const { attempts } = run
  const { filter, update } = runMove(
    { _id: run._id, epoch, attempts },
    { state: 'sending', plan, plannedAt: store.now(), leaseUntil: leaseEnd(store) },
  )
  const written = { state: 'sending' as const, attempts, sealed: attempts }
  return write(store, { filter, update: { ...update, $addToSet: { sealed: attempts } } }, written)
}

function finish(store: Store, claimed: Claim): Promise<Run> {
  const finishedAt = store.now()
  return endUnlessAgain(store, claimed, { state: 'done', finishedAt, isUnchecked: true })
}

function hold(
  store: Store,
  claimed: Claim,
  { why, plan }: { why: RunHold; plan: RunNumbers | null },
): Promise<Run> {
  return endUnlessAgain(store, claimed, { state: 'held', hold: why, plan })
}

/** Ends a run; one that was asked for again meanwhile starts anew instead. */
async function endUnlessAgain(store: Store, claimed: Claim, end: RunChange): Promise<Run> {
  const { run, epoch } = claimed
  const isNotAgain = { _id: run._id, epoch, isAgain: { $ne: true } }
  const { filter, update } = runMove(isNotAgain, { ...end, leaseUntil: null })
  const ended = await untilKnown(async (isRepeated) => {
    const written = await store.runs.findOneAndUpdate(filter, update, AFTER)
    if (written || !isRepeated) return written
    return store.runs.findOne({ _id: run._id, epoch, state: end.state })
  })
  if (ended) return ended
  const isAgain = { _id: run._id, epoch, isAgain: true }
  const anew = runMove(isAgain, { state: 'requested', leaseUntil: null })
  return write(store, anew, { state: 'requested' })
}

type RunChange = Parameters<typeof runMove>[1]

function retryRefused(store: Store, heldUntil: Date): Promise<void> {
  return reopenHeld(store, { 'hold.code': ALL_REFUSED, 'hold.at': { $lte: heldUntil } })
}

function endHeld(store: Store): Promise<void> {
  const over = { $lte: store.now() }
  const isOver = { 'closesAt.line': over, 'closesAt.mail': over }
  return reopenHeld(store, isOver, { isStale: true })
}

interface HeldDecision extends Pick<RunAct, 'act'> {
  id: string
  heldAt: Date
  session: ClientSession | undefined
}

async function decideHeld(
  { runs }: Store,
  { id, heldAt, act, session }: HeldDecision,
): Promise<boolean> {
  const set: Partial<Run> = act === 'continue' ? { isForced: true } : { isStale: true }
  const { filter, update } = runMove(
    { _id: id, state: 'held', 'hold.at': heldAt },
    { ...set, state: 'requested', wakeAt: null },
  )
  const how = session ? { session } : DURABLE // a transaction has its own write concern
  const found = await runs.updateOne(filter, { ...update, $unset: { hold: '' } }, how)
  return found.matchedCount === 1
}

/** Asks for held runs again. */
async function reopenHeld(
  { runs }: Store,
  which: Filter<Run> = {},
  set: Partial<Run> = {},
): Promise<void> {
  const { filter, update } = runMove(
    { state: 'held', ...which },
    { ...set, state: 'requested', wakeAt: null },
  )
  await runs.updateMany(filter, { ...update, $unset: { hold: '' } }, DURABLE)
}

function lastPlanned(
  { runs }: Store,
  { municipality, before }: { municipality: string; before: string },
): Promise<Run | null> {
  const ran = { kind: 'daily' as const, isStale: false, 'sealed.0': { $exists: true } }
  return runs.findOne({ municipality, date: { $lt: before }, ...ran }, { sort: { date: -1 } })
}

const AFTER = { returnDocument: 'after', ...DURABLE } as const

/** Writes to a claimed run; `written` is how it looks when only the answer of a write was lost. */
function write(
  { runs }: Store,
  { filter, update }: Move<Run>,
  written?: Filter<Run>,
): Promise<Run> {
  const { _id, epoch } = filter
  return untilKnown(async (isRepeated) => {
    const run = await runs.findOneAndUpdate(filter, update, AFTER)
    if (run || !isRepeated || !written) return ours(run)
    return ours(await runs.findOne({ _id, epoch, ...written }))
  })
}

function ours(run: Run | null): Run {
  if (!run) throw new LostLeaseError('The run was claimed by another worker')
  return run
}
