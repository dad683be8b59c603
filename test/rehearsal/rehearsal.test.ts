// Moves between accounts with people of every habit, on the stand-ins: nobody gets a text twice
// on any day, nobody who goes on misses one, and everybody is in exactly one counted state.
import { afterEach, expect, test } from '@jest/globals'

import { READER_STATES } from '../../src/accounts/readerState'
import type { OpenMove } from '../../src/plan/settings'
import { accountMarks } from '../../worker/readers/accountMarks'
import { readerCollections } from '../../worker/readers/collections'
import { keyNamespace } from '../../worker/ledger/collections'
import { createReaderStore } from '../../worker/readers/store'
import { createAccountMovesWork } from '../../worker/web/accounts/accountMoves'
import { createLinks } from '../../worker/web/link'
import { localDayOf } from '../../src/stage/day'
import { LINE } from '../worker/app/openWorker'
import { killAt } from '../worker/killAt'
import { copiesOf, doublesIn, missedIn } from './judge'
import { act, HABITS, type Person } from './people'
import { byHabit, dayAt, openRehearsal } from './world'

/** Each habit twice: before its day's texts and after. */
const COUNT = 2 * Object.keys(HABITS).length
const DAYS = 3
const open: Awaited<ReturnType<typeof openRehearsal>>[] = []

afterEach(async () => {
  for (const world of open.splice(0)) await world.close()
})

async function rehearse(kind: OpenMove['kind'], count = COUNT) {
  const world = await openRehearsal({ kind, count, seed: 7, days: DAYS })
  open.push(world)
  const running = { stage: 'running' as const, begin: dayAt(0), until: dayAt(30) }
  await world.put(running)
  for (let at = 0; at < DAYS; at += 1) await world.live(at)
  return { ...world, running }
}

type Rehearsed = Awaited<ReturnType<typeof rehearse>>

/** Everybody is taken back, and lives through a day more. */
async function expectTakenBack({ put, running, live, told, people, sandbox, delivery }: Rehearsed) {
  await put({ ...running, stage: 'takingBack' })
  await live(DAYS)
  await live(DAYS + 1)
  expect(told.at(-1)).toEqual({ isRestored: true })
  await put(null)
  await live(DAYS + 2)
  expect(await accountMarks(delivery.db).countDocuments()).toBe(0)
  const copies = await copiesOf(sandbox, people)
  expect(doublesIn(copies, dayAt)).toEqual([])
  expect(missedIn(copies, people, daysOf(DAYS + 3))).toEqual([])
  const last = copies.filter(({ day, kind }) => kind === 'text' && day === dayAt(DAYS + 2))
  expect(last.length).toBeGreaterThan(0)
  expect(last.every(({ by }) => by === 'old')).toBe(true)
}

/** Of two registrations one has ended in the other; who never linked has both. */
async function expectEnded({ people, delivery }: Rehearsed) {
  const again = byHabit(people, 'registersThenLinks', 'registersOnly')
  const found = await readerCollections(delivery.db)
    .readers.find({ _id: { $in: again.map((person) => person.again ?? '') } })
    .toArray()
  const becameOf = new Map(found.map(({ _id, status, joinedTo }) => [_id, { status, joinedTo }]))
  for (const { habit, again: own, readerId } of again) {
    const joined = { status: 'stopped', joinedTo: readerId }
    const one = habit === 'registersOnly' ? { status: 'active', joinedTo: undefined } : joined
    expect(becameOf.get(own ?? '')).toEqual(one)
  }
}

const daysOf = (count: number) => Array.from({ length: count }, (_, at) => dayAt(at))

test.each(['otherProvider', 'mailToLine'] as const)(
  '%s: once on every day, and everybody is counted',
  async (kind) => {
    const world = await rehearse(kind)
    const { sandbox, people, delivery, moveOf, told } = world
    const copies = await copiesOf(sandbox, people)
    expect(doublesIn(copies, dayAt)).toEqual([])
    expect(missedIn(copies, people, daysOf(DAYS))).toEqual([])
    const counts = await delivery.readers.moves.count(moveOf())
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(COUNT)
    const whoLink = byHabit(people, 'links', 'linksTwice', 'registersThenLinks')
    expect(counts.linked).toBe(whoLink.length)
    await expectEnded(world)
    expect(counts.stopped).toBeGreaterThan(0)
    expect(counts[kind === 'mailToLine' ? 'fellBack' : 'blockedThere']).toBe(
      byHabit(people, 'linksThenBlocks').length,
    )
    expect(counts.waiting).toBe(0)
    // who has moved gets nothing of the old account from the next text on
    const moved = byHabit(people, 'links', 'registersThenLinks')
    const movedOn = ({ habit, on }: Person) => on + (habit === 'links' ? 0 : 1)
    const later = copies.filter(
      ({ person, by, day, kind: what }) =>
        what === 'text' && by === 'old' && moved.includes(person) && day > dayAt(movedOn(person)),
    )
    expect(later).toEqual([])
    // the CMS is told in tens
    const figures = told.at(-1) as { counts: Record<string, number> }
    expect(Object.keys(figures.counts)).toEqual(READER_STATES.map(({ value }) => value))
    expect(Object.values(figures.counts).every((count) => count % 10 === 0)).toBe(true)
    if (kind === 'otherProvider') await expectTakenBack(world)
  },
  120_000,
)

test('within a provider nobody does anything, and who is no friend of the new account is counted', async () => {
  const world = await openRehearsal({ kind: 'sameProvider', count: 12, seed: 3, days: 1 })
  open.push(world)
  const { sandbox, people, delivery, put, live, moveOf, stage } = world
  for (const [at, person] of people.entries()) person.habit = at < 3 ? 'never' : 'links'
  for (const person of people) person.on = -1 // nobody acts
  const friends = people.slice(3)
  for (const { old } of friends) await sandbox.line.unblock(stage.to.channelId, old.address)
  const running = { stage: 'running' as const, begin: dayAt(0), until: dayAt(30) }
  await put(running)
  await live(0)
  const before = await delivery.readers.moves.count(moveOf())
  expect(before).toMatchObject({ linked: friends.length, asked: 3 })
  await put({ ...running, stage: 'switched' })
  await live(1)
  const late = people[0]!
  await sandbox.line.unblock(stage.to.channelId, late.old.address)
  await live(2)
  const texts = () =>
    sandbox.line
      .accepted()
      .filter((call) => call.endpoint !== 'reply')
      .filter((call) => JSON.stringify(sandbox.line.messagesOf(call)).includes('の文です'))
  const on = (day: string, channelId: string) =>
    texts()
      .filter((call) => call.channelId === channelId && localDayOf(new Date(call.at)) === day)
      .flatMap(({ to }) => to).length
  expect(on(dayAt(0), LINE.channelId)).toBe(12)
  expect(on(dayAt(0), stage.to.channelId)).toBe(0)
  expect(on(dayAt(1), LINE.channelId)).toBe(0)
  expect(on(dayAt(1), stage.to.channelId)).toBe(9)
  expect(on(dayAt(2), stage.to.channelId)).toBe(10)
  await put({ ...running, stage: 'takingBack' })
  await live(3)
  await put(null)
  await live(4)
  expect(on(dayAt(4), LINE.channelId)).toBe(12)
  const copies = await copiesOf(sandbox, people)
  expect(doublesIn(copies, dayAt)).toEqual([])
}, 60_000)

test.each(['otherProvider', 'mailToLine'] as const)(
  '%s: a worker that dies at any write sends no letter twice',
  async (kind) => {
    const world = await openRehearsal({ kind, count: 3, seed: 5, days: 1 })
    open.push(world)
    const { delivery, sandbox, people, put, clock, moveOf } = world
    await put({ stage: 'running', begin: dayAt(0), until: dayAt(30) })
    clock.now = new Date(`${dayAt(0)}T09:30:00+09:00`)
    let isKilled = true
    for (let write = 1; isKilled; write += 1) {
      for (const when of ['before', 'after'] as const) {
        const killing = killAt(delivery.db, { write, when })
        const readers = createReaderStore({ ...delivery, db: killing.db })
        const work = createAccountMovesWork({ ...delivery, ...PARTS(delivery), readers })
        await work.workSome().catch(() => undefined)
        isKilled = killing.hasKilled()
      }
    }
    clock.now = new Date(`${dayAt(0)}T09:40:00+09:00`)
    await delivery.accountMoves.workSome()
    const copies = await copiesOf(sandbox, people)
    expect(doublesIn(copies, dayAt)).toEqual([])
    const counts = await delivery.readers.moves.count(moveOf())
    // by LINE each is known to have gone out; a mail whose process has died is unknown, and counted
    expect(counts.asked + counts.unknown).toBe(3)
    if (kind === 'otherProvider') expect(copies).toHaveLength(3)
  },
  60_000,
)

test.each(['otherProvider', 'mailToLine'] as const)(
  '%s: on the days of the reminders the inbox has one of each, in its words, for who has not moved',
  async (kind) => {
    const world = await openRehearsal({ kind, count: 2, seed: 5, days: 1 })
    open.push(world)
    const { delivery, sandbox, people, put, clock, stage } = world
    await put({ stage: 'running', begin: dayAt(0), until: dayAt(30) })
    const [moves, stays] = people
    moves!.habit = 'links'
    for (let day = 0; day <= 31; day += 1) {
      clock.now = new Date(`${dayAt(day)}T09:30:00+09:00`)
      await delivery.accountMoves.workSome()
      if (day === 11) await act(stage, moves!)
    }
    const copies = await copiesOf(sandbox, people)
    const daysOfLetters = (person: Person) =>
      copies.filter((copy) => copy.person === person).map(({ day }) => day)
    expect(daysOfLetters(stays!)).toEqual([dayAt(0), dayAt(10), dayAt(23)])
    expect(daysOfLetters(moves!)).toEqual([dayAt(0), dayAt(10)])
    const said = copies.filter(({ person }) => person === stays).map((copy) => copy.said)
    const isAgain = /前にもお知らせしました/
    expect(said.map((words) => isAgain.test(words))).toEqual([false, true, false])
    const isLast = /これが最後の/
    expect(said.map((words) => isLast.test(words))).toEqual([false, false, true])
  },
  60_000,
)

test('in the trial those whom staff have chosen are written to and may move, and nobody else', async () => {
  const world = await openRehearsal({ kind: 'otherProvider', count: 4, seed: 5, days: 1 })
  open.push(world)
  const { delivery, sandbox, people, put, clock, moveOf, stage } = world
  await put({ stage: 'trial', begin: dayAt(0), until: dayAt(30) })
  clock.now = new Date(`${dayAt(0)}T09:30:00+09:00`)
  const [chosen, other] = people
  for (const person of people) person.habit = 'links'
  const move = { ...moveOf(), stage: 'trial' as const }
  const { moves } = delivery.readers
  expect(await moves.addTrial({ move, readerId: chosen!.readerId })).toBe(true)
  await delivery.accountMoves.workSome()
  await act(stage, chosen!)
  await act(stage, other!)
  const letters = (await copiesOf(sandbox, people)).filter(({ kind }) => kind === 'letter')
  expect(letters.map(({ person }) => person)).toEqual([chosen])
  const { linked, ...others } = await moves.count(move)
  expect([linked, Object.values(others).some((count) => count > 0)]).toEqual([1, false])
  expect(other!.fresh).toBeNull()
}, 60_000)

test('a mail stays beside LINE for thirty days without a block, and then ends', async () => {
  const world = await openRehearsal({ kind: 'mailToLine', count: 2, seed: 5, days: 1 })
  open.push(world)
  const { delivery, people, put, clock, stage, sandbox } = world
  await put({ stage: 'running', begin: dayAt(0), until: dayAt(30) })
  clock.now = new Date(`${dayAt(0)}T09:30:00+09:00`)
  for (const person of people) person.habit = 'links'
  for (const person of people) await act(stage, person)
  const [stays, blocks] = people
  await sandbox.line.block(stage.to.channelId, blocks!.fresh!)
  await put('finished')
  const channelsAfter = async (days: number, person = stays!) => {
    clock.now = new Date(`${dayAt(days)}T09:30:00+09:00`)
    await delivery.accountMoves.workSome()
    const reader = await delivery.readers.findReader(person.readerId)
    return reader!.identities.map(({ channel }) => channel)
  }
  expect(await channelsAfter(29)).toEqual(['line', 'mail'])
  expect(await channelsAfter(31)).toEqual(['line'])
  expect(await channelsAfter(31, blocks)).toEqual(['line', 'mail'])
  await sandbox.line.unblock(stage.to.channelId, blocks!.fresh!)
  expect(await channelsAfter(60, blocks)).toEqual(['line', 'mail'])
  expect(await channelsAfter(62, blocks)).toEqual(['line'])
}, 60_000)

const PARTS = ({ db, ring, now }: Rehearsed['delivery']) => ({
  namespace: () => keyNamespace(db),
  links: createLinks({ ring, now, publicUrl: 'https://web.example' }),
})
