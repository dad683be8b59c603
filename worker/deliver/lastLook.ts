import { parseDeliveryId } from '../../src/plan/candidate'
import { createJoined } from '../concurrency/joined'
import type { SyncedContent } from '../content/syncedContent'
import type { Run } from '../ledger/documents'
import type { Claim } from '../ledger/runs'
import type { Changes } from '../readers/changeNumber'
import { isWithdrawn } from './content'
import type { Halts } from './halts'
import { isWithinHours } from './hours'
import type { ReadyBatch } from './page'

interface LastLookDeps {
  changes: Pick<Changes, 'last' | 'ofPairs'>
  syncedContent: Pick<SyncedContent, 'refresh' | 'settings' | 'releases'>
  halts: Pick<Halts, 'refresh' | 'isHalted'>
  now: () => Date
}

/**
 * What has changed for a run while it is sent: loss, stop, rest, move, suppression, new dates, pause and
 * withdrawal, looked at right before each LINE call and each group of mails: what was acknowledged to
 * somebody before is known.
 */
export function createLastLook(
  run: Pick<Run, 'municipality' | 'plannedWith'>,
  { changes, syncedContent, halts, now }: LastLookDeps,
) {
  const { municipality } = run
  /** By pair the number of the last change of its reader or child. */
  const changed = new Map<string, number>()
  let known = run.plannedWith ?? 0
  let seen = known

  const readChanged = createJoined(async () => {
    const upTo = known
    for (const { pair, changeNumber } of await changes.ofPairs(municipality, seen)) {
      changed.set(pair, changeNumber)
    }
    seen = upTo
  })
  const look = async () => {
    const [last] = await Promise.all([
      changes.last(municipality),
      syncedContent.refresh(),
      halts.refresh(),
    ])
    known = Math.max(known, last)
    if (known > seen) await readChanged()
  }
  const isChanged = (id: string, since: number): boolean =>
    (changed.get(parseDeliveryId(id).pair) ?? 0) > since
  const hasChanged = (ids: readonly string[], since: number): boolean =>
    changed.size > 0 && ids.some((id) => isChanged(id, since))
  return {
    /** Resolves when what was changed up to now is known; false when the database does not say. */
    look: (): Promise<boolean> =>
      look().then(
        () => true,
        () => false,
      ),
    /** Whether somebody of these deliveries was changed after a number. */
    hasChanged,
    /**
     * Whether these deliveries of a batch may not go out as they were checked, by what is known: the
     * municipality pauses, a person has stopped it, somebody was changed, the text was withdrawn or the hours are over.
     */
    isHeldBack: (
      { run: current }: Claim,
      { batch, payload, checkedWith }: ReadyBatch,
      ids: readonly string[],
    ): boolean =>
      syncedContent.settings(municipality)?.isActive === false ||
      halts.isHalted({ ...batch, town: municipality }) ||
      hasChanged(ids, checkedWith) ||
      isWithdrawn(payload, syncedContent.releases()) ||
      !isWithinHours(current, batch.channel, now()),
  }
}

/** The last look at a run. */
export type LastLook = ReturnType<typeof createLastLook>
