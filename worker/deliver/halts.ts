import type { ClientSession, Db } from 'mongodb'

import type { HaltAct } from '../../src/operation/act'
import { scopesOf, type Outgoing } from '../../src/operation/halt'
import { createJoined } from '../concurrency/joined'
import { ledgerCollections } from '../ledger/collections'
import type { Halt } from '../ledger/documents'

/** How long what was read is relied on; who stops something sees it stop within this. */
const FRESH_MS = 1000

interface HaltsOptions {
  db: Db
  /** Milliseconds that only grow, whatever becomes of the clock. */
  elapsed?: () => number
}

/** What people have stopped, in memory, read anew each second that something is sent. */
export function createHalts({ db, elapsed = () => performance.now() }: HaltsOptions) {
  const { halts } = ledgerCollections(db)
  let known = new Map<string, Halt>()
  let readAt = -Infinity
  const read = createJoined(async () => {
    const at = elapsed()
    known = new Map((await halts.find().toArray()).map((halt) => [halt._id, halt]))
    readAt = at
  })
  return {
    /** Knows what was stopped a second ago and before. */
    refresh: async (): Promise<void> => {
      if (elapsed() - readAt >= FRESH_MS) await read()
    },
    /** What is known is read anew before the next use. */
    forget: (): void => {
      readAt = -Infinity
    },
    /** Whether something stops this now, by what is known. */
    isHalted: (outgoing: Outgoing): boolean =>
      known.size > 0 && scopesOf(outgoing).some((scope) => known.has(scope)),
    /** All that is stopped, as it is stored now. */
    all: (): Promise<Halt[]> => halts.find().sort({ at: 1 }).toArray(),
    /** Stops a scope or lets it go on; stopping what is stopped keeps since when, and why. */
    put: async (
      { scope, isOn }: HaltAct,
      { at, reason, session }: Pick<Halt, 'at' | 'reason'> & { session: ClientSession },
    ): Promise<void> => {
      const first = { $setOnInsert: { at, reason } }
      if (isOn) await halts.updateOne({ _id: scope }, first, { upsert: true, session })
      else await halts.deleteOne({ _id: scope }, { session })
    },
  }
}

/** What people have stopped. */
export type Halts = ReturnType<typeof createHalts>
