import type { Document, UpdateFilter } from 'mongodb'

import { inTurn } from '../database/transaction'
import { changePeople, type ChangeStamp, type Changing } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { noteDates } from './dateNote'
import { findDateRights, mayChangeDates } from './dateRights'
import type { Child, Reader } from './reader'
import { recordTwins } from './recordTwins'
import { givenDates, recordStatement, type Recording } from './recordStatement'
import { twinsOf } from './sameChild'
import type { ChangeOutcome, ReaderChild, ReaderStore } from './store'

type Changes = Pick<
  ReaderStore,
  | 'addChild'
  | 'joinChild'
  | 'changeAnchor'
  | 'reportBirth'
  | 'takeBackBirth'
  | 'dateRights'
  | 'giveDateRights'
  | 'chooseCorrectedAge'
  | 'changeProfile'
>

/** What readers change themselves; a stopped child is never changed. */
export function createChanges(context: StoreContext): Changes {
  return {
    addChild: (added) => addChild(context, added),
    joinChild: (joined) => joinChild(context, joined),
    changeAnchor: (changed) => changeAnchor(context, changed),
    reportBirth: ({ birthDate, ...of }) => changeAnchor(context, { ...of, dates: { birthDate } }),
    takeBackBirth: (of) => takeBackBirth(context, of),
    dateRights: (of) => findDateRights(context.db, of),
    giveDateRights: (given) => giveDateRights(context, given),
    chooseCorrectedAge: ({ isCorrected, ...of }) =>
      changeChild(context, activeOf(of), {
        [isCorrected ? '$addToSet' : '$pull']: { corrected: of.readerId },
      }),
    changeProfile: (changed) => changeProfile(context, changed),
  }
}

function addChild(
  { db, now }: StoreContext,
  { readerId, childId, count = 1, answer, ...dates }: Parameters<Changes['addChild']>[0],
): ReturnType<Changes['addChild']> {
  const { readers, children } = readerCollections(db)
  return inTurn(db, async (session) => {
    const reader = await readers.findOne({ _id: readerId, status: 'active' }, { session })
    if (!reader) return { status: 'unknown' as const }
    if (childId && (await children.findOne({ _id: childId, readers: readerId }, { session }))) {
      return { status: 'added' as const, childId } // sent twice: it is there already
    }
    const dated = { reader, dates: givenDates(dates), answer, saidAt: now() }
    const said = { ...dated, ...(childId && { childId }) }
    const work = { db, children, now, session }
    const recorded = await (count > 1
      ? recordTwins(work, said, count)
      : recordStatement(work, said))
    if (childId && recorded.status !== 'asked') await endQuestion({ db, session }, childId)
    return recorded
  })
}

/** A confirmation that asked this is used: pressed again, its link asks no more. */
async function endQuestion(
  { db, session }: Pick<Recording, 'db' | 'session'>,
  childId: string,
): Promise<void> {
  const { confirmations } = readerCollections(db)
  const ended = { $unset: { asked: 1 as const, sealed: 1 as const } }
  await confirmations.updateOne({ 'asked.childId': childId }, ended, { session })
}

/** Changes a child's dates; its due date is that of its twins too. */
function changeAnchor(
  context: StoreContext,
  { dates, ...of }: Parameters<Changes['changeAnchor']>[0],
): Promise<ChangeOutcome> {
  const { db } = context
  const { readers, children } = readerCollections(db)
  return inTurn(db, async (session) => {
    const reader = await readers.findOne({ _id: of.readerId }, { session })
    const child = await children.findOne(activeOf(of), { session })
    if (!reader || !child) return { status: 'unknown' }
    if (!(await mayChangeDates({ db, session }, child, reader._id))) return { status: 'unknown' }
    const own = await children.find({ readers: reader._id }, { session }).toArray()
    const { dueDate, ...others } = givenDates(dates)
    const twins = dueDate ? twinsOf(child, own, reader.relation) : []
    const $in = twins.map(({ _id }) => _id)
    const work = { ...context, session }
    await noteDates(work, { children: [child], dates: givenDates(dates), by: reader._id })
    if (dueDate) await noteDates(work, { children: twins, dates: { dueDate }, by: reader._id })
    await changePeople({ ...context, session }, child.municipality, async (stamp) => {
      const ofChild = { ...others, ...(dueDate && { dueDate }), ...stamp }
      await children.updateOne({ _id: child._id }, { $set: ofChild }, { session })
      if (!dueDate || $in.length === 0) return
      await children.updateMany({ _id: { $in } }, { $set: { dueDate, ...stamp } }, { session })
    })
    return { status: 'changed' }
  })
}

function takeBackBirth(context: StoreContext, of: ReaderChild): Promise<ChangeOutcome> {
  const { db } = context
  const { children } = readerCollections(db)
  return inTurn(db, async (session) => {
    const expected = { ...activeOf(of), dueDate: { $exists: true } }
    const child = await children.findOne(expected, { session })
    if (!child || !(await mayChangeDates({ db, session }, child, of.readerId)))
      return { status: 'unknown' }
    const work = { ...context, session }
    await noteDates(work, { children: [child], dates: { birthDate: undefined }, by: of.readerId })
    await changePeople(work, child.municipality, (stamp) =>
      children.updateOne(
        { _id: child._id },
        { $set: stamp, $unset: { birthDate: 1 as const } },
        { session },
      ),
    )
    return { status: 'changed' }
  })
}

function joinChild(
  context: StoreContext,
  { readerId, childId }: ReaderChild,
): Promise<ChangeOutcome> {
  const { db } = context
  const { readers, children } = readerCollections(db)
  return inTurn(db, async (session) => {
    const reader = await readers.findOne({ _id: readerId, status: 'active' }, { session })
    if (!reader) return { status: 'unknown' }
    const { municipality } = reader
    return changePeople({ ...context, session }, municipality, async (stamp) => {
      const { matchedCount } = await children.updateOne(
        { _id: childId, municipality, status: 'active' },
        { $addToSet: { readers: readerId }, $pull: { left: readerId }, $set: stamp },
        { session },
      )
      return outcome(matchedCount)
    })
  })
}

async function giveDateRights(
  context: StoreContext,
  { to, ...of }: ReaderChild & { to: readonly string[] },
): Promise<ChangeOutcome> {
  const rights = await findDateRights(context.db, of)
  if (!rights?.isFirst) return { status: 'unknown' }
  const keepers = rights.others.map(({ id }) => id).filter((id) => to.includes(id))
  return changeChild(context, activeOf(of), { $set: { keepers } })
}

/** A reader's child that goes on. */
function activeOf({ childId, readerId }: ReaderChild) {
  return { _id: childId, readers: readerId, status: 'active' as const }
}

/** Changes one child in a transaction, and its change number with it. */
function changeChild(
  context: StoreContext,
  which: Pick<Child, '_id'> & { readers: string; status?: Child['status'] },
  update: UpdateFilter<Child>,
): Promise<ChangeOutcome> {
  const { db } = context
  const { children } = readerCollections(db)
  return inTurn(db, async (session) => {
    const child = await children.findOne(which, { session })
    if (!child) return { status: 'unknown' }
    await changePeople({ ...context, session }, child.municipality, (stamp) => {
      const $set = { ...update.$set, ...stamp }
      return children.updateOne({ _id: child._id }, { ...update, $set }, { session })
    })
    return { status: 'changed' }
  })
}

function changeProfile(
  context: StoreContext,
  { readerId, edition, relation, area }: Parameters<Changes['changeProfile']>[0],
): Promise<ChangeOutcome> {
  const profile = {
    ...(edition !== undefined && { edition }),
    ...(relation !== undefined && { relation }),
    ...(area !== undefined && { area }),
  }
  return changeReader(context, readerId, (stamp) => ({ $set: { ...profile, ...stamp } }))
}

/** Changes one reader in a transaction; `update` is made with the change's stamp. */
export function changeReader(
  context: StoreContext,
  readerId: string,
  update: ReaderUpdate,
): Promise<ChangeOutcome> {
  return inTurn(context.db, async (session) => {
    const reader = await changeReaderIn({ ...context, session }, readerId, update)
    return outcome(reader ? 1 : 0)
  })
}

/** What is written to a reader, with the change's stamp. */
type ReaderUpdate = (stamp: ChangeStamp) => Document[] | { $set: Partial<Reader> }

/** {@link changeReader} within a transaction; tells how they were before, null of nobody. */
export async function changeReaderIn(
  work: Changing,
  readerId: string,
  update: ReaderUpdate,
): Promise<Reader | null> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id: readerId }, { session })
  if (!reader) return null
  await changePeople(work, reader.municipality, (stamp) =>
    readers.updateOne({ _id: readerId }, update(stamp), { session }),
  )
  return reader
}

/** `changed` when a document was there to change. *Pure.* */
export function outcome(matchedCount: number): ChangeOutcome {
  return { status: matchedCount > 0 ? 'changed' : 'unknown' }
}
