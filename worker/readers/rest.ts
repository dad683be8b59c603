import type { Filter } from 'mongodb'

import { isRestingOn } from '../../src/plan/rest'
import { localDayOf } from '../../src/stage/day'

import { inTurn } from '../database/transaction'
import { changeReaderIn, outcome } from './change'
import { readerCollections, type StopNote, type StoreContext } from './collections'
import { noteStop, openTo, type Stopping } from './stopNote'
import type { ChangeOutcome, ReaderStore } from './store'

type Rests = Pick<ReaderStore, 'rest' | 'comeBack' | 'isOwnRest' | 'takeBackRest'>

/**
 * Resting and its end. By a link that opens nothing else a rest is begun, and ended in the browser
 * alone that began it: whoever holds a forwarded mail ends and shortens nobody else's.
 */
export function createRests(context: StoreContext): Rests {
  const { db } = context
  const { stopNotes } = readerCollections(db)
  return {
    rest: ({ browser, ...asked }) =>
      inTurn(db, (session) => rest({ ...context, session, browser }, asked)),
    comeBack: (readerId) =>
      inTurn(db, async (session) => {
        await stopNotes.deleteOne({ _id: noteOf(readerId) }, { session })
        return endRest({ ...context, session }, readerId)
      }),
    isOwnRest: async (asked) => (await stopNotes.findOne(ownNote(context, asked))) !== null,
    takeBackRest: (asked) =>
      inTurn(db, async (session) => {
        const note = await stopNotes.findOneAndDelete(ownNote(context, asked), { session })
        return note ? endRest({ ...context, session }, asked.readerId) : { status: 'unknown' }
      }),
  }
}

async function rest(
  work: Stopping,
  { readerId, until }: Pick<Parameters<Rests['rest']>[0], 'readerId' | 'until'>,
): Promise<ChangeOutcome> {
  const { db, now, session, browser } = work
  const { readers, stopNotes } = readerCollections(db)
  const isByLink = browser !== undefined
  const before = isByLink && (await readers.findOne({ _id: readerId }, { session }))
  if (before && isRestingOn(before.rest, localDayOf(now()))) return { status: 'changed' }
  const reader = await changeReaderIn(work, readerId, (stamp) => ({
    $set: { rest: { until }, ...stamp },
  }))
  // A note of a rest before is none of this one.
  await stopNotes.deleteOne({ _id: noteOf(readerId) }, { session })
  if (reader && browser) await noteStop(work, { reader: readerId, kind: 'rest', children: [] })
  return outcome(reader ? 1 : 0)
}

async function endRest(work: Stopping, readerId: string): Promise<ChangeOutcome> {
  const reader = await changeReaderIn(work, readerId, (stamp) => [
    { $set: stamp },
    { $unset: 'rest' },
  ])
  return outcome(reader ? 1 : 0)
}

/** The note of the present rest, for the browser that began it. */
function ownNote(
  context: StoreContext,
  { readerId, browser }: { readerId: string; browser: string | null },
): Filter<StopNote> {
  return { ...openTo(context, { readerId, browser }), _id: noteOf(readerId) }
}

/** As {@link noteStop} names it. */
function noteOf(readerId: string): string {
  return `rest:${readerId}`
}
