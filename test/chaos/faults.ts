import type { Fault } from './fleet'
import type { Random } from './random'

/** What may be asked for when a fault falls, and how often it is let through before at most. */
type Moments = Record<string, number>

/** In the order in which a day passes, so that each of them still comes. */
const PHASES: Moments[] = [
  { 'findAndModify runs': 4 },
  { 'findAndModify runs': 6, 'insert payloads': 2 },
  { 'insert deliveries': 3, 'insert batches': 3, 'delete batches': 2 },
  { 'insert batches': 2, 'findAndModify runs': 6 },
  { 'update batches': 2, 'line multicast': 25 },
  { 'line multicast': 40, 'mail data': 20, 'update deliveries': 4 },
  { 'update deliveries': 4, 'mail data': 20, 'update batches': 2 },
  { 'mail data': 20, 'update deliveries': 4 },
  { 'update batches': 1 },
]

/** A fault in each phase: planning, freezing, marking, sending, recording. */
export function chooseFaults(random: Random): Fault[] {
  return PHASES.map((moments) => {
    const [event, most] = random.pick(Object.entries(moments))
    const moment = random.pick(['before', 'after'] as const)
    return { event, nth: random.upTo(most), moment }
  })
}

/** Also freezes one of several workers while it plans, and one while it sends mail. */
export function chooseFaultsAndFreezes(random: Random): Fault[] {
  const faults = chooseFaults(random)
  const freeze = (event: string, most: number): Fault => ({
    event,
    nth: random.upTo(most),
    moment: 'freeze',
  })
  return [
    freeze(random.pick(['insert deliveries', 'insert batches']), 2),
    ...faults.slice(0, 5),
    freeze(random.pick(['mail data', 'update deliveries', 'line multicast']), 6),
    ...faults.slice(5),
  ]
}
