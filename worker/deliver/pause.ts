/** Channel accounts and contents that a provider's answer has stopped, for a while. */
export function createPauses({ now }: { now: () => Date }) {
  const until = new Map<string, number>()
  return {
    /** Stops a key; a later stop of the same key begins anew. */
    stop: (key: string, ms = PAUSE_MS): void => {
      until.set(key, now().getTime() + ms)
    },
    isStopped: (key: string): boolean => (until.get(key) ?? 0) > now().getTime(),
    /** When a key may be used again, or null when it may now. */
    endOf: (key: string): Date | null => {
      const end = until.get(key) ?? 0
      return end > now().getTime() ? new Date(end) : null
    },
  }
}

/** The stops of one worker process. */
export type Pauses = ReturnType<typeof createPauses>

/**
 * How long nothing more is tried after a refusal that concerns us (plan, monthly limit, log-in):
 * when somebody has put it right, the run goes on by itself as long as its hours last.
 */
export const PAUSE_MS = 10 * 60_000
