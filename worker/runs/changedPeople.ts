import type { Db } from 'mongodb'

import { localDayOf } from '../../src/stage/day'
import { ledgerCollections } from '../ledger/collections'
import type { Run } from '../ledger/documents'
import type { RunStore } from '../ledger/runs'
import type { Changes } from '../readers/changeNumber'
import { isOpenStill } from './due'

/** A run is planned again for changed people at most this often. */
const EVERY_MS = 60_000

interface ChangedPeopleOptions {
  db: Db
  runs: Pick<RunStore, 'requestChanged'>
  changes: Pick<Changes, 'lastOfAll'>
  now: () => Date
}

/**
 * Asks again for today's planned runs of municipalities whose people have changed since, as long as
 * their hours last: who has other dates now gets the text of these, and nobody a second one.
 */
export function createChangedPeople(options: ChangedPeopleOptions) {
  return async (): Promise<void> => {
    const { db, runs, changes, now } = options
    const planned = { date: localDayOf(now()), kind: 'daily' as const, isStale: false }
    const found = await ledgerCollections(db)
      .runs.find({ ...planned, state: { $in: ['sending', 'done'] }, isAgain: false })
      .toArray()
    const open = found.filter((run) => mayBePlanned(run, now()))
    if (open.length === 0) return
    const counts = await changes.lastOfAll()
    const changed = open.filter(
      ({ municipality, plannedWith = 0 }) => (counts.get(municipality) ?? 0) > plannedWith,
    )
    if (changed.length > 0) await runs.requestChanged(changed.map(({ _id }) => _id))
  }
}

function mayBePlanned(run: Run, now: Date): boolean {
  const { plannedAt } = run
  return isOpenStill(run, now) && (!plannedAt || now.getTime() - plannedAt.getTime() >= EVERY_MS)
}
