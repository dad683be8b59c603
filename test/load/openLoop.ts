/** A clock in milliseconds, and how to wait on it. */
export interface LoadClock {
  now: () => number
  until: (ms: number) => Promise<void>
}

/** What one thing came to; its latency counts from when it was to be sent, not from when it was. */
export interface Answered<T> {
  what: T
  /** Milliseconds from the beginning at which it was to be sent. */
  at: number
  latencyMs: number
  /** What the other side said, or `failed` without an answer. */
  status: string
}

interface OpenLoop<T extends { at: number }> {
  /** In the order of their times. */
  arrivals: readonly T[]
  send: (what: T) => Promise<string>
  clock: LoadClock
}

/**
 * Sends each thing at its own time, whether what was sent before is answered or not: a server that stalls
 * delays nobody's arrival, so its stall is in the latency of all who came meanwhile.
 */
export async function sendOpenLoop<T extends { at: number }>(of: OpenLoop<T>) {
  const { arrivals, send, clock } = of
  const startedAt = clock.now()
  const answered: Promise<Answered<T>>[] = []
  for (const what of arrivals) {
    const dueAt = startedAt + what.at
    if (clock.now() < dueAt) await clock.until(dueAt)
    const status = send(what).catch(() => 'failed')
    answered.push(
      status.then((said) => ({
        ...{ what, at: what.at, status: said },
        latencyMs: clock.now() - dueAt,
      })),
    )
  }
  return Promise.all(answered)
}
