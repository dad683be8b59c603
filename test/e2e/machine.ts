import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

const work = promisify(pbkdf2)

/** What four pieces of the work take on two cores that have nothing else to do, in milliseconds. */
const QUIET_MS = 340
const PIECES = 4

/**
 * How many times slower than a quiet machine of two cores this one is just now, 1 at least: a bound in
 * seconds is one of the product, not of what else runs.
 */
export async function slowness(): Promise<number> {
  const began = performance.now()
  await Promise.all(
    Array.from({ length: PIECES }, () => work('a word', 'salt', 25_000, 512, 'sha256')),
  )
  return Math.max(1, (performance.now() - began) / QUIET_MS)
}
