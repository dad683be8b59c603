import type { Db } from 'mongodb'

import { movedRequest, welcomeRequest } from './due'
import { welcomeNotes } from '../ledger/collections'
import type { RunStore } from '../ledger/runs'
import type { Reader } from '../readers/reader'

interface WelcomeOptions {
  db: Db
  now: () => Date
}

/** The web side's half: leaves a note that the worker finds within two seconds. */
export function createWelcomes({ db, now }: WelcomeOptions) {
  const welcomes = welcomeNotes(db)

  /** Asks for the welcome of a reader; may be called again. */
  const requestWelcome = async (reader: string): Promise<void> => {
    await welcomes.updateOne(
      { _id: reader },
      { $set: { requestedAt: now() }, $unset: { hasNoGreeting: 1 as const } },
      { upsert: true, writeConcern: { w: 'majority', journal: true } },
    )
  }

  /** Turns the notes into runs of their own. Tells their ids. */
  const takeUp = async (runs: RunStore): Promise<string[]> => {
    const notes = await welcomes.find().sort({ requestedAt: 1 }).limit(100).toArray()
    const ids: string[] = []
    for (const { _id: reader, hasNoGreeting } of notes) {
      const known = await db.collection<Reader>('readers').findOne({ _id: reader })
      if (known) {
        const requestOf = hasNoGreeting ? movedRequest : welcomeRequest
        const request = requestOf({ code: known.municipality, reader }, now())
        await runs.requestAgain(request)
        ids.push(request._id)
      }
      await welcomes.deleteOne({ _id: reader })
    }
    return ids
  }
  /** Forgets the notes until an instant: a ledger that was lost took them up within seconds. */
  const forget = async (until: Date): Promise<void> => {
    await welcomes.deleteMany({ requestedAt: { $lte: until } })
  }
  return { requestWelcome, takeUp, forget }
}

/** Welcomes, asked for and taken up. */
export type Welcomes = ReturnType<typeof createWelcomes>
