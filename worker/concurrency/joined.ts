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

/**
 * Makes one read serve all who ask for something of it meanwhile. Whoever asks gets what was read
 * after they asked; reads come one after the other, and each reads what was asked for since.
 */
export function createSharedRead<T>(read: (keys: string[]) => Promise<ReadonlyMap<string, T>>) {
  let next: { keys: Set<string>; found: Promise<ReadonlyMap<string, T>> } | null = null
  let last: Promise<unknown> = Promise.resolve()
  const begin = () => {
    const keys = new Set<string>()
    const found = last.then(() => {
      next = null
      return read([...keys])
    })
    last = found.catch(() => undefined) // whoever asked is told
    return { keys, found }
  }
  return async (key: string): Promise<T | undefined> => {
    next ??= begin()
    const { keys, found } = next
    keys.add(key)
    return (await found).get(key)
  }
}
