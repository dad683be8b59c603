import { withTimeout } from './withTimeout'

/** What is undone at the end, and how that went. */
export interface Undoing {
  /** In the order in which they were done. */
  steps: readonly (() => Promise<unknown>)[]
  /** How long each may take. */
  mostMs: number
  onFailed: (error: unknown) => void
}

/**
 * Undoes what was done, the latest first. A step that fails, or does not end in time
 * (`UNDO_TIMEOUT`), is told and keeps no other from its turn.
 */
export async function undoAll({ steps, mostMs, onFailed }: Undoing): Promise<void> {
  for (const step of steps.toReversed()) {
    await withTimeout(step(), mostMs, 'UNDO_TIMEOUT').catch(onFailed)
  }
}
