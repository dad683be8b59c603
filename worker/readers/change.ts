import { readerCollections, type StoreContext } from './collections'
import { inTransaction } from '../database/transaction'
import type { Child } from './reader'
import { givenDates, recordStatement } from './recordStatement'
import type { ChangeOutcome, ReaderChild, ReaderStore } from './store'

type Changes = Pick<
  ReaderStore,
  'addChild' | 'joinChild' | 'changeAnchor' | 'reportBirth' | 'chooseCorrectedAge' | 'changeProfile'
>

/** What readers change themselves; a stopped child is never changed. */
export function createChanges(context: StoreContext): Changes {
  return {
    addChild: (added) => addChild(context, added),
    joinChild: (joined) => joinChild(context, joined),
    changeAnchor: ({ dates, ...of }) => changeChild(context, of, { $set: givenDates(dates) }),
    reportBirth: ({ birthDate, ...of }) => changeChild(context, of, { $set: { birthDate } }),
    chooseCorrectedAge: ({ isCorrected, ...of }) =>
      changeChild(context, of, {
        [isCorrected ? '$addToSet' : '$pull']: { corrected: of.readerId },
      }),
    changeProfile: (changed) => changeProfile(context, changed),
  }
}

function addChild(
  { db, now }: StoreContext,
  { readerId, childId, answer, ...dates }: Parameters<Changes['addChild']>[0],
): ReturnType<Changes['addChild']> {
  const { readers, children } = readerCollections(db)
  return inTransaction(db, async (session) => {
    const reader = await readers.findOne({ _id: readerId, status: 'active' }, { session })
    if (!reader) return { status: 'unknown' as const }
    if (childId && (await children.findOne({ _id: childId, readers: readerId }, { session }))) {
      return { status: 'added' as const, childId } // sent twice: it is there already
    }
    const said = { reader, dates: givenDates(dates), answer, saidAt: now() }
    return recordStatement({ children, now, session }, { ...said, ...(childId && { childId }) })
  })
}

async function joinChild(
  { db, now }: StoreContext,
  { readerId, childId }: ReaderChild,
): Promise<ChangeOutcome> {
  const { readers, children } = readerCollections(db)
  const reader = await readers.findOne({ _id: readerId, status: 'active' })
  if (!reader) return { status: 'unknown' }
  const result = await children.updateOne(
    { _id: childId, municipality: reader.municipality, status: 'active' },
    { $addToSet: { readers: readerId }, $set: { changedAt: now() } },
  )
  return outcome(result.matchedCount)
}

async function changeChild(
  { db, now }: StoreContext,
  of: ReaderChild,
  update: { $set?: Partial<Child> } & object,
): Promise<ChangeOutcome> {
  const result = await readerCollections(db).children.updateOne(
    { _id: of.childId, readers: of.readerId, status: 'active' },
    { ...update, $set: { ...update.$set, changedAt: now() } },
  )
  return outcome(result.matchedCount)
}

async function changeProfile(
  { db, now }: StoreContext,
  { readerId, edition, relation, area }: Parameters<Changes['changeProfile']>[0],
): Promise<ChangeOutcome> {
  const $set = {
    ...(edition !== undefined && { edition }),
    ...(relation !== undefined && { relation }),
    ...(area !== undefined && { area }),
    changedAt: now(),
  }
  const result = await readerCollections(db).readers.updateOne({ _id: readerId }, { $set })
  return outcome(result.matchedCount)
}

/** `changed` when a document was there to change. *Pure.* */
export function outcome(matchedCount: number): ChangeOutcome {
  return { status: matchedCount > 0 ? 'changed' : 'unknown' }
}
