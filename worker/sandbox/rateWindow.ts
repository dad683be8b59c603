/** Counts requests in a sliding second, as strictly as a vendor could. */
export interface RateWindow {
  /** Whether one more request of this key fits; counts it only when it does. */
  admit(key: string): boolean
  /** Requests that did not fit so far. */
  readonly refused: number
}

/**
 * A sliding window of one second for each key.
 *
 * @param perSecond null switches it off.
 * @param clock milliseconds that never run backwards.
 */
export function createRateWindow(perSecond: number | null, clock: () => number): RateWindow {
  const rings = new Map<string, { times: Float64Array; next: number }>()
  let refused = 0
  return {
    get refused() {
      return refused
    },
    admit(key) {
      if (perSecond === null) return true
      const ring = rings.get(key) ?? { times: new Float64Array(perSecond).fill(-Infinity), next: 0 }
      rings.set(key, ring)
      const oldest = ring.times[ring.next] ?? -Infinity
      if (clock() - oldest < 1000) {
        refused += 1
        return false
      }
      ring.times[ring.next] = clock()
      ring.next = (ring.next + 1) % perSecond
      return true
    },
  }
}
