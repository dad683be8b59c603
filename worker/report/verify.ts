import type { Release } from '../../src/release/content'
import { liveContent } from '../../src/release/live'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { parseDeliveryId } from '../../src/plan/candidate'
import { addDays, instantOf, localDayOf, type LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../app/deliveryHalf'
import type { ReplacedSettings } from '../content/store'
import { dailyRequest, dailyRunId } from '../runs/due'
import type { Run } from '../ledger/documents'
import { createPairNames } from '../ledger/pairNames'
import { addCounts, type Difference, type LedgerReader, type StatusCounts } from '../ledger/reading'
import { createRemovedDays, type RemovedDays } from '../ledger/removedDays'
import { imaginedRun } from '../ledger/runRequest'
import { readerCollections } from '../readers/collections'

/** Expected against the ledger for one day. */
export interface Verification {
  date: LocalDay
  runs: number
  expected: number
  deliveries: number
  statuses: ReturnType<typeof addCounts>
  /** What would be due on the past day only by what was registered or changed after its planning. */
  changedSince: number
  differences: Difference[]
  /** The day's details are gone: nothing can be compared, and the numbers say nothing. */
  removed?: Pick<RemovedDays, 'keptDays'>
}

interface VerifyOptions {
  delivery: Pick<DeliveryHalf, 'syncedContent' | 'contentStore' | 'worker' | 'db' | 'now'>
  ledger: LedgerReader
}

/**
 * Compares a day's ledger with itself (every planned delivery in one batch and one terminal state)
 * and with a new plan: what should go out and is neither delivered nor excluded with a reason is
 * missing. As long as the day lasts that is by the data of now: what a withdrawal kept from going
 * out is missing too, if there is a text for it again. A day that is over is judged by what was known
 * when it was planned (without a run: by its end), the settings too, and a withdrawal is a reason.
 */
export async function verifyDay(
  { delivery, ledger }: VerifyOptions,
  date: LocalDay,
  municipality?: string,
): Promise<Verification> {
  const removed = await createRemovedDays(delivery.db).of(date)
  if (removed) return { ...NOTHING, date, removed: { keptDays: removed.keptDays } }
  const runs = await ledger.runsOf(date, municipality)
  const counts: StatusCounts[] = []
  const differences: Difference[] = []
  for (const run of runs) {
    counts.push(await ledger.statusCounts(run))
    differences.push(...(await ledger.differences(run)))
  }
  const missing = await findMissing({ delivery, ledger }, { date, municipality, runs })
  differences.push(...missing.differences)
  const { changedSince } = missing
  const planned = runs.reduce((sum, { plan }) => sum + (plan?.deliveries ?? 0), 0)
  const statuses = addCounts(counts)
  const deliveries = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  return {
    date,
    runs: runs.length,
    expected: planned,
    deliveries,
    statuses,
    changedSince,
    differences,
  }
}

const NOTHING = {
  runs: 0,
  expected: 0,
  deliveries: 0,
  statuses: {},
  changedSince: 0,
  differences: [],
}

interface MissingInput {
  date: LocalDay
  municipality?: string
  runs: Run[]
}

async function findMissing(
  { delivery, ledger }: VerifyOptions,
  { date, municipality, runs }: MissingInput,
) {
  const differences: Difference[] = []
  let changedSince = 0
  const isOver = date < localDayOf(delivery.now())
  const releases = isOver ? await delivery.contentStore.allReleases() : []
  const replaced = isOver ? await delivery.contentStore.replacedSince(instantOf(date, '00:00')) : []
  for (const current of delivery.syncedContent.municipalities()) {
    if (municipality && current.code !== municipality) continue
    const id = dailyRunId(current.code, date)
    const run = runs.find(({ _id }) => _id === id)
    const knownAt = run?.plannedAt ?? instantOf(addDays(date, 1), '00:00')
    const settings = settingsAt(knownAt, { current, replaced })
    if (!settings?.isActive) continue
    const open = async (ids: string[]) =>
      ids.length -
      (run ? await ledger.countExcluded(run._id, ids) : 0) -
      (isOver ? await ledger.countPlanned(ids) : 0)
    let due = 0
    await delivery.worker.dryRun(
      run ?? imaginedRun(dailyRequest(settings, date)),
      async (ids) => {
        const isKnown = isOver ? await knownSince(delivery, ids, knownAt) : () => true
        due += await open(ids.filter(isKnown))
        changedSince += await open(ids.filter((one) => !isKnown(one)))
      },
      isOver ? { settings, content: liveContent(releases.filter(isPublishedBy(knownAt))) } : {},
    )
    if (due !== 0) differences.push({ run: id, code: run ? 'notPlanned' : 'noRun', count: due })
  }
  return { differences, changedSince }
}

interface SettingsThen {
  current: SyncedMunicipality
  /** Oldest first. */
  replaced: readonly ReplacedSettings[]
}

/** A municipality's settings at an instant; null when it was not there. *Pure.* */
function settingsAt(instant: Date, { current, replaced }: SettingsThen): SyncedMunicipality | null {
  const next = replaced.find(
    ({ municipality, replacedAt }) => municipality === current.code && replacedAt > instant,
  )
  return next ? next.value : current
}

/** A text is here at the latest so long after it was published; it may have come for the next run. */
const ON_ITS_WAY_MS = 30_000

function isPublishedBy(instant: Date): (release: Release) => boolean {
  const latest = new Date(instant.getTime() - ON_ITS_WAY_MS).toISOString()
  return ({ publishedAt }) => publishedAt <= latest
}

/** Tells of which deliveries reader and child are as they were at an instant. */
async function knownSince(
  { db }: Pick<DeliveryHalf, 'db'>,
  ids: string[],
  instant: Date,
): Promise<(id: string) => boolean> {
  const pairOf = await createPairNames(db).byId(ids.map((id) => parseDeliveryId(id).pair))
  const pairs = [...pairOf.values()]
  const { readers, children } = readerCollections(db)
  const changed = (among: string[]) => ({ _id: { $in: among }, changedAt: { $gt: instant } })
  const onlyId = { projection: { _id: 1 as const } }
  const [ofReaders, ofChildren] = await Promise.all([
    readers.find(changed(pairs.map(({ reader }) => reader)), onlyId).toArray(),
    children.find(changed(pairs.map(({ child }) => child)), onlyId).toArray(),
  ])
  const others = new Set([...ofReaders, ...ofChildren].map(({ _id }) => _id))
  return (id) => {
    const { reader = '', child = '' } = pairOf.get(parseDeliveryId(id).pair) ?? {}
    return !others.has(reader) && !others.has(child)
  }
}
