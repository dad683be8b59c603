// What families do in a year, decided before it begins; the oracle and the families read it.
import { createRandom, type Random } from '../chaos/random'
import { between, later, numberOf, type Day } from './days'

/** The year begins here; it has a 29 February and a 1 April. */
export const FIRST_DAY: Day = '2032-01-05'

/** Towns of the year, and how texts come there. */
export const TOWNS = [
  { code: '999016', name: 'みなと町', channels: ['line', 'mail'] },
  { code: '999024', name: 'もり市', channels: ['line', 'mail'] },
  { code: '999032', name: 'はま村', channels: ['mail'] },
] as const

/** A channel. */
export type Channel = 'line' | 'mail'

/** When something is done: before the day's texts go out, or after. */
export type Time = 'morning' | 'afternoon'

/** A child as it is registered. */
export interface Registered {
  child: string
  due: Day | null
  birth: Day | null
}

/** What somebody does. */
export type Deed =
  | { kind: 'register'; children: Registered[]; source: string; isReturn: boolean }
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

/** What becomes of families, and of how many in a hundred. */
const STORIES = {
  plain: 41,
  loses: 7,
  stops: 6,
  returns: 7,
  undoes: 4,
  blocks: 4,
  blocksAndBack: 4,
  refuses: 3,
  refusesAndBack: 3,
  dueMoved: 6,
  invites: 4,
  invitesAndLoses: 2,
  adds: 3,
  moves: 3,
  goesToLine: 3,
} as const

/** One of {@link STORIES}. */
export type Story = keyof typeof STORIES

const EVERY_STORY = Object.entries(STORIES).flatMap(([story, share]) =>
  Array.from({ length: share }, () => story as Story),
)

interface Making {
  random: Random
  days: number
  plan: FamilyPlan
}

/** Plans so many families over so many days; the same for the same seed. *Pure.* */
export function planFamilies(of: { families: number; seed: number; days: number }): FamilyPlan {
  const plan: FamilyPlan = { readers: [], acts: [] }
  const making = { random: createRandom(of.seed), days: of.days, plan }
  for (let number = 0; number < of.families; number += 1) addFamily(making, number)
  plan.acts = plan.acts
    .map((act, at) => ({ act, at }))
    .sort((a, b) => placeOf(a.act) - placeOf(b.act) || a.at - b.at)
    .map(({ act }) => act)
  return plan
}

function placeOf({ day, time }: Act): number {
  return 2 * numberOf(day) + (time === 'morning' ? 0 : 1)
}

/** A family while its year is made. */
interface Family extends Making {
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

function addFamily(making: Making, number: number): void {
  const { random, days, plan } = making
  const last = later(FIRST_DAY, days - 1)
  const town = random.pick(TOWNS)
  const channel = town.channels.length > 1 && random.next() < 0.6 ? 'line' : 'mail'
  const first = random.next() < 0.5 ? random.upTo(Math.min(8, days)) : random.upTo(days)
  const joined = later(FIRST_DAY, first - 1)
  const reader = readerOf({
    key: `f${number}`,
    number: 2 * number,
    town: town.code,
    channel,
    random,
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
  })
  live(family)
}

function readerOf(of: {
  key: string
  number: number
  town: string
  channel: Channel
  random: Random
}): PlannedReader {
  const { key, number, town, channel, random } = of
  const address = channel === 'mail' ? `r${number}@family.example` : lineId(number)
  return { key, town, channel, address, edition: random.next() < 0.12 ? 'easy' : 'standard' }
}

/** One in twelve is born before 37 weeks, one in fifteen is told of late or never. */
function birthOf(random: Random, due: Day): Day {
  if (random.next() < 0.08) return later(due, -21 - random.upTo(40))
  return later(due, 8 - random.upTo(24))
}

/** Of who reads by mail. */
const MAIL_STORIES: readonly Story[] = ['refuses', 'refusesAndBack', 'moves', 'goesToLine']

function storyFor(
  random: Random,
  of: { channel: Channel; isBorn: boolean; hasLine: boolean },
): Story {
  const story = random.pick(EVERY_STORY)
  const isPossible =
    (of.channel === 'line' || !['blocks', 'blocksAndBack'].includes(story)) &&
    (of.channel === 'mail' || !MAIL_STORIES.includes(story)) &&
    (of.hasLine || story !== 'goesToLine') &&
    (!of.isBorn || !['dueMoved', 'invitesAndLoses'].includes(story))
  return isPossible ? story : 'plain'
}

/** Puts a deed into the plan; what lies after the last day does not happen. */
function act(family: Pick<Family, 'plan' | 'last' | 'random' | 'reader'>, day: Day, deed: Deed) {
  const { plan, last, random, reader } = family
  if (day > last) return
  const time = random.next() < 0.5 ? 'morning' : 'afternoon'
  plan.acts.push({ day, time, reader: reader.key, deed })
}

function live(family: Family): void {
  const { random, joined, last, isBorn, birth, due } = family
  const room = between(joined, last)
  const turn = later(joined, 2 + random.upTo(Math.max(2, Math.min(room - 2, 200))))
  const isBefore = isBorn || birth === null || turn < birth
  const ends = STORY_TELLERS[family.story](family, { turn, isBefore })
  if (isBorn || birth === null || due === null || random.next() < 0.04) return
  const told = later(birth, random.upTo(8) - 1)
  if (ends.some(({ from, to }) => told >= from && told <= to)) return
  for (const child of family.children.filter((one) => !ends.some(({ lost }) => lost === one))) {
    tellBirth(family, child, told)
  }
}

/** Twins are told of one after the other, at the same time of day. */
function tellBirth(family: Family, child: string, told: Day): void {
  const { birth, due, plan, reader, last, number } = family
  if (birth === null || due === null || told > last) return
  const isEarly = between(birth, due) > 21
  const time = number % 2 === 0 ? 'morning' : 'afternoon'
  const isCorrected = isEarly && number % 4 < 2
  plan.acts.push({
    ...{ day: told, time, reader: reader.key },
    deed: { kind: 'birth', child, date: birth, isCorrected },
  })
}

/** When nothing is told of a birth: while nothing comes, or of a child that is gone. */
interface End {
  from: Day
  to: Day
  lost?: string
}

const FOREVER: Day = '9999-12-31'

type Teller = (family: Family, of: { turn: Day; isBefore: boolean }) => End[]

const until = (from: Day, to: Day = FOREVER): End[] => [{ from, to }]

const STORY_TELLERS: Record<Story, Teller> = {
  plain: () => [],
  loses: lose,
  stops: (family, { turn }) => {
    act(family, turn, { kind: 'stop', isOneClick: family.number % 2 === 0 })
    return until(turn)
  },
  returns: comeBack,
  undoes: (family, { turn }) => {
    act(family, turn, { kind: 'stop', isOneClick: false })
    const back = later(turn, family.random.upTo(6))
    act(family, back, { kind: 'undo' })
    return until(turn, back)
  },
  blocks: (family, { turn }) => {
    act(family, turn, { kind: 'block' })
    return until(turn)
  },
  blocksAndBack: (family, { turn }) => {
    act(family, turn, { kind: 'block' })
    const back = later(turn, family.random.upTo(40))
    act(family, back, { kind: 'unblock' })
    return until(turn, back)
  },
  refuses: (family, { turn }) => {
    act(family, turn, { kind: 'refuse' })
    return until(turn)
  },
  refusesAndBack: (family, { turn }) => {
    act(family, turn, { kind: 'refuse' })
    const back = later(turn, 20 + family.random.upTo(40))
    act(family, back, { kind: 'takeAgain' })
    return until(turn, back)
  },
  dueMoved: (family, { turn, isBefore }) => {
    const { due, random, birth, children } = family
    if (due === null || birth === null || !isBefore || children.length > 1) return []
    const moved = later(due, random.pick([-9, -5, -3, 4, 6, 10]))
    act(family, turn, { kind: 'due', child: children[0] ?? '', date: moved })
    family.due = moved
    return []
  },
  invites: (family, { turn }) => {
    invite(family, turn)
    return []
  },
  invitesAndLoses: (family, of) => {
    invite(family, of.turn)
    if (family.birth === null || later(of.turn, 25) >= family.birth) return []
    return lose(family, { ...of, turn: later(of.turn, 2 + family.random.upTo(20)) })
  },
  adds: (family, { turn }) => {
    if (!family.isBorn || between(family.birth ?? turn, turn) < 250) return []
    const due = later(turn, 100 + family.random.upTo(100))
    const child = `c${family.number}s`
    act(family, turn, { kind: 'add', child, due })
    const born = later(due, 5 - family.random.upTo(12))
    act(family, later(born, 2), { kind: 'birth', child, date: born, isCorrected: false })
    return []
  },
  goesToLine: (family, { turn }) => {
    act(family, turn, { kind: 'toLine', address: lineId(2 * family.number) })
    return []
  },
  moves: (family, { turn }) => {
    const others = TOWNS.filter(({ code }) => code !== family.reader.town)
    act(family, turn, { kind: 'move', to: family.random.pick(others).code })
    return []
  },
}

/** Id on LINE of a reader by their number. *Pure.* */
function lineId(number: number): string {
  return `U${number.toString(16).padStart(32, '0')}`
}

/** Of twins one alone, and the other lives; where no birth is told any more, nothing is told late. */
function lose(family: Family, { turn }: { turn: Day }): End[] {
  const { children, birth, isBorn, last, number } = family
  const day = !isBorn && birth !== null && turn >= birth ? later(birth, -1) : turn
  const lost = children[0] ?? ''
  if (day <= family.joined || day > last) return []
  act(family, day, { kind: 'loss', child: lost, hasStaleTab: number % 2 === 0 })
  return children.length > 1 ? [{ from: FOREVER, to: FOREVER, lost }] : until(day)
}

/** Everything is stopped, and some weeks later begun anew with what is true then. */
function comeBack(family: Family, { turn }: { turn: Day }): End[] {
  const { random, children, due, birth, isBorn } = family
  const back = later(turn, 8 + random.upTo(60))
  act(family, turn, { kind: 'stop', isOneClick: false })
  const isBornBy = isBorn || (birth !== null && birth <= back)
  act(family, back, {
    kind: 'register',
    children: children.map((child) => ({
      child,
      due: isBornBy ? null : due,
      birth: isBornBy ? birth : null,
    })),
    source: '',
    isReturn: true,
  })
  return isBornBy ? until(turn) : until(turn, back)
}

function invite(family: Family, day: Day): void {
  const { plan, random, number, reader, last } = family
  if (day > last) return
  const partner = readerOf({
    ...{ key: `p${number}`, number: 2 * number + 1, town: reader.town, random },
    channel: random.next() < 0.5 ? reader.channel : 'mail',
  })
  plan.readers.push(partner)
  act({ plan, random, last, reader: partner }, day, { kind: 'join', of: reader.key })
}
