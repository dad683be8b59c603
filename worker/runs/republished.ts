import type { Collection, Db } from 'mongodb'

import { addDays, instantOf, localDayOf } from '../../src/stage/day'
import type { ContentStore } from '../content/store'
import type { SyncedContent } from '../content/syncedContent'
import { ledgerCollections } from '../ledger/collections'
import type { Batch, Run, StoredPayload } from '../ledger/documents'
import type { RunStore } from '../ledger/runs'
import { isOpenStill } from './due'

interface RepublishedOptions {
  db: Db
  store: Pick<ContentStore, 'withdrawnSince'>
  syncedContent: Pick<SyncedContent, 'releases'>
  runs: Pick<RunStore, 'requestAnew'>
  now: () => Date
}

interface Deps extends Omit<RepublishedOptions, 'db'> {
  ledger: ReturnType<typeof ledgerCollections>
}

/**
 * Asks again for today's planned runs that a withdrawal kept something in, as soon as there is a
 * text for it again and as long as their hours last; once for each release that came back.
 */
export function createRepublished({ db, ...options }: RepublishedOptions) {
  const deps: Deps = { ...options, ledger: ledgerCollections(db) }
  return (): Promise<void> => askForRepublished(deps)
}

async function askForRepublished(deps: Deps): Promise<void> {
  const { ledger, runs, now } = deps
  const today = localDayOf(now())
  const back = await releasesBack(deps, addDays(today, -1))
  if (back.size === 0) return
  const state = { $in: ['sending' as const, 'done' as const] }
  const planned = await ledger.runs.find({ date: today, state }).toArray()
  for (const run of planned.filter((one) => isOpenStill(one, now()))) {
    const republished = await republishedFor(ledger, run, back)
    if (republished !== '' && republished !== run.republished) {
      await runs.requestAnew(run._id, republished)
    }
  }
}

/** Ids of the releases by key that were withdrawn since a day and are live again. */
async function releasesBack({ store, syncedContent }: Deps, since: string) {
  const withdrawn = await store.withdrawnSince(instantOf(since, '00:00'))
  const back = new Map<string, string>()
  for (const key of withdrawn) {
    const latest = syncedContent.releases().latest(key)
    if (latest?.action === 'publish') back.set(key, latest.id)
  }
  return back
}

interface Kept {
  batches: Collection<Batch>
  payloads: Collection<StoredPayload>
}

/** Ids of the releases that are back and were in something a run was kept from sending. */
async function republishedFor(
  { batches, payloads }: Kept,
  run: Run,
  back: ReadonlyMap<string, string>,
): Promise<string> {
  const hashes = await batches.distinct('payload', {
    run: run._id,
    attempt: { $in: run.sealed },
    state: 'excluded',
    reason: 'withdrawn',
    'recipients.0': { $exists: true },
  })
  if (hashes.length === 0) return ''
  const made = await payloads
    .find({ _id: { $in: hashes } }, { projection: { releaseKeys: 1 } })
    .toArray()
  const keys = new Set(made.flatMap(({ releaseKeys }) => releaseKeys))
  const ids = [...keys].flatMap((key) => back.get(key) ?? [])
  return ids.sort().join()
}
