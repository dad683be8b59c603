import { readFileSync } from 'node:fs'

/** What a work took. */
export interface Measured {
  seconds: number
  /** Processor seconds of this process: unlike the time, not longer on a busy machine. */
  cpuSeconds: number
  /** Processor seconds of the database in the meantime. */
  databaseCpuSeconds: number
}

/** Measures works against the clock and the processor. */
export type Meter = (work: () => Promise<unknown>) => Promise<Measured>

/** Clock ticks of /proc/<pid>/stat a second; the same on every Linux that Node runs on. */
const TICKS_A_SECOND = 100

/** A meter that also looks at the database's process. */
export function createMeter(databasePid: number): Meter {
  return async (work) => {
    const before = { at: performance.now(), cpu: process.cpuUsage(), database: cpuOf(databasePid) }
    await work()
    const { user, system } = process.cpuUsage(before.cpu)
    return {
      seconds: (performance.now() - before.at) / 1000,
      cpuSeconds: (user + system) / 1e6,
      databaseCpuSeconds: cpuOf(databasePid) - before.database,
    }
  }
}

/** Processor seconds a process has used, from the fields after its name. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) / TICKS_A_SECOND
}

/** The middle value. *Pure.* */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  const low = sorted[Math.ceil(half) - 1] ?? NaN
  return (low + (sorted[Math.floor(half)] ?? NaN)) / 2
}

/** Three significant digits, for people. *Pure.* */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}

/** One round: the bare loop and ours over the same number of things. */
export interface Pair {
  count: number
  bare: Measured
  own: Measured
}

/**
 * What the rounds of an A/B/A/B measurement come to: medians of the rates, of the ratio of each
 * pair, and of the processor time of one thing. *Pure.*
 */
export function summarize(pairs: readonly Pair[]) {
  const of = (value: (pair: Pair) => number) => round(median(pairs.map(value)))
  const ratioOf = ({ bare, own }: Pair) => bare.seconds / own.seconds
  const ms = (cpuSeconds: number, { count }: Pair) => (cpuSeconds * 1000) / count
  return {
    rounds: pairs.length,
    perRound: of(({ count }) => count),
    barePerSecond: of(({ count, bare }) => count / bare.seconds),
    perSecond: of(({ count, own }) => count / own.seconds),
    ratio: of(ratioOf),
    ratios: pairs.map((pair) => round(ratioOf(pair))),
    cpuMs: {
      bare: of((pair) => ms(pair.bare.cpuSeconds, pair)),
      own: of((pair) => ms(pair.own.cpuSeconds, pair)),
      bareDatabase: of((pair) => ms(pair.bare.databaseCpuSeconds, pair)),
      ownDatabase: of((pair) => ms(pair.own.databaseCpuSeconds, pair)),
    },
  }
}
