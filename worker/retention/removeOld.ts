import type { Db } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'
import type { ContentStore } from '../content/store'
import { ledgerCollections } from '../ledger/collections'
import { readerCollections } from '../readers/collections'
import { removeSome, type Removal } from './removal'

/**
 * Removes revisions and settings that later ones have replaced for longer than days are kept: nothing that is
 * still explained or verified was made of them. The newest of each text stays, a withdrawal too.
 */
export function createRevisionRemoval(store: Pick<ContentStore, 'forgetReplaced'>): Removal {
  return async ({ instant }) => {
    await store.forgetReplaced(instant)
    return false // all at once: there are as many as were published on a day
  }
}

/** Removes first refusals that no second one has followed, states of friends who are no news, and notes of erasures. */
export function createNoteRemoval(db: Db): Removal {
  const { filterNotes, friendships, erasures } = readerCollections(db)
  return async ({ day, instant }) => {
    const noted = await removeSome(filterNotes, refusedBefore(day))
    // A reader who has blocked the account bears that; the note is for one who registers later.
    const known = await removeSome(friendships, notedBefore(instant))
    // A backup that is older is not put back any more.
    const erased = await removeSome(erasures, notedBefore(instant))
    return noted + known + erased > 0
  }
}

/** First refusals before a day. *Pure.* */
export function refusedBefore(day: LocalDay) {
  return { firstOn: { $lt: day } }
}

/** What was noted before an instant. *Pure.* */
export function notedBefore(instant: Date) {
  return { at: { $lt: instant } }
}

/** Signs of workers that were killed are no use any more after this. */
const SIGNS_KEPT_MS = 24 * 3600_000

/** Removes what is left of workers that were killed, and losses that no run is older than. */
export function createTraceRemoval({ db, now }: { db: Db; now: () => Date }): Removal {
  const { workers, runs, installation } = ledgerCollections(db)
  return async ({ day, instant }) => {
    await workers.deleteMany({ at: { $lt: new Date(now().getTime() - SIGNS_KEPT_MS) } })
    const isNeeded =
      (await runs.findOne({ date: { $lt: day } }, { projection: { _id: 1 } })) !== null
    if (isNeeded) return false
    const over = { acceptedAt: { $ne: null }, until: { $lt: instant } }
    await installation.updateOne({ _id: 'installation' }, { $pull: { losses: over } })
    return false
  }
}
