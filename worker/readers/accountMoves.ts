import type { ClientSession, Filter } from 'mongodb'

import { countStates, readerState, type MoveCounts } from '../../src/accounts/readerState'
import type { OpenMove } from '../../src/plan/settings'
import { insertNew } from '../database/insertNew'
import { inTurn, isDuplicateKey } from '../database/transaction'
import { createAccountSwitch, type AccountSwitch } from './accountSwitch'
import { accountMarks, markId, ofMove, type MoveMark } from './accountMarks'
import { changePeople } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { isSame, nameOf } from './identity'
import type { Reader } from './reader'

/** A move with the providers of its two accounts (`mail` of mail), and whose readers they are. */
export interface MoveOfTown extends Pick<OpenMove, 'id' | 'kind' | 'stage'> {
  municipality: string
  fromProvider: string
  toProvider: string
}

/** Who is between two accounts. */
export interface AccountMoves extends AccountSwitch {
  /** Notes every reader of the account that is left, each once; gives how many are new. */
  markAll: (move: MoveOfTown) => Promise<number>
  /** Lets one reader try it before it begins; false where the move does not concern them. */
  addTrial: (of: { move: MoveOfTown; readerId: string }) => Promise<boolean>
  /** Whether a reader is among those who may move now. */
  mayMove: (of: { move: Pick<OpenMove, 'id' | 'stage'>; readerId: string }) => Promise<boolean>
  /** Those who have not had a letter and have not moved, so many at most. */
  withoutLetter: (of: { move: MoveOfTown; letter: number; limit: number }) => Promise<MoveMark[]>
  /** Those whose letter has no outcome yet. */
  inFlight: (of: { move: MoveOfTown; letter: number }) => Promise<MoveMark[]>
  /** Notes that a letter is about to go out; false where another process was faster. */
  beginLetter: (mark: Pick<MoveMark, '_id'>, letter: number) => Promise<boolean>
  endLetter: (
    mark: Pick<MoveMark, '_id'>,
    of: { letter: number; outcome: NonNullable<MoveMark['letters'][string]['outcome']> },
  ) => Promise<void>
  /** Takes some of those who have moved back; gives how many there were. */
  restoreSome: (move: MoveOfTown, limit: number) => Promise<number>
  /** How many stand where: each reader of the move in exactly one state. */
  count: (move: MoveOfTown) => Promise<MoveCounts>
  /** Forgets the marks of moves that are over. */
  forgetOthers: (open: readonly string[]) => Promise<void>
  /** Ends the mail beside LINE of those who have not blocked the account for so long. */
  endFallbacks: (limit: number) => Promise<void>
}

/** How long a mail identity stays beside LINE: from the move, or from the last block. */
export const FALLBACK_MS = 30 * 24 * 3600_000

/** Opens the moves between accounts. */
export function createAccountMoves(context: StoreContext): AccountMoves {
  const { db, now } = context
  const marks = accountMarks(db)
  const seen: Seen = new Map()
  return {
    ...createAccountSwitch(context),
    markAll: (move) => markAll(context, move, seen),
    addTrial: ({ move, readerId }) => addTrial(context, move, readerId),
    mayMove: async ({ move, readerId }) => {
      if (move.stage === 'takingBack' || move.stage === 'switched') return false
      if (move.stage !== 'trial') return true
      const _id = markId({ move: move.id, reader: readerId })
      return (await marks.findOne({ _id, isTrial: true })) !== null
    },
    withoutLetter: ({ move, letter, limit }) =>
      marks
        .find({ ...movers(move), [`letters.${letter}`]: { $exists: false } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    inFlight: ({ move, letter }) =>
      marks.find({ ...movers(move), [`letters.${letter}.outcome`]: { $type: 'null' } }).toArray(),
    beginLetter: async ({ _id }, letter) => {
      const free = { _id, [`letters.${letter}`]: { $exists: false } }
      const $set = { [`letters.${letter}`]: { firstTriedAt: now(), outcome: null } }
      return (await marks.updateOne(free, { $set })).modifiedCount === 1
    },
    endLetter: async ({ _id }, { letter, outcome }) => {
      const at = `letters.${letter}.outcome`
      await marks.updateOne({ _id, [at]: { $in: [null, 'unknown'] } }, { $set: { [at]: outcome } })
    },
    restoreSome: (move, limit) => restoreSome(context, move, limit),
    count: (move) => count(context, move),
    forgetOthers: async (open) => {
      await marks.deleteMany({ move: { $nin: [...open] } })
    },
    endFallbacks: (limit) => endFallbacks(context, limit),
  }
}

function movers(move: MoveOfTown): Filter<MoveMark> {
  return { ...ofMove(move), linkedAt: { $exists: false } }
}

function onAccountLeft({ municipality, fromProvider }: MoveOfTown): Filter<Reader> {
  const account = fromProvider
  return { municipality, status: 'active', identities: { $elemMatch: { account } } }
}

/** The town's latest change when its readers were marked, by move: then there is nobody new. */
type Seen = Map<string, number>

async function markAll({ db }: StoreContext, move: MoveOfTown, seen: Seen): Promise<number> {
  const marks = accountMarks(db)
  const { changeCounters } = readerCollections(db)
  const last = (await changeCounters.findOne({ _id: move.municipality }))?.last ?? 0
  if (seen.get(move.id) === last) return 0
  const found = await readerCollections(db)
    .readers.find(onAccountLeft(move), { projection: { _id: 1 } })
    .toArray()
  const known = new Set(await marks.distinct('reader', { move: move.id }))
  const fresh = found.filter(({ _id }) => !known.has(_id))
  await insertNew(
    marks,
    fresh.map(({ _id }) => newMark(move, _id)),
  )
  seen.set(move.id, last)
  return fresh.length
}

function newMark({ id: move, municipality }: MoveOfTown, reader: string): MoveMark {
  return { _id: markId({ move, reader }), move, reader, municipality, letters: {} }
}

async function addTrial({ db }: StoreContext, move: MoveOfTown, reader: string): Promise<boolean> {
  const concerned = { ...onAccountLeft(move), _id: reader }
  if (!(await readerCollections(db).readers.findOne(concerned))) return false
  const { _id, ...mark } = newMark(move, reader)
  const change = { $setOnInsert: mark, $set: { isTrial: true as const } }
  await accountMarks(db).updateOne({ _id }, change, { upsert: true })
  return true
}

async function restoreSome(
  context: StoreContext,
  move: MoveOfTown,
  limit: number,
): Promise<number> {
  const marks = accountMarks(context.db)
  const linked = await marks
    .find({ move: move.id, linkedAt: { $exists: true } })
    .limit(limit)
    .toArray()
  for (const mark of linked) await restoreOne(context, move, mark)
  return linked.length
}

/** Where somebody has registered anew with the old address meanwhile, it stays that one's. */
async function restoreOne(context: StoreContext, move: MoveOfTown, mark: MoveMark): Promise<void> {
  const $unset = { linkedAt: 1, before: 1 } as const
  try {
    await inTurn(context.db, async (session) => {
      await giveBack({ ...context, session }, move, mark)
      await accountMarks(context.db).updateOne({ _id: mark._id }, { $unset }, { session })
    })
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    await accountMarks(context.db).updateOne({ _id: mark._id }, { $unset })
  }
}

async function giveBack(
  work: StoreContext & { session: ClientSession },
  { municipality, toProvider }: MoveOfTown,
  { reader: readerId, before = [] }: MoveMark,
): Promise<void> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id: readerId, municipality }, { session })
  const moved = reader?.identities.find(({ account }) => account === toProvider)
  if (!reader || reader.isErased || !moved) return
  const known = [...(reader.former ?? []), nameOf(moved)]
  const former = known.filter((one) => !before.some((back) => isSame(one, back)))
  await changePeople(work, municipality, (stamp) =>
    readers.updateOne(
      { _id: readerId },
      {
        $set: { identities: before, former, contactSince: work.now(), ...stamp },
        $unset: { fallbackSince: 1 as const },
      },
      { session },
    ),
  )
}

async function count({ db }: StoreContext, move: MoveOfTown): Promise<MoveCounts> {
  const { readers, children } = readerCollections(db)
  const marks = await accountMarks(db).find(ofMove(move)).toArray()
  const ids = marks.map(({ reader }) => reader)
  const found = await readers
    .find({ _id: { $in: ids } }, { projection: { municipality: 1, status: 1, identities: 1 } })
    .toArray()
  const { municipality } = move
  const served = new Set(
    await children.distinct('readers', { municipality, status: 'active', readers: { $in: ids } }),
  )
  const readerOf = new Map(found.map((reader) => [reader._id, reader]))
  return countStates(
    marks.map((mark) => {
      const reader = readerOf.get(mark.reader)
      const isOurs = reader?.municipality === municipality && reader.status === 'active'
      return readerState({
        kind: move.kind,
        from: move.fromProvider,
        to: move.toProvider,
        isServed: isOurs && served.has(mark.reader),
        identities: reader?.identities ?? [],
        isThere: mark.isThere,
        letters: Object.values(mark.letters).flatMap(({ outcome }) =>
          outcome === 'skipped' ? [] : [outcome],
        ),
      })
    }),
  )
}

async function endFallbacks(context: StoreContext, limit: number): Promise<void> {
  const { db, now } = context
  const { readers } = readerCollections(db)
  const before = new Date(now().getTime() - FALLBACK_MS)
  const due = await readers
    .find({ fallbackSince: { $lt: before } }, { projection: { _id: 1 } })
    .limit(limit)
    .toArray()
  for (const { _id } of due) {
    await inTurn(db, (session) => endFallback({ ...context, session }, _id, before))
  }
}

/** Who has blocked the account goes on with the mail, and the days count from there. */
async function endFallback(
  work: StoreContext & { session: ClientSession },
  _id: string,
  before: Date,
): Promise<void> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id, fallbackSince: { $lt: before } }, { session })
  if (!reader) return
  const lines = reader.identities.filter(({ channel }) => channel === 'line')
  const isReached = lines.some(({ status }) => status === 'active')
  const rest = reader.identities.filter((one) => !lines.includes(one))
  await changePeople(work, reader.municipality, (stamp) =>
    readers.updateOne(
      { _id },
      isReached
        ? {
            $set: {
              identities: lines,
              former: [...(reader.former ?? []), ...rest.map(nameOf)],
              ...stamp,
            },
            $unset: { fallbackSince: 1 as const },
          }
        : { $set: { fallbackSince: work.now(), ...stamp } },
      { session },
    ),
  )
}
