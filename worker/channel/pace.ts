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
  /** Requests a second; Infinity switches the pace off. Default 97 % of the vendor's 200. */
  perSecond?: number | undefined
  /** Requests that may go out at once after a pause. */
  burst?: number
}

/** A limit of the rate, shared by all senders of a process: one bucket for each key. */
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

/** Share of the full rate that is always left. */
const SLOWEST = 0.05

/** Share of the full rate that comes back each second. */
const RECOVERY_A_SECOND = 0.1

interface Bucket {
  tokens: number
  filledAt: number
  perSecond: number
  waiting: (() => void)[]
  isPumping: boolean
}

/** A pace with all defaults filled in, and its buckets. */
interface Buckets {
  clock: PaceClock
  perSecond: number
  burst: number
  byKey: Map<string, Bucket>
}

/**
 * A token bucket for each key on an injected clock: how many requests may *begin* in a second. How
 * many may be under way at once is the limiter's (`worker/concurrency/limiter.ts`). After
 * {@link Pace.slowDown} a key's rate drops to 85 % and climbs back by 10 % of the full rate a
 * second, so that two workers on one channel settle on a share each.
 */
export function createPace(options: PaceOptions): Pace {
  const { clock, perSecond = LINE_MULTICASTS_PER_SECOND * PACE_SHARE, burst = PACE_BURST } = options
  const buckets: Buckets = { clock, perSecond, burst, byKey: new Map() }
  const isOff = perSecond === Infinity
  return {
    take: async (key) => {
      if (!isOff) await take(buckets, key)
    },
    slowDown: (key, holdMs) => {
      if (!isOff) slowDown(buckets, key, holdMs)
    },
  }
}

async function take(buckets: Buckets, key: string): Promise<void> {
  const bucket = bucketOf(buckets, key)
  const turn = new Promise<void>((resolve) => bucket.waiting.push(resolve))
  if (!bucket.isPumping) void pump(buckets, bucket)
  await turn
}

function slowDown(buckets: Buckets, key: string, holdMs: number): void {
  const { clock, perSecond } = buckets
  const bucket = bucketOf(buckets, key)
  fill(buckets, bucket)
  const isHeld = bucket.filledAt > clock.now()
  bucket.tokens = 0
  bucket.filledAt = Math.max(bucket.filledAt, clock.now() + holdMs)
  if (!isHeld) {
    bucket.perSecond = Math.max(perSecond * SLOWEST, bucket.perSecond * SLOWER)
  }
}

function bucketOf({ clock, perSecond, burst, byKey }: Buckets, key: string): Bucket {
  const known = byKey.get(key)
  if (known) return known
  const fresh: Bucket = {
    tokens: burst,
    filledAt: clock.now(),
    perSecond,
    waiting: [],
    isPumping: false,
  }
  byKey.set(key, fresh)
  return fresh
}

/** Lets those who wait for a bucket go, in their order, as it fills. */
async function pump(buckets: Buckets, bucket: Bucket): Promise<void> {
  const { clock } = buckets
  bucket.isPumping = true
  while (bucket.waiting.length > 0) {
    fill(buckets, bucket)
    while (bucket.tokens >= 1 && bucket.waiting.length > 0) {
      bucket.tokens -= 1
      bucket.waiting.shift()?.()
    }
    if (bucket.waiting.length > 0) await clock.sleep(waitMs(bucket, clock.now()))
  }
  bucket.isPumping = false
}

function fill({ clock, perSecond, burst }: Buckets, bucket: Bucket): void {
  const elapsedMs = clock.now() - bucket.filledAt
  if (elapsedMs <= 0) return
  bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs * bucket.perSecond) / 1000)
  bucket.perSecond = Math.min(
    perSecond,
    bucket.perSecond + (elapsedMs * perSecond * RECOVERY_A_SECOND) / 1000,
  )
  bucket.filledAt += elapsedMs
}

function waitMs({ tokens, perSecond, filledAt }: Bucket, now: number): number {
  return Math.max(1, Math.ceil(filledAt - now + ((1 - tokens) * 1000) / perSecond))
}

/** The process's own monotonic time. */
export const SYSTEM_CLOCK: PaceClock = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
