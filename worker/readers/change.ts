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
export function createChanges({ db, now }: StoreContext): Changes {
  const { readers, children } = readerCollections(db)

  const changeChild = async (of: ReaderChild, update: { $set?: Partial<Child> } & object) => {
    const result = await children.updateOne(
      { _id: of.childId, readers: of.readerId, status: 'active' },
      { ...update, $set: { ...update.$set, changedAt: now() } },
    )
    return outcome(result.matchedCount)
  }

  return {
    addChild: async ({ readerId, childId = randomUUID(), ...dates }) => {
      const reader = await readers.findOne({ _id: readerId, status: 'active' })
      if (!reader) return { status: 'unknown' }
      const stamps = { createdAt: now(), changedAt: now() }
      const { municipality } = reader
      const child = { _id: childId, municipality, readers: [readerId], ...givenDates(dates) }
      try {
        await children.insertOne({ ...child, status: 'active', ...stamps })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error // sent twice: it is there already
      }
      return { status: 'added', childId }
    },

    joinChild: async ({ readerId, childId }) => {
      const reader = await readers.findOne({ _id: readerId, status: 'active' })
      if (!reader) return { status: 'unknown' }
      const result = await children.updateOne(
        { _id: childId, municipality: reader.municipality, status: 'active' },
        { $addToSet: { readers: readerId }, $set: { changedAt: now() } },
      )
      return outcome(result.matchedCount)
    },

    changeAnchor: ({ dates, ...of }) => changeChild(of, { $set: givenDates(dates) }),
    reportBirth: ({ birthDate, ...of }) => changeChild(of, { $set: { birthDate } }),
    chooseCorrectedAge: ({ isCorrected, ...of }) =>
      changeChild(of, { [isCorrected ? '$addToSet' : '$pull']: { corrected: of.readerId } }),

    changeProfile: async ({ readerId, edition, relation, area }) => {
      const $set = {
        ...(edition !== undefined && { edition }),
        ...(relation !== undefined && { relation }),
        ...(area !== undefined && { area }),
        changedAt: now(),
      }
      const result = await readers.updateOne({ _id: readerId }, { $set })
      return outcome(result.matchedCount)
    },
  }
}

/** `changed` when a document was there to change. *Pure.* */
export function outcome(matchedCount: number): ChangeOutcome {
  return { status: matchedCount > 0 ? 'changed' : 'unknown' }
}
