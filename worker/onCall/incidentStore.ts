import type { Db } from 'mongodb'

import { inTransaction, isDuplicateKey } from '../database/transaction'
import { ensureCollection } from '../ledger/collections'
import type { Incident } from './incident'
import { dueLetters, untaken, type OnCallLetter } from './letters'

/** What was told is looked up for so long, and no incident needs it later. */
const LETTERS_KEPT_SECONDS = 30 * 24 * 3600

/** A message that was taken up and has no outcome after this is one whose process has died. */
const CLAIM_MS = 3 * 60_000

/** What is stored of incidents, and of the messages about them. */
export function onCallCollections(db: Db) {
  return {
    incidents: db.collection<Incident>('incidents'),
    letters: db.collection<OnCallLetter>('onCallLetters'),
  }
}

/** Creates both collections and what makes letters go; may be called at every start. */
export async function ensureOnCall(db: Db): Promise<void> {
  const { incidents, letters } = onCallCollections(db)
  await ensureCollection(db, incidents.collectionName)
  await letters.createIndex({ madeAt: 1 }, { expireAfterSeconds: LETTERS_KEPT_SECONDS })
}

/** Incidents and letters: of many processes that look, one writes and one sends. */
export function createIncidentStore({ db, now }: { db: Db; now: () => Date }) {
  const { incidents, letters } = onCallCollections(db)
  return {
    all: async (): Promise<Map<string, Incident>> =>
      new Map((await incidents.find().toArray()).map((one) => [one._id, one])),

    /** Writes an incident with its letters, unless another process has written it since it was read. */
    save: (known: Incident | null, incident: Incident, made: OnCallLetter[]): Promise<boolean> =>
      save(db, { known, incident, made }),

    /** Takes up the letters of these ways that may go now; each by one process alone. */
    takeDue: async (ways: readonly string[]): Promise<OnCallLetter[]> => {
      const waiting = await letters.find({ way: { $in: [...ways] }, state: 'waiting' }).toArray()
      const taken: OnCallLetter[] = []
      for (const letter of dueLetters(waiting, now())) {
        const { _id, tries, nextAt } = letter
        const claim = { tries: tries + 1, nextAt: new Date(now().getTime() + CLAIM_MS) }
        const { modifiedCount } = await letters.updateOne(
          { _id, state: 'waiting', tries, nextAt },
          { $set: claim },
        )
        if (modifiedCount === 1) taken.push({ ...letter, ...claim })
      }
      return taken
    },

    /** Notes what came of a letter; null: it was taken. */
    note: async (letter: OnCallLetter, code: string | null): Promise<void> => {
      const { _id } = letter
      const $set =
        code === null
          ? { state: 'taken' as const, code: null }
          : untaken(letter, { code, now: now() })
      await letters.updateOne({ _id, state: 'waiting' }, { $set })
    },
  }
}

/** Incidents and letters. */
export type IncidentStore = ReturnType<typeof createIncidentStore>

interface Saved {
  known: Incident | null
  incident: Incident
  made: OnCallLetter[]
}

async function save(db: Db, { known, incident, made }: Saved): Promise<boolean> {
  const { incidents, letters } = onCallCollections(db)
  const rev = (known?.rev ?? 0) + 1
  try {
    return await inTransaction(db, async (session) => {
      if (known === null) await incidents.insertOne({ ...incident, rev }, { session })
      else {
        const ours = { _id: known._id, rev: known.rev }
        const { _id, ...rest } = incident
        const { matchedCount } = await incidents.replaceOne(ours, { ...rest, rev }, { session })
        if (matchedCount === 0) return false
      }
      if (made.length > 0) await letters.insertMany(made, { session })
      return true
    })
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}
