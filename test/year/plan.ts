// What families do in a year, decided before it begins; the oracle and the families read it.
import { createRandom } from '../chaos/random'
import { later, numberOf, type Day } from './days'
import { act, readerOf, type Family, type Making } from './family'
import { accountOn, planMerge, withoutLeftBehind } from './merge'
import { FIRST_DAY, TOWNS, type Channel, type Time } from './setting'
import { birthOf, live, storyFor } from './stories'

/** A child as it is registered. */
export interface Registered {
  child: string
  due: Day | null
  birth: Day | null
}

/** Somebody registers. */
export interface Register {
  kind: 'register'
  children: Registered[]
  source: string
  isReturn: boolean
  /** Who does it: the family, staff at the counter, or who imports a list of the town. */
  by: 'self' | 'counter' | 'list'
  /** Of who comes back to another account than they left: their id there. */
  address?: string
}

/** What somebody does. */
export type Deed =
  | Register
  | { kind: 'join'; of: string }
  | { kind: 'birth'; child: string; date: Day; isCorrected: boolean }
  | { kind: 'due'; child: string; date: Day }
  | { kind: 'stop'; isOneClick: boolean }
  | { kind: 'undo' }
  | { kind: 'loss'; child: string; hasStaleTab: boolean }
  | { kind: 'block' }
  | { kind: 'unblock' }
  | { kind: 'refuse' }
  | { kind: 'takeAgain' }
  | { kind: 'add'; child: string; due: Day }
  | { kind: 'move'; to: string }
  | { kind: 'toLine'; address: string }
  | { kind: 'relink'; address: string }

/** One deed of one reader. */
export interface Act {
  day: Day
  time: Time
  reader: string
  deed: Deed
}

/** Somebody who gets texts. */
export interface PlannedReader {
  key: string
  town: string
  channel: Channel
  /** Mail address or LINE user id. */
  address: string
  edition: string
}

/** The families' year. */
export interface FamilyPlan {
  readers: PlannedReader[]
  /** In the order in which they are done. */
  acts: Act[]
}

/** Plans so many families over so many days; the same for the same seed. *Pure.* */
export function planFamilies(of: { families: number; seed: number; days: number }): FamilyPlan {
  const plan: FamilyPlan = { readers: [], acts: [] }
  const merge = planMerge(of.days)
  const making = { random: createRandom(of.seed), days: of.days, plan, merge }
  for (let number = 0; number < of.families; number += 1) addFamily(making, number)
  plan.acts = plan.acts
    .map((act, at) => ({ act, at }))
    .sort((a, b) => placeOf(a.act) - placeOf(b.act) || a.at - b.at)
    .map(({ act }) => act)
  plan.acts = withoutLeftBehind(plan, merge)
  return plan
}

function placeOf({ day, time }: Act): number {
  return 2 * numberOf(day) + (time === 'morning' ? 0 : 1)
}

/** Of ten who read by mail, who registers them. */
const BY_MAIL = [
  ...(['list', 'list', 'counter'] as const),
  ...Array.from({ length: 7 }, () => 'self' as const),
]

function addFamily(making: Making, number: number): void {
  const { random, days, plan, merge } = making
  const last = later(FIRST_DAY, days - 1)
  const town = random.pick(TOWNS)
  const channel = town.channels.length > 1 && random.next() < 0.6 ? 'line' : 'mail'
  const first = random.next() < 0.5 ? random.upTo(Math.min(8, days)) : random.upTo(days)
  const joined = later(FIRST_DAY, first - 1)
  const reader = readerOf({
    ...{ key: `f${number}`, number: 2 * number, town: town.code, channel, random },
    account: accountOn(merge, town.code, joined),
  })
  const isTwins = random.next() < 0.04
  const children = isTwins ? [`c${number}a`, `c${number}b`] : [`c${number}a`]
  const isBorn = random.next() < 0.35
  const passed = 20 + random.upTo(245)
  const due = isBorn ? null : later(joined, 280 - passed)
  const birth = isBorn ? later(joined, -random.upTo(500)) : birthOf(random, due ?? joined)
  const story = storyFor(random, { channel, isBorn, hasLine: town.channels.length > 1 })
  plan.readers.push(reader)
  const family: Family = {
    ...making,
    ...{ number, reader, story, joined, children, due, isBorn, last },
    birth: !isBorn && birth <= joined ? later(joined, 5) : birth,
  }
  act(family, joined, {
    kind: 'register',
    children: children.map((child) => ({ child, due, birth: isBorn ? birth : null })),
    source: random.pick(['poster', 'handbook', 'clinic', '']),
    isReturn: false,
    by: channel === 'mail' ? random.pick(BY_MAIL) : 'self',
  })
  live(family)
}
