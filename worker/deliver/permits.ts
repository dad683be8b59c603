/** Runs a work that needs some permits, as soon as that many are free; first come, first served. */
export type Permits = <T>(count: number, work: () => Promise<T>) => Promise<T>

/**
 * Permits that all works of a process share. *Pure* but for the count it keeps.
 *
 * @throws RangeError when a work asks for more than there will ever be.
 */
export function createPermits(total: number): Permits {
  let free = total
  const waiting: { count: number; start: () => void }[] = []
  const letIn = () => {
    for (let [next] = waiting; next && next.count <= free; [next] = waiting) {
      waiting.shift()
      free -= next.count
      next.start()
    }
  }
  return async (count, work) => {
    if (count > total) throw new RangeError(`Only ${total} permits exist, not ${count}`)
    await new Promise<void>((start) => {
      waiting.push({ count, start })
      letIn()
    })
    try {
      return await work()
    } finally {
      free += count
      letIn()
    }
  }
}
