// The faults of a day, each by name; which of them meet is the seed's choice.
import { TODAY } from '../src/plan/town'
import { CMS_TROUBLE_NAMES, type CmsTroubleName } from './cms'
import type { Aftermath, Disturbance } from './dataSet'
import type { DatabaseFault } from './failingDatabase'
import { HAPPENING_NAMES, type HappeningName } from './happenings'
import {
  LINE_TROUBLE_NAMES,
  RELAY_TROUBLE_NAMES,
  type LineTroubleName,
  type RelayTroubleName,
} from './outside'
import { createRandom, type Random } from './random'
import type { RestoreTimes } from './restore'

const DAY_FAULTS = [
  'several-workers',
  'stopped-worker',
  'evening',
  'mail',
  'network-cuts',
  'clocks-apart',
  'database-fails',
  'disk-full',
  'read-only',
  'replica-set',
  'restore',
  'key-22:59',
  'key-23:01',
] as const

/** A fault by name; kills are always there, and a CMS that cannot be reached when none of its is. */
export type FaultName =
  HappeningName | LineTroubleName | RelayTroubleName | CmsTroubleName | (typeof DAY_FAULTS)[number]

/** Every fault that `--faults` knows. */
export const FAULT_NAMES: readonly FaultName[] = [
  ...DAY_FAULTS,
  ...HAPPENING_NAMES,
  ...LINE_TROUBLE_NAMES,
  ...RELAY_TROUBLE_NAMES,
  ...CMS_TROUBLE_NAMES,
]

/** Of the full number of families: so many that most days outlast their deaths. */
const SIZE = 0.6

/** What a day is chosen from. */
interface DayOptions {
  seed: number
  kills: number
  /** Faults that may be there. */
  names: readonly FaultName[]
  /** Faults that are there. */
  certain?: readonly FaultName[]
}

/** The day a seed gives, out of the faults that are allowed. *Pure.* */
export function chooseDay(of: DayOptions): Disturbance {
  const day = draw(of)
  // what people did is lost with the rest: it would have to be done again
  return day.restore ? { ...day, happenings: [] } : day
}

function draw({ seed, kills, names, certain = [] }: DayOptions): Disturbance {
  const random = createRandom(seed)
  const has = (name: FaultName, chance: number) =>
    (random.next() < chance && names.includes(name)) || certain.includes(name)
  const workers = has('several-workers', 0.6) ? 1 + random.upTo(2) : 1
  const isFreezing = has('stopped-worker', 0.6) && workers > 1
  const isEvening = has('evening', 0.15)
  const databaseFaults = (Object.keys(DATABASE_FAULTS) as (keyof typeof DATABASE_FAULTS)[])
    .filter((name) => has(name, name === 'database-fails' ? 0.25 : 0.08))
    .flatMap((name) => DATABASE_FAULTS[name])
  const isReplicaSet = has('replica-set', 0.1) && databaseFaults.length === 0
  const isFailing = isReplicaSet || databaseFaults.length > 0
  const keyAge = has('key-22:59', 0.04) ? '22:59' : has('key-23:01', 0.04) ? '23:01' : undefined
  if (keyAge) return { seed, kills, size: SIZE, workers: 1, keyAge, ...LIVELY }
  return {
    seed,
    kills,
    workers,
    size: SIZE,
    isFreezing,
    happenings: HAPPENING_NAMES.filter((name) => has(name, name === 'changes' ? 0.7 : 0.3)),
    isMailTroubled: has('mail', 0.8),
    isCutting: has('network-cuts', 0.5),
    isApart: has('clocks-apart', 0.3),
    lineTroubles: LINE_TROUBLE_NAMES.filter((name) => has(name, 0.6)),
    cmsTroubles: CMS_TROUBLE_NAMES.filter((name) => has(name, 0.4)),
    relayTroubles: RELAY_TROUBLE_NAMES.filter((name) => has(name, 0.3)),
    isReplicaSet,
    databaseFaults,
    ...(isFailing && { databaseFails: 4 + random.upTo(6) }),
    ...(has('restore', 0.12) && { restore: chooseRestore(kills, random) }),
    ...(isEvening && { startAt: `${TODAY}T19:40:00+09:00` }),
  }
}

/** What leaves LINE requests without an answer; the rest of such a day is calm. */
const LIVELY = {
  happenings: [],
  lineTroubles: ['line-500-taken', 'line-cut-taken', 'line-cut'] as const,
  isMailTroubled: false,
}

/** How a database of one member fails, by the names of the faults. */
const DATABASE_FAULTS: Readonly<
  Record<'database-fails' | 'disk-full' | 'read-only', readonly DatabaseFault[]>
> = {
  'database-fails': ['killed', 'steppedDown'],
  'disk-full': ['diskFull'],
  'read-only': ['readOnly'],
}

/** Early enough that the day is not over. */
function chooseRestore(kills: number, random: Random): RestoreTimes {
  const taken = random.upTo(Math.max(1, Math.floor(kills / 4)))
  return { taken, restored: taken + random.upTo(Math.max(1, Math.floor(kills / 4))) }
}

/** What was meant for a day that was over before it came. *Pure.* */
export function missedOf(
  { keyAge, restore }: Disturbance,
  { aged, kills }: Pick<Aftermath, 'aged' | 'kills'>,
): FaultName[] {
  return [
    ...(keyAge && aged.size === 0 ? [`key-${keyAge}` as const] : []),
    ...(restore && kills < restore.restored ? ['restore' as const] : []),
  ]
}

/** The names of a day's faults. *Pure.* */
export function faultsOf(day: Disturbance): FaultName[] {
  const there: Record<(typeof DAY_FAULTS)[number], boolean | undefined> = {
    'several-workers': day.workers > 1,
    'stopped-worker': day.isFreezing,
    evening: day.startAt !== undefined,
    mail: day.isMailTroubled,
    'network-cuts': day.isCutting,
    'clocks-apart': day.isApart,
    'database-fails': day.databaseFaults?.includes('killed'),
    'disk-full': day.databaseFaults?.includes('diskFull'),
    'read-only': day.databaseFaults?.includes('readOnly'),
    'replica-set': day.isReplicaSet,
    restore: day.restore !== undefined,
    'key-22:59': day.keyAge === '22:59',
    'key-23:01': day.keyAge === '23:01',
  }
  return [
    ...DAY_FAULTS.filter((name) => there[name]),
    ...(day.happenings ?? []),
    ...(day.lineTroubles ?? []),
    ...(day.relayTroubles ?? []),
    ...(day.cmsTroubles ?? []),
  ]
}
