import { parseDeliveryId } from '../../src/plan/candidate'
import { createJoined } from '../concurrency/joined'
import type { SyncedContent } from '../content/syncedContent'

/** The changes of readers and children, in the order of their numbers. */
export interface Changes {
  /** Number of a municipality's latest change. */
  last: (municipality: string) => Promise<number>
  /** What was changed after a number. */
  since: (
    municipality: string,
    number: number,
  ) => Promise<readonly { id: string; changeNumber: number }[]>
}

interface LastLookOptions {
  municipality: string
  /** Everything up to this change is known already. */
  from: number
  changes: Changes
  syncedContent: Pick<SyncedContent, 'refresh' | 'settings'>
}

/**
 * What has changed for a run while it is sent: loss, stop, move, suppression, new dates, pause and
 * withdrawal, looked at right before each LINE call and each group of mails: what was acknowledged to
 * somebody before is known. Calls that wait at one time share one look.
 */
export function createLastLook({ municipality, from, changes, syncedContent }: LastLookOptions) {
  const changed = new Map<string, number>()
  let seen = from

  const look = createJoined(async () => {
    const [last] = await Promise.all([changes.last(municipality), syncedContent.refresh()])
    if (last > seen) {
      for (const { id, changeNumber } of await changes.since(municipality, seen)) {
        changed.set(id, changeNumber)
      }
      seen = last
    }
  })
  return {
    /** Resolves when what was changed up to now is known. @throws when the database does not say. */
    look,
    /** Whether somebody of these deliveries was changed after a number. */
    hasChanged: (ids: readonly string[], since: number): boolean =>
      changed.size > 0 && ids.some((id) => isChanged(id, since)),
    /** Whether the municipality's deliveries are paused. */
    isPaused: (): boolean => syncedContent.settings(municipality)?.isActive === false,
  }

  function isChanged(id: string, since: number): boolean {
    const { reader, child } = parseDeliveryId(id)
    return (changed.get(reader) ?? 0) > since || (changed.get(child) ?? 0) > since
  }
}

/** The last look at a run. */
export type LastLook = ReturnType<typeof createLastLook>
