import { setImmediate } from 'node:timers/promises'

/** The longest time in one go, in milliseconds, that some work holds everything else of this process. */
export async function heldMs(work: () => Promise<unknown>): Promise<number> {
  let isDone = false
  const watched = longestGapMs(() => isDone)
  await work()
  isDone = true
  return watched
}

async function longestGapMs(isOver: () => boolean): Promise<number> {
  let longest = 0
  let since = performance.now()
  while (!isOver()) {
    await setImmediate()
    const now = performance.now()
    longest = Math.max(longest, now - since)
    since = now
  }
  return longest
}
