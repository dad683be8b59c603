import { parseDeliveryId } from '../../src/plan/candidate'
import { createJoined } from '../concurrency/joined'
import type { SyncedContent } from '../content/syncedContent'

/** How old a look may be that a call relies on: less than any call takes. */
const FRESH_MS = 50

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
 * withdrawal, looked at right before each LINE call and each group of mails. All calls that wait
 * share one look, so that it costs a few reads a second.
 */
export function createLastLook({ municipality, from, changes, syncedContent }: LastLookOptions) {
  const changed = new Map<string, number>()
  let seen = from
  let lookedAt = -Infinity

  const lookNow = createJoined(async () => {
    const startedAt = performance.now()
    await syncedContent.refresh()
    const last = await changes.last(municipality)
    if (last > seen) {
      for (const { id, changeNumber } of await changes.since(municipality, seen)) {
        changed.set(id, changeNumber)
      }
      seen = last
    }
    lookedAt = startedAt
  })
  return {
    /** Resolves when what was changed up to now is known. @throws when the database does not say. */
    look: async (): Promise<void> => {
      if (performance.now() - lookedAt > FRESH_MS) await lookNow()
    },
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
