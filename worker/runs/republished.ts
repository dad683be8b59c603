import type { Db } from 'mongodb'

import { addDays, localDayOf } from '../../src/stage/day'
import type { ContentStore } from '../content/store'
import type { SyncedContents } from '../deliver/content'
import { instantOf } from './due'
import { ledgerCollections } from '../ledger/collections'
import type { Run } from '../ledger/documents'
import type { RunStore } from '../ledger/runs'

interface RepublishedOptions {
  db: Db
  store: Pick<ContentStore, 'withdrawnSince'>
  contents: () => SyncedContents
  runs: Pick<RunStore, 'requestAnew'>
  now: () => Date
}

/**
 * Asks again for today's finished runs that a withdrawal kept something in, as soon as there is a
 * text for it again and as long as their hours last; once for each release that came back.
 */
export function createRepublished({ db, store, contents, runs, now }: RepublishedOptions) {
  const { batches, payloads, runs: all } = ledgerCollections(db)

  return async (): Promise<void> => {
    const today = localDayOf(now())
    const withdrawn = await store.withdrawnSince(instantOf(addDays(today, -1), '00:00'))
    const releases = new Map<string, string>()
    for (const key of withdrawn) {
      const latest = contents().latest(key)
      if (latest?.action === 'publish') releases.set(key, latest.id)
    }
    if (releases.size === 0) return
    const done = await all.find({ date: today, state: 'done' }).toArray()
    for (const run of done.filter(isWithinHours)) {
      const back = await backFor(run, releases)
      if (back !== '' && back !== run.republished) await runs.requestAnew(run._id, back)
    }
  }

  function isWithinHours({ closesAt }: Run): boolean {
    return Object.values(closesAt).some((at) => now() < at)
  }

  /** Ids of the releases that are back and were in something a run was kept from sending. */
  async function backFor(run: Run, releases: ReadonlyMap<string, string>): Promise<string> {
    const kept = { state: 'excluded' as const, reason: 'withdrawn' as const }
    const hashes = await batches.distinct('payload', {
      run: run._id,
      attempt: { $in: run.sealed },
      ...kept,
      'recipients.0': { $exists: true },
    })
    if (hashes.length === 0) return ''
    const made = await payloads
      .find({ _id: { $in: hashes } }, { projection: { releaseKeys: 1 } })
      .toArray()
    const keys = new Set(made.flatMap(({ releaseKeys }) => releaseKeys))
    const ids = [...keys].flatMap((key) => releases.get(key) ?? [])
    return ids.sort().join()
  }
}
