// The others are told that dates were changed: not who, not which, once, and never about a stop.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { NOTE_WAIT_MS } from '../../../../worker/readers/dateNote'
import { createDateNotes, type DateNotes } from '../../../../worker/web/family/dateNotes'
import { HANAKO, registration, START, TARO } from '../../readers/openStore'
import { ACCOUNT, TOWNS } from '../openWeb'
import { openFamilyWeb } from './family'

let web: Awaited<ReturnType<typeof openFamilyWeb>>
let notes: DateNotes
let mother: { readerId: string; childId: string }
let father: { readerId: string; childId: string }

let isHalted = false

beforeAll(async () => {
  web = await openFamilyWeb()
  notes = createDateNotes({
    readers: web.readers,
    syncedContent: {
      settings: (code) => TOWNS.find((town) => town.code === code) ?? null,
      lineOf: () => ACCOUNT,
    },
    line: {
      send: async (batch) => {
        web.sent.asked.push(batch)
        return { receipts: new Map(), stop: null }
      },
    },
    halts: {
      refresh: async () => undefined,
      isHalted: () => isHalted,
    },
    mail: {
      sendOne: async (mail) => {
        web.sent.mails.push(mail)
        return { status: 'accepted' }
      },
    },
    links: web.links,
    now: () => web.clock.now,
  })
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration({ child: { dueDate: '2026-12-01' } }))
  const { childId } = mother
  const shared = { relation: 'father' as const, sharedChildren: [childId], child: {} }
  father = await web.readers.register(registration({ address: TARO, ...shared }))
  await web.readers.giveDateRights({ ...mother, to: [father.readerId] })
  await web.readers.recordFriendship({
    lineAccount: ACCOUNT.id,
    provider: ACCOUNT.provider,
    municipalities: ['999016'],
    userId: HANAKO.address,
    isFriend: true,
    at: START,
  })
})

const later = async (ms = NOTE_WAIT_MS) => {
  web.clock.now = new Date(web.clock.now.getTime() + ms)
  await notes.sendSome()
}
const told = () => [web.sent.mails.length, web.sent.asked.length]
const move = (who = mother) =>
  web.readers.changeAnchor({ ...who, dates: { dueDate: '2026-12-08' } })
const report = (who = mother) => web.readers.reportBirth({ ...who, birthDate: '2026-11-20' })

test('by mail it is a letter that says neither who, nor which date, nor of what child', async () => {
  await move()
  await later()
  expect(told()).toEqual([1, 0])
  const { to, subject, text, html } = web.sent.mails[0]!
  expect(to).toBe('Taro@example.jp')
  expect(subject).toBe('みなと町 子育て便り: 登録の内容についてのお知らせ')
  expect(text).toContain('お子さんの登録の日付が変わりました。')
  expect(`${text}${html}`).not.toMatch(/母|12月|2026|妊娠|誕生|予定日|週/)
  expect(text).toMatch(/\/text\/\S+/) // a link that opens nothing by itself
})

test('on LINE it is one message with the quiet row, whose first line says nothing', async () => {
  await report(father)
  await later()
  expect(told()).toEqual([0, 1])
  const { to, messages } = web.sent.asked[0]!
  expect(to).toEqual([HANAKO.address])
  expect(messages).toHaveLength(2)
  expect(messages[0]).toMatchObject({
    altText: 'みなと町 子育て便り: 登録の内容についてのお知らせ',
  })
  expect(JSON.stringify(messages)).toContain('kizuna:change')
  expect(JSON.stringify(messages)).not.toMatch(/父|2026|誕生|予定日|妊娠/)
})

describe('it comes once', () => {
  test('for changes within some minutes, and again for one later', async () => {
    await move()
    await later(NOTE_WAIT_MS / 2)
    await report()
    await later(NOTE_WAIT_MS / 2)
    expect(told()).toEqual([0, 0]) // the second change is waited for, too
    await later(NOTE_WAIT_MS / 2)
    await later()
    expect(told()).toEqual([1, 0])
    await web.readers.takeBackBirth(mother) // a wrong report that is undone is a change
    await later()
    expect(told()).toEqual([2, 0])
  })

  test('whoever looks at the same time', async () => {
    await move()
    web.clock.now = new Date(web.clock.now.getTime() + NOTE_WAIT_MS)
    await Promise.all([notes.sendSome(), notes.sendSome(), notes.sendSome()])
    expect(told()).toEqual([1, 0])
  })

  test('for twins of one pregnancy, whose due date moves together', async () => {
    const twin = { readerId: mother.readerId, dueDate: '2026-12-01', answer: 'twin' as const }
    const { childId = '' } = { ...(await web.readers.addChild(twin)) } as { childId?: string }
    await web.readers.joinChild({ readerId: father.readerId, childId })
    await move()
    await later()
    await later()
    expect(told()).toEqual([1, 0])
  })
})

test('what is saved as it was is no change, and corrected age is nobody else’s matter', async () => {
  await web.readers.changeAnchor({ ...mother, dates: { dueDate: '2026-12-01' } })
  await web.readers.chooseCorrectedAge({ ...mother, isCorrected: true })
  await web.readers.giveDateRights({ ...mother, to: [] })
  await later()
  expect(told()).toEqual([0, 0])
})

test('a date that is said by registering again is told as well', async () => {
  await web.readers.register(registration({ child: { dueDate: '2026-12-08' } }))
  await later()
  expect(told()).toEqual([1, 0])
})

test.each([
  ['the child was stopped since', () => web.readers.stopChild(father)],
  ['they have left the child', () => web.readers.leaveChild(father)],
  ['they have stopped', () => web.readers.stopReader(father.readerId)],
  ['they rest', () => web.readers.rest({ readerId: father.readerId, until: null })],
  ['their mail was stopped', () => web.readers.unsubscribeMail(father.readerId)],
] as const)('nobody is told when %s', async (_, ends) => {
  await move()
  await ends()
  await later()
  expect(told()).toEqual([0, 0])
  expect(await web.collections.dateNotes.countDocuments()).toBe(0)
})

test('a stop, and its undoing, are no change of dates', async () => {
  await web.readers.stopChild(mother)
  const [stop] = await web.readers.openStops({ readerId: mother.readerId })
  await web.readers.undoStop({ readerId: mother.readerId, id: stop!.id })
  await later()
  expect(told()).toEqual([0, 0])
})

test('while a person has stopped deliveries it waits, and comes when they go on', async () => {
  await move()
  isHalted = true
  await later()
  expect(told()).toEqual([0, 0])
  isHalted = false
  await later()
  expect(told()).toEqual([1, 0])
})

test('at night it waits for the hours of the town', async () => {
  web.clock.now = new Date('2026-11-23T14:00:00Z') // 23:00 in Japan
  await move()
  await later()
  expect(told()).toEqual([0, 0])
  web.clock.now = new Date('2026-11-24T01:00:00Z')
  await notes.sendSome()
  expect(told()).toEqual([1, 0])
})
