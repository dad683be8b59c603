// What becomes of families in a year.
import type { Random } from '../chaos/random'
import { between, later, type Day } from './days'
import { act, readerOf, type Family } from './family'
import { accountOn, lineId } from './merge'
import { TOWNS, type Channel } from './setting'

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

/** One in twelve is born before 37 weeks, one in fifteen is told of late or never. */
export function birthOf(random: Random, due: Day): Day {
  if (random.next() < 0.08) return later(due, -21 - random.upTo(40))
  return later(due, 8 - random.upTo(24))
}

/** Of who reads by mail. */
const MAIL_STORIES: readonly Story[] = ['refuses', 'refusesAndBack', 'moves', 'goesToLine']

/** What becomes of a family: not everything happens to everybody. */
export function storyFor(
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

/** Puts what a family does after it has registered into the plan. */
export function live(family: Family): void {
  const { random, joined, last, isBorn, birth, due } = family
  const room = between(joined, last)
  const turn = later(joined, 2 + random.upTo(Math.max(2, Math.min(room - 2, 200))))
  const isBefore = isBorn || birth === null || turn < birth
  const ends = STORY_TELLERS[family.story](family, { turn, isBefore })
  relink(family)
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
    if (family.due !== null && family.due <= back) return until(turn) // nobody registers what has passed
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
    act(family, turn, { kind: 'toLine', address: idOn(family, turn) })
    return []
  },
  moves: (family, { turn }) => {
    const others = TOWNS.filter(({ code }) => code !== family.reader.town)
    act(family, turn, { kind: 'move', to: family.random.pick(others).code })
    return []
  },
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
  const address = family.reader.channel === 'line' ? idOn(family, back) : null
  act(family, back, {
    ...{ kind: 'register', by: 'self', ...(address && { address }) },
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
    account: accountOn(family.merge, reader.town, day),
  })
  plan.readers.push(partner)
  act({ plan, random, last, reader: partner }, day, { kind: 'join', of: reader.key })
}

/** Their id on the account that takes new readers of their town on a day. */
function idOn({ merge, reader, number }: Family, day: Day): string {
  return lineId(2 * number, accountOn(merge, reader.town, day))
}

/** Stories in which nothing ends what comes on LINE. */
const GOING_ON: readonly Story[] = ['plain', 'dueMoved', 'invites', 'adds']

/** Of ten whose account ends, so many come along to the one that takes its place. */
const COMING_ALONG = 0.7

/** Goes over to the account that takes the place of theirs, between its first day and its last. */
function relink(family: Family): void {
  const { merge, reader, story, joined, random } = family
  const { town, begin, until } = merge
  const isOnFormer = reader.channel === 'line' && reader.town === town && joined < begin
  if (!isOnFormer || !GOING_ON.includes(story) || random.next() > COMING_ALONG) return
  const day = later(begin, random.upTo(between(begin, until) + 1) - 1)
  act(family, day, { kind: 'relink', address: idOn(family, day) })
}
