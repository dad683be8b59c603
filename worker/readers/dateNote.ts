import type { ClientSession, Db } from 'mongodb'

import { forgottenAfter, readerCollections, type DateNote, type StoreContext } from './collections'
import type { Child, ChildDates } from './reader'
import type { ReaderStore } from './store'

/** What is changed within this time of a change is told with it. */
export const NOTE_WAIT_MS = 10 * 60_000

/** After this nobody is told any more: what was changed is old news. */
const NOTE_LIFE_MS = 3 * 24 * 3600_000

/** Dates that are about to change. */
interface DateChange {
  /** As they are before. */
  children: readonly Child[]
  dates: ChildDates
  /** Id of the reader who changes them, who is not told. */
  by: string
}

/** Notes that the others of these children are to be told, within the transaction of the change. */
export async function noteDates(
  { db, now, session }: { db: Db; now: () => Date; session: ClientSession },
  { children, dates, by }: DateChange,
): Promise<void> {
  const { dateNotes } = readerCollections(db)
  const changed = children.filter((child) => hasOthers(child, dates))
  const told = new Set(changed.flatMap(({ readers }) => readers).filter((id) => id !== by))
  const dueAt = new Date(now().getTime() + NOTE_WAIT_MS)
  for (const _id of told) {
    const own = changed.filter(({ readers }) => readers.includes(_id)).map((child) => child._id)
    const $set = { dueAt, removeAt: forgottenAfter(NOTE_LIFE_MS) }
    const note = { $addToSet: { children: { $each: own } }, $set }
    await dateNotes.updateOne({ _id }, note, { upsert: true, session })
  }
}

function hasOthers(child: Child, dates: ChildDates): boolean {
  return (['dueDate', 'birthDate', 'entryDate'] as const).some(
    (name) => name in dates && child[name] !== dates[name],
  )
}

/** Reading the notes that are due, and taking each once. */
export function createDateNotes({
  db,
  now,
}: StoreContext): Pick<ReaderStore, 'dueDateNotes' | 'takeDateNote' | 'putOffDateNote'> {
  const { dateNotes } = readerCollections(db)
  const same = ({ _id, dueAt }: DateNote) => ({ _id, dueAt })
  return {
    dueDateNotes: (limit) =>
      dateNotes
        .find({ dueAt: { $lte: now() } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray(),
    takeDateNote: async (note) => (await dateNotes.deleteOne(same(note))).deletedCount === 1,
    putOffDateNote: async (note, until) => {
      await dateNotes.updateOne(same(note), { $set: { dueAt: until } })
    },
  }
}
