import { LINE_MULTICASTS_PER_SECOND } from './lineApiLimits'

/** Time as a pace sees it, so that tests can turn it by hand. */
export interface PaceClock {
  /** Milliseconds that never run backwards. */
  now: () => number
  sleep: (ms: number) => Promise<void>
}

/** How fast requests of one key may go out. */
export interface PaceOptions {
  clock: PaceClock
  /** Requests a second; Infinity switches the limiter off. Default 97 % of the vendor's 200. */
  perSecond?: number | undefined
  /** Requests that may go out at once after a pause. */
  burst?: number
}

/** A limiter shared by all senders of a process, one bucket for each key. */
export interface Pace {
  /** Resolves when one more request of this key may go out; first come, first served. */
  take(key: string): Promise<void>
  /** The provider said we are too fast: hold the key for a while, then go on slower. */
  slowDown(key: string, holdMs: number): void
}

/** What we use of the vendor's limit: a late packet must not make two seconds' worth meet in one. */
export const PACE_SHARE = 0.97

/** Requests that may catch up after a late timer. */
export const PACE_BURST = 3

/** Share of a key's rate that is left after "too fast". */
const SLOWER = 0.85

/** Share of the full rate that comes back each second. */
const RECOVERY_A_SECOND = 0.1

interface Bucket {
  tokens: number
  filledAt: number
  perSecond: number
  waiting: (() => void)[]
  isPumping: boolean
}

/**
 * A token bucket for each key on an injected clock. After {@link Pace.slowDown} a key's rate drops
 * to 85 % and climbs back by 10 % of the full rate a second, so that two workers on one channel
 * settle on a share each.
 */
export function createPace(options: PaceOptions): Pace {
  const { clock, perSecond = LINE_MULTICASTS_PER_SECOND * PACE_SHARE, burst = PACE_BURST } = options
  const buckets = new Map<string, Bucket>()

  function bucketOf(key: string): Bucket {
    const known = buckets.get(key)
    if (known) return known
    const fresh: Bucket = {
      tokens: burst,
      filledAt: clock.now(),
      perSecond,
      waiting: [],
      isPumping: false,
    }
    buckets.set(key, fresh)
    return fresh
  }

  function fill(bucket: Bucket): void {
    const elapsedMs = clock.now() - bucket.filledAt
    if (elapsedMs <= 0) return
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs * bucket.perSecond) / 1000)
    bucket.perSecond = Math.min(
      perSecond,
      bucket.perSecond + (elapsedMs * perSecond * RECOVERY_A_SECOND) / 1000,
    )
    bucket.filledAt += elapsedMs
  }

  async function pump(bucket: Bucket): Promise<void> {
    bucket.isPumping = true
    while (bucket.waiting.length > 0) {
      fill(bucket)
      while (bucket.tokens >= 1 && bucket.waiting.length > 0) {
        bucket.tokens -= 1
        bucket.waiting.shift()?.()
      }
      if (bucket.waiting.length > 0) await clock.sleep(waitMs(bucket, clock.now()))
    }
    bucket.isPumping = false
  }

  return {
    async take(key) {
      if (perSecond === Infinity) return
      const bucket = bucketOf(key)
      const turn = new Promise<void>((resolve) => bucket.waiting.push(resolve))
      if (!bucket.isPumping) void pump(bucket)
      await turn
    },
    slowDown(key, holdMs) {
      if (perSecond === Infinity) return
      const bucket = bucketOf(key)
      fill(bucket)
      const isHeld = bucket.filledAt > clock.now()
      bucket.tokens = 0
      bucket.filledAt = Math.max(bucket.filledAt, clock.now() + holdMs)
      if (!isHeld) bucket.perSecond = Math.max(perSecond * 0.05, bucket.perSecond * SLOWER)
    },
  }
}

function waitMs({ tokens, perSecond, filledAt }: Bucket, now: number): number {
  return Math.max(1, Math.ceil(filledAt - now + ((1 - tokens) * 1000) / perSecond))
}

/** The process's own monotonic time. */
export const SYSTEM_CLOCK: PaceClock = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
