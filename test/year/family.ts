// A family while its year is made, and how what it does gets into the plan.
import type { Random } from '../chaos/random'
import type { Day } from './days'
import { lineId, type Merge } from './merge'
import type { Deed, FamilyPlan, PlannedReader } from './plan'
import type { Channel } from './setting'
import type { Story } from './stories'

/** What a plan is made with. */
export interface Making {
  random: Random
  days: number
  plan: FamilyPlan
  merge: Merge
}

/** A family while its year is made. */
export interface Family extends Making {
  number: number
  reader: PlannedReader
  story: Story
  joined: Day
  children: string[]
  due: Day | null
  /** Told at the registration, or on its day. */
  birth: Day | null
  isBorn: boolean
  last: Day
}

/** Somebody as they are at first; `account`: code of the town whose LINE account takes them. */
export function readerOf(of: {
  key: string
  number: number
  town: string
  channel: Channel
  account: string
  random: Random
}): PlannedReader {
  const { key, number, town, channel, account, random } = of
  const address = channel === 'mail' ? `r${number}@family.example` : lineId(number, account)
  return { key, town, channel, address, edition: random.next() < 0.12 ? 'easy' : 'standard' }
}

/** Puts a deed into the plan; what lies after the last day does not happen. */
export function act(
  family: Pick<Family, 'plan' | 'last' | 'random' | 'reader'>,
  day: Day,
  deed: Deed,
) {
  const { plan, last, random, reader } = family
  if (day > last) return
  const time = random.next() < 0.5 ? 'morning' : 'afternoon'
  plan.acts.push({ day, time, reader: reader.key, deed })
}
