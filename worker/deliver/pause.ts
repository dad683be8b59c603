/** Channel accounts and contents that a provider's answer has stopped, for a while. */
export function createPauses({ now }: { now: () => Date }) {
  const until = new Map<string, number>()
  return {
    /** Stops a key; a later stop of the same key begins anew. */
    stop: (key: string) => until.set(key, now().getTime() + PAUSE_MS),
    isStopped: (key: string) => (until.get(key) ?? 0) > now().getTime(),
  }
}

/** The stops of one worker process. */
export type Pauses = ReturnType<typeof createPauses>

/**
 * How long nothing more is tried after a refusal that concerns us (plan, monthly limit, log-in):
 * when somebody has put it right, the run goes on by itself as long as its hours last.
 */
export const PAUSE_MS = 10 * 60_000
