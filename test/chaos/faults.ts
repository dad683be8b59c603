import type { Fault, Strikes } from './fleet'
import type { Random } from './random'

/** Steps a worker is killed at, and how often each is let through before at most. */
const STEPS: [event: string, most: number][] = [
  ['findAndModify runs', 5],
  ['update runs', 4],
  ['insert payloads', 3],
  ['insert deliveries', 4],
  ['insert batches', 4],
  ['delete batches', 2],
  ['update batches', 4],
  ['update deliveries', 3],
  ['insert exclusions', 3],
  ['commitTransaction', 4],
  ['find batches', 4],
  ['find readers', 4],
  ['find children', 4],
  ['aggregate pairs', 3],
  ['update agenda_jobs', 3],
  ['line token', 2],
  ['line multicast', 16],
  ['line multicast', 5],
  ['mail ehlo', 6],
  ['mail mail', 8],
  ['mail rcpt', 8],
  ['mail data', 12],
]

/** How a storm of deaths is chosen. */
interface StormOptions {
  random: Random
  /** Deaths after which the rest of the day is calm. */
  kills: number
  /** Some workers are also stopped past their lease. */
  isFreezing: boolean
  /** Some workers lose a connection before they die. */
  isCutting?: boolean
  /** The clocks of some workers are wrong. */
  isApart?: boolean
}

interface Life {
  /** What falls on it, each when its event has come often enough. */
  faults: Fault[]
  seen: Map<Fault, number>
  apartMs: number
  life: { ms: number; from: 'spawn' | 'started' }
}

/**
 * Every worker is killed: at a step the seed chooses, or, when that does not come and for some
 * workers anyway, after so many requests of any kind, or at an instant it chooses.
 */
export function storm(options: StormOptions): Strikes {
  const { kills } = options
  const lives = new Map<number, Life>()
  let isOver = false
  const of = (worker: number): Life | undefined => {
    if (worker >= kills || isOver) return undefined
    const known = lives.get(worker)
    if (known) return known
    const fresh = chooseLife(options)
    lives.set(worker, fresh)
    return fresh
  }
  return {
    lifeMs: (worker) => of(worker)?.life ?? null,
    apartMs: (worker) => of(worker)?.apartMs ?? 0,
    end: () => void (isOver = true),
    at: (worker, event) => {
      const one = of(worker)
      return one ? nextFault(one, event) : null
    },
  }
}

function nextFault({ faults, seen }: Life, event: string): Fault | null {
  const meant = faults.filter((fault) => fault.event === event || fault.event === ANY)
  for (const fault of meant) seen.set(fault, (seen.get(fault) ?? 0) + 1)
  return meant.find((fault) => seen.get(fault) === fault.nth) ?? null
}

/** Whatever a worker asks for: a worker does as much before it dies on a slow machine as on a fast one. */
const ANY = 'anything'

/** Lives by the clock: while a program starts, at an instant later, or when nothing else ends it. */
const STARTING = { share: 0.1, ms: 400 }
const INSTANT = { share: 0.1, ms: 1500 }
const IDLE_MS = 3000

function chooseLife({ random, isFreezing, isCutting, isApart }: StormOptions): Life {
  const [event, most] = random.pick(STEPS)
  const moment = random.pick(['before', 'after'] as const)
  const isFrozen = isFreezing && random.next() < 0.08
  const step: Fault = { event, nth: random.upTo(most), moment: isFrozen ? 'freeze' : moment }
  const isStep = isFrozen || random.next() < 0.7
  const later: Fault = { event: ANY, nth: (isStep ? 120 : 0) + random.upTo(120), moment }
  const cuts = isCutting && random.next() < 0.4 ? [chooseCut(random)] : []
  return {
    faults: [...(isStep ? [step] : []), later, ...cuts],
    seen: new Map(),
    apartMs: isApart && random.next() < 0.2 ? random.pick([-APART_MS, APART_MS]) : 0,
    life: chooseTime(random),
  }
}

function chooseTime(random: Random): Life['life'] {
  const share = random.next()
  if (share < STARTING.share) return { ms: random.upTo(STARTING.ms), from: 'spawn' }
  const isInstant = share < STARTING.share + INSTANT.share
  return { ms: isInstant ? random.upTo(INSTANT.ms) : IDLE_MS, from: 'started' }
}

/** More than leases and keys allow for. */
const APART_MS = 20_000

/** Soon, so that it comes before the death. */
function chooseCut(random: Random): Fault {
  const [event, most] = random.pick(STEPS)
  const moment = random.pick(['cut', 'cutAnswer'] as const)
  return { event, nth: random.upTo(Math.ceil(most / 4)), moment }
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
