// The people of a rehearsal: what each of them will do in a move, decided before it begins.
import type { LineAccount } from '../../src/plan/settings'
import { addDays, type LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import type { Address } from '../../worker/readers/reader'
import type { Sandbox } from '../../worker/sandbox/sandbox'
import type { Random } from '../chaos/random'
import { TOWN } from '../src/plan/town'

/** What somebody does, and how many of a hundred do it. */
export const HABITS = {
  never: 26,
  links: 24,
  registersThenLinks: 4,
  registersOnly: 2,
  linksTwice: 8,
  changesMind: 6,
  pressesAndForgets: 5,
  blocks: 6,
  linksThenBlocks: 6,
  stops: 4,
  linksThenStops: 3,
  loses: 3,
  losesAfterLinking: 3,
} as const

/** One of {@link HABITS}. */
export type Habit = keyof typeof HABITS

/** Somebody of the rehearsal. */
export interface Person {
  habit: Habit
  /** The day of the rehearsal on which they do it, from 0, and whether before that day's texts. */
  on: number
  isEarly: boolean
  readerId: string
  childId: string
  /** Where texts came at first. */
  old: Address
  /** Their id on the new account, once they have added it. */
  fresh: string | null
  /** Id of the registration they have made there besides. */
  again: string | null
}

/** What a rehearsal's acts need. */
export interface Stage {
  sandbox: Sandbox
  delivery: Pick<DeliveryHalf, 'readers' | 'now'>
  /** The LINE account that is left; null: mail. */
  from: LineAccount | null
  to: LineAccount
  move: string
}

/** Registers so many people of as many habits. */
export async function invite(
  stage: Stage,
  { count, days, today, random }: { count: number; days: number; today: LocalDay; random: Random },
): Promise<Person[]> {
  const habits = Object.entries(HABITS).flatMap(([habit, share]) =>
    Array.from({ length: share }, () => habit as Habit),
  )
  const every = Object.keys(HABITS) as Habit[]
  const people: Person[] = []
  for (let at = 0; at < count; at += 1) {
    // every habit early and late on its day, the rest by their shares
    const one = at < 2 * every.length ? every[at % every.length] : undefined
    const habit = one ?? random.pick(habits)
    const old = await addressOf(stage, at)
    const { readerId, childId } = await stage.delivery.readers.register({
      ...{ municipality: TOWN, address: old, edition: at % 5 === 0 ? 'easy' : 'standard' },
      ...{ relation: 'mother', area: null, source: null, consentVersion: '1' },
      consentedAt: stage.delivery.now(),
      child: { birthDate: addDays(today, -(20 + (at % 30))) },
      ...(stage.from && { lineAccount: stage.from.id }),
    })
    const daysToActOn = habit === 'registersThenLinks' ? days - 1 : days
    const on = random.upTo(Math.max(1, daysToActOn)) - 1
    const isEarly = one ? at < every.length : random.next() < 0.5
    people.push({ habit, on, isEarly, readerId, childId, old, fresh: null, again: null })
  }
  return people
}

/** Whether somebody does something on a day of the rehearsal: one habit takes two days. */
export function isActing({ habit, on }: Person, at: number): boolean {
  return at === on || (habit === 'registersThenLinks' && at === on + 1)
}

async function addressOf({ sandbox, from }: Stage, at: number): Promise<Address> {
  if (!from) return { channel: 'mail', account: 'mail', address: `person${at}@family.example` }
  const { userId } = await sandbox.line.befriend(from.channelId, `人${at}`)
  return { channel: 'line', account: from.provider, address: userId }
}

/** Does what a person does on their day. */
export async function act(stage: Stage, person: Person): Promise<void> {
  const { readers } = stage.delivery
  const { readerId, childId } = person
  const stopChild = () => readers.stopChild({ readerId, childId })
  const acts: Record<Habit, () => Promise<unknown>> = {
    never: async () => undefined,
    links: () => link(stage, person, 'move'),
    registersThenLinks: () =>
      person.again === null ? registerThere(stage, person) : link(stage, person, 'join-one'),
    registersOnly: () => registerThere(stage, person),
    linksTwice: async () => {
      const first = await keyOf(stage, person)
      await link(stage, person, 'move')
      if (first) await bring(stage, person, { key: first, answer: 'move' })
      await link(stage, person, 'move')
    },
    changesMind: () => link(stage, person, 'keep'),
    pressesAndForgets: () => keyOf(stage, person),
    blocks: () => block(stage, person),
    linksThenBlocks: async () => {
      await link(stage, person, 'move')
      await blockNew(stage, person)
    },
    stops: () => readers.stopReader(readerId),
    linksThenStops: async () => {
      await link(stage, person, 'move')
      await readers.stopReader(readerId)
    },
    loses: stopChild,
    losesAfterLinking: async () => {
      await link(stage, person, 'move')
      await stopChild()
    },
  }
  await acts[person.habit]()
}

async function block({ sandbox, from, delivery }: Stage, { old, readerId }: Person) {
  if (from) return sandbox.line.block(from.channelId, old.address)
  await delivery.readers.unsubscribeMail(readerId)
}

async function blockNew({ sandbox, to }: Stage, { fresh }: Person): Promise<void> {
  if (fresh) await sandbox.line.block(to.channelId, fresh)
}

/** Registers once more, with the new account, as if there was no other registration. */
async function registerThere(stage: Stage, person: Person): Promise<void> {
  const { delivery, sandbox, to } = stage
  const { readers, now } = delivery
  const child = await readers.findChild(person.childId)
  person.fresh ??= (await sandbox.line.befriend(to.channelId, '新しい友だち')).userId
  const { readerId } = await readers.register({
    ...{ municipality: TOWN, edition: 'easy', relation: 'mother', area: null, source: null },
    ...{ address: { channel: 'line', account: to.provider, address: person.fresh } },
    ...{ consentVersion: '1', consentedAt: now(), lineAccount: to.id },
    child: { ...(child?.birthDate && { birthDate: child.birthDate }) },
  })
  person.again = readerId
}

/** The whole way: the letter's button, the new account's talk, the answer there. */
async function link(stage: Stage, person: Person, answer: Answer): Promise<void> {
  const key = await keyOf(stage, person)
  if (key) await bring(stage, person, { key, answer })
}

/** What is pressed in the new account's talk; texts come there already to who says `join-one`. */
type Answer = 'move' | 'keep' | 'join-one'

async function bring(
  { sandbox, to }: Stage,
  person: Person,
  { key, answer }: { key: string; answer: Answer },
): Promise<void> {
  const { line } = sandbox
  person.fresh ??= (await line.befriend(to.channelId, '新しい友だち')).userId
  await line.say(to.channelId, person.fresh, `届け先の変更 ${key}`)
  const press = (word: Answer) =>
    line.press(to.channelId, person.fresh ?? '', { data: `kizuna:${word}:${key}`, label: word })
  if (answer === 'join-one') await press('move') // and is asked whether both are one
  await press(answer)
}

/** The key of the way in, as the talk or the own page gives it; null where it is over. */
async function keyOf(stage: Stage, person: Person): Promise<string | null> {
  const { sandbox, from, to, move, delivery } = stage
  if (!from) {
    const key = `${person.readerId.replaceAll('-', '')}${Date.now().toString(16)}`.slice(-32)
    const change = { readerId: person.readerId, municipality: TOWN, key, lineAccount: to.id }
    await delivery.readers.askContactByLine({ ...change, move })
    return key
  }
  const user = person.old.address
  const replies = () =>
    sandbox.line
      .accepted()
      .filter(({ endpoint, to: [who] }) => endpoint === 'reply' && who === user)
  const before = replies().length
  const data = `kizuna:account:${move}`
  await sandbox.line.press(from.channelId, user, { data, label: '新しいアカウントに移る' })
  await sandbox.until(() => replies().length > before)
  const said = decodeURIComponent(JSON.stringify(sandbox.line.messagesOf(replies().at(-1)!)))
  return /届け先の変更[ +]([0-9a-f]{32})/.exec(said)?.[1] ?? null
}
