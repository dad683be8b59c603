// The faults of a day, each by name; which of them meet is the seed's choice.
import { TODAY } from '../src/plan/town'
import { CMS_TROUBLE_NAMES, type CmsTroubleName } from './cms'
import type { Disturbance } from './dataSet'
import { LINE_TROUBLE_NAMES, type LineTroubleName } from './outside'
import { createRandom } from './random'

const DAY_FAULTS = [
  'several-workers',
  'stopped-worker',
  'evening',
  'changes',
  'mail',
  'network-cuts',
  'clocks-apart',
  'database-fails',
] as const

/** A fault by name; kills are always there, and a CMS that cannot be reached when none of its is. */
export type FaultName = LineTroubleName | CmsTroubleName | (typeof DAY_FAULTS)[number]

/** Every fault that `--faults` knows. */
export const FAULT_NAMES: readonly FaultName[] = [
  ...DAY_FAULTS,
  ...LINE_TROUBLE_NAMES,
  ...CMS_TROUBLE_NAMES,
]

/** Of the full number of families: so many that most days outlast their deaths. */
const SIZE = 0.6

/** The day a seed gives, out of the faults that are allowed. *Pure.* */
export function chooseDay(of: { seed: number; kills: number; names: FaultName[] }): Disturbance {
  const { seed, kills, names } = of
  const random = createRandom(seed)
  const has = (name: FaultName, chance: number) => random.next() < chance && names.includes(name)
  const workers = has('several-workers', 0.6) ? 1 + random.upTo(2) : 1
  const isFreezing = has('stopped-worker', 0.6) && workers > 1
  const isEvening = has('evening', 0.15)
  return {
    seed,
    kills,
    workers,
    size: SIZE,
    isFreezing,
    hasHappenings: has('changes', 0.7),
    isMailTroubled: has('mail', 0.8),
    isCutting: has('network-cuts', 0.5),
    isApart: has('clocks-apart', 0.3),
    ...(has('database-fails', 0.25) && { databaseFails: 4 + random.upTo(6) }),
    lineTroubles: LINE_TROUBLE_NAMES.filter((name) => has(name, 0.6)),
    cmsTroubles: CMS_TROUBLE_NAMES.filter((name) => has(name, 0.4)),
    ...(isEvening && { startAt: `${TODAY}T19:40:00+09:00` }),
  }
}

/** The names of a day's faults. *Pure.* */
export function faultsOf(day: Disturbance): FaultName[] {
  const there: Record<(typeof DAY_FAULTS)[number], boolean | undefined> = {
    'several-workers': day.workers > 1,
    'stopped-worker': day.isFreezing,
    evening: day.startAt !== undefined,
    changes: day.hasHappenings,
    mail: day.isMailTroubled,
    'network-cuts': day.isCutting,
    'clocks-apart': day.isApart,
    'database-fails': day.databaseFails !== undefined,
  }
  return [
    ...DAY_FAULTS.filter((name) => there[name]),
    ...(day.lineTroubles ?? []),
    ...(day.cmsTroubles ?? []),
  ]
}
