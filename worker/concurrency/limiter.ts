/** Starts a work as soon as there is room for its weight (1 by default); first come, first served. */
export type Limiter = <T>(work: () => Promise<T>, weight?: number) => Promise<T>

/**
 * Limits how much works may weigh that run at once; shared by all that are given it. Our own,
 * because a mail group weighs as much as it has connections and p-limit knows no weights. How many
 * requests may begin in a second is another question: see `worker/channel/pace.ts`.
 *
 * @throws RangeError when a work weighs more than there will ever be room for.
 */
export function createLimiter(most: number): Limiter {
  let free = most
  const waiting: { weight: number; start: () => void }[] = []
  const letIn = () => {
    for (let [next] = waiting; next && next.weight <= free; [next] = waiting) {
      waiting.shift()
      free -= next.weight
      next.start()
    }
  }
  return async (work, weight = 1) => {
    if (weight > most) throw new RangeError(`There is only room for ${most}, not for ${weight}`)
    await new Promise<void>((start) => {
      waiting.push({ weight, start })
      letIn()
    })
    try {
      return await work()
    } finally {
      free += weight
      letIn()
    }
  }
}

/**
 * Runs a work over items in their order, at most so many at once: that many loops share the list.
 * When one fails none is begun any more, and those that run are waited for.
 *
 * @throws what the first one failed with, when nothing runs any more.
 */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  let hasFailed = false
  const loop = async () => {
    for (let next = rest.next(); !hasFailed && !next.done; next = rest.next()) {
      await work(next.value).catch((error: unknown) => {
        hasFailed = true
        throw error
      })
    }
  }
  await allEnded(Array.from({ length: Math.min(most, items.length) }, loop))
}

/**
 * Waits for all of them, also when one fails: nothing goes on behind the back of whoever waits.
 *
 * @throws what the first in their order failed with.
 */
export async function allEnded<T extends readonly unknown[]>(
  works: readonly [...{ [At in keyof T]: Promise<T[At]> }],
): Promise<T> {
  await Promise.allSettled(works)
  return (await Promise.all(works)) as unknown as T // each has its value now, or all is thrown
}
