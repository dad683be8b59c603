/**
 * Makes one run of a work serve all who ask meanwhile. Whoever asks gets one that began after they
 * asked: what is under way may have looked too early, so it is followed by another one for all who
 * have asked since.
 */
export function createJoined(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const join = (): Promise<void> => {
    if (!running) {
      running = work().finally(() => {
        running = null
      })
      return running
    }
    next ??= running
      .catch(() => undefined) // whoever asked for it is told
      .then(() => {
        next = null
        return join()
      })
    return next
  }
  return join
}
