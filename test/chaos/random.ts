/** Random numbers that are the same for the same seed. */
export interface Random {
  /** At least 0, less than 1. */
  next: () => number
  /** A whole number from 1 to `most`. */
  upTo: (most: number) => number
  pick: <T>(items: readonly T[]) => T
}

/** Mulberry32: small, fast, and good enough to choose moments and families. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    upTo: (most) => 1 + Math.floor(next() * most),
    pick: (items) => items[Math.floor(next() * items.length)]!,
  }
}
