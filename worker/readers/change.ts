import { randomUUID } from 'node:crypto'

import { readerCollections, type StoreContext } from './collections'
import { isDuplicateKey } from '../database/transaction'
import type { Child } from './reader'
import { givenDates } from './register'
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

async function addChild(
  { db, now }: StoreContext,
  { readerId, childId = randomUUID(), ...dates }: Parameters<Changes['addChild']>[0],
): ReturnType<Changes['addChild']> {
  const { readers, children } = readerCollections(db)
  const reader = await readers.findOne({ _id: readerId, status: 'active' })
  if (!reader) return { status: 'unknown' }
  const child: Child = {
    _id: childId,
    municipality: reader.municipality,
    readers: [readerId],
    ...givenDates(dates),
    status: 'active',
    createdAt: now(),
    changedAt: now(),
  }
  try {
    await children.insertOne(child)
  } catch (error) {
    if (!isDuplicateKey(error)) throw error // sent twice: it is there already
  }
  return { status: 'added', childId }
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
