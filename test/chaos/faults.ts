import type { Fault, Strikes } from './fleet'
import type { Random } from './random'

/** Steps a worker is killed at, and how often each is let through before at most. */
const STEPS: [event: string, most: number][] = [
  ['findAndModify runs', 8],
  ['update runs', 6],
  ['insert payloads', 3],
  ['insert deliveries', 4],
  ['insert batches', 4],
  ['delete batches', 2],
  ['update batches', 6],
  ['update deliveries', 6],
  ['insert exclusions', 3],
  ['commitTransaction', 4],
  ['find batches', 6],
  ['find readers', 8],
  ['find children', 8],
  ['aggregate pairs', 3],
  ['update agenda_jobs', 3],
  ['line token', 2],
  ['line multicast', 60],
  ['line multicast', 15],
  ['mail ehlo', 20],
  ['mail mail', 30],
  ['mail rcpt', 30],
  ['mail data', 40],
]

/** How a storm of deaths is chosen. */
interface StormOptions {
  random: Random
  /** Deaths after which the rest of the day is calm. */
  kills: number
  /** Some workers are also stopped past their lease. */
  isFreezing: boolean
}

interface Life {
  fault: Fault
  seen: number
  life: { ms: number; from: 'spawn' | 'started' }
}

/**
 * Every worker is killed: at a step the seed chooses, or, when that does not come and for each
 * fourth worker anyway, at an instant it chooses.
 */
export function storm({ random, kills, isFreezing }: StormOptions): Strikes {
  const lives = new Map<number, Life>()
  let isOver = false
  const of = (worker: number): Life | undefined => {
    if (worker >= kills || isOver) return undefined
    const known = lives.get(worker)
    if (known) return known
    const fresh = chooseLife(random, isFreezing)
    lives.set(worker, fresh)
    return fresh
  }
  return {
    lifeMs: (worker) => of(worker)?.life ?? null,
    end: () => void (isOver = true),
    at: (worker, event) => {
      const one = of(worker)
      if (one?.fault.event !== event) return null
      one.seen += 1
      return one.seen === one.fault.nth ? one.fault : null
    },
  }
}

function chooseLife(random: Random, isFreezing: boolean): Life {
  const [event, most] = random.pick(STEPS)
  const moment = random.pick(['before', 'after'] as const)
  const isFrozen = isFreezing && random.next() < 0.08
  const nth = random.upTo(most)
  const isInstant = random.next() < 0.25
  const fault: Fault = {
    event: isInstant ? 'none' : event,
    nth,
    moment: isFrozen ? 'freeze' : moment,
  }
  const from = random.next() < 0.1 ? ('spawn' as const) : ('started' as const)
  return { fault, seen: 0, life: { ms: random.upTo(from === 'spawn' ? 1000 : 3000), from } }
}

/** Faults in a given order; one whose moment does not come any more holds up no other. */
export function inOrder(faults: Fault[]): Strikes {
  const struck = new Map<Fault, number>()
  return {
    lifeMs: () => null,
    end: () => void (faults.length = 0),
    at: (_worker, event) => {
      const place = faults.findIndex((one) => one.event === event)
      const fault = faults[place]
      if (!fault) return null
      const count = (struck.get(fault) ?? 0) + 1
      struck.set(fault, count)
      if (count < fault.nth * (place + 1)) return null
      faults.splice(place, 1)
      return fault
    },
  }
}
