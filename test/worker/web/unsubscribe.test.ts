// RFC 8058 in a mail that is old: whoever presses it asks for no more texts, wherever they come now.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { HANAKO, registration, TARO } from '../readers/openStore'
import { openBrowser } from './browser'
import { openWeb } from './openWeb'
import { answerTo, answerToText } from './talk'

let web: Awaited<ReturnType<typeof openWeb>>
let readerId: string
/** Path of the one-click stop in a mail of before. */
let oneClick: string

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  readerId = (await web.readers.register(registration({ address: TARO }))).readerId
  oneClick = new URL(web.links.unsubscribeUrl({ readerId, town: '999016' })).pathname
})

const AREA = { edition: 'standard', area: null, consentVersion: '1' }

/** As a mail program does it. */
const press = () => web.post(oneClick, { 'List-Unsubscribe': 'One-Click' })
const statusOf = async (id = readerId) => (await web.readers.findReader(id))?.status
const moveTo = async (municipality: string) => {
  const town = { ...AREA, municipality, consentedAt: web.clock.now }
  expect(await web.readers.moveTown({ readerId, town })).toEqual({ status: 'moved' })
}

/** The reader's texts come to LINE from here on. */
async function changeToLine(): Promise<void> {
  const key = '0123456789abcdef0123456789abcdef'
  const change = { readerId, municipality: '999016', key, lineAccount: 'L1' }
  await web.readers.askContactByLine(change)
  await answerToText(web, `届け先の変更 ${key}`)
  await answerTo(web, { type: 'postback', postback: { data: `kizuna:move:${key}` } })
  const reader = (await web.readers.findReader(readerId))!
  expect(reader.identities.map(({ channel }) => channel)).toEqual(['line'])
}

describe('the one click in an old mail stops the reader', () => {
  test.each<[string, () => Promise<void>]>([
    ['whose texts come to LINE by now', changeToLine],
    ['who has moved to another town', () => moveTo('999032')],
    [
      'who has moved to LINE and then to another town',
      async () => {
        await changeToLine()
        await moveTo('999024')
      },
    ],
  ])('%s', async (_, happened) => {
    await happened()
    expect((await press()).status).toBe(200)
    expect(await statusOf()).toBe('stopped')
    expect((await press()).status).toBe(200) // a mail program may repeat it
  })

  test('and who had given the address up to another registration: that one stops', async () => {
    await web.readers.stopReader(readerId)
    const other = await web.readers.register(registration())
    const { token } = (await web.readers.askContactByMail({
      readerId: other.readerId,
      municipality: '999016',
      address: TARO.address,
      once: 'once',
    }))!
    expect(await web.readers.confirmContact(token)).toMatchObject({ status: 'changed' })
    await press()
    expect(await statusOf(other.readerId)).toBe('stopped')
  })
})

test('nobody else is stopped: who has the address of before by now gets their texts', async () => {
  await changeToLine()
  const next = await web.readers.register(registration({ address: TARO }))
  await press()
  await press()
  expect(await statusOf()).toBe('stopped')
  expect(await statusOf(next.readerId)).toBe('active')
})

test('who gets both, mail and LINE, has stopped mail alone', async () => {
  const line = (await web.readers.register(registration({ address: HANAKO }))).readerId
  const { identities } = (await web.readers.findReader(line))!
  await web.collections.readers.deleteOne({ _id: line })
  await web.collections.readers.updateOne(
    { _id: readerId },
    { $push: { identities: identities[0]! } },
  )
  await press()
  expect(await web.readers.findReader(readerId)).toMatchObject({
    status: 'active',
    identities: [{ status: 'suppressed' }, { status: 'active' }],
  })
})

test('who gets both is told that LINE goes on, before, after and when it is opened again', async () => {
  const other = (await web.readers.register(registration({ address: HANAKO }))).readerId
  const { identities } = (await web.readers.findReader(other))!
  await web.collections.readers.deleteOne({ _id: other })
  const both = { $push: { identities: identities[0]! } }
  await web.collections.readers.updateOne({ _id: readerId }, both)
  const phone = openBrowser(web.url)
  const asked = await phone.open(oneClick)
  expect(asked.page).toContain('メールの配信を止めます。LINE には、これからも届きます。')
  const stopped = await phone.press(asked)
  expect(stopped.page).toContain('メールの配信を止めました。LINE には、これからも届きます。')
  const again = await phone.open(oneClick)
  expect(again.page).toContain('メールの配信は止まっています。LINE には、これからも届きます。')
  const elsewhere = await openBrowser(web.url).open(oneClick)
  expect(elsewhere.page).toContain('href="/r/999016"')
  expect(elsewhere.page).not.toContain('<form')
  expect((await phone.press(again)).page).toContain('元にもどしました。')
  expect((await phone.open(oneClick)).page).toContain('メールの配信を止めます。')
})

test('opened again after it, the page asks nothing and has the way back', async () => {
  const phone = openBrowser(web.url)
  await phone.press(await phone.open(oneClick))
  const again = await phone.open(oneClick)
  expect(again.page).toContain('配信は止まっています。')
  expect((await phone.press(again)).page).toContain('元にもどしました。')
  await press()
  expect((await phone.open(`${oneClick}/undone`)).page).toContain('配信は止まっています。')
})

describe('of a reader of whom nothing is left', () => {
  const forged = () => `${oneClick.slice(0, -3)}xyz`

  test.each<[string, () => Promise<unknown>]>([
    ['who had their data erased', () => web.readers.eraseReader({ readerId })],
    ['whose record is gone', () => web.collections.readers.deleteOne({ _id: readerId })],
  ])('%s: nothing comes any more, and a mail program is content', async (_, happened) => {
    await happened()
    const before = await web.collections.readers.find().toArray()
    for (const path of ['', '/stopped', '/undone']) {
      const answer = await web.get(`${oneClick}${path}`)
      expect(answer.status).toBe(410)
      expect(await answer.text()).toContain('もう何も届きません。')
    }
    expect((await press()).status).toBe(200)
    expect((await web.post(`${oneClick}?page`)).status).toBe(303)
    expect(await web.collections.readers.find().toArray()).toEqual(before)
  })

  test('a token that was forged is told nothing of it', async () => {
    await web.readers.eraseReader({ readerId })
    const asked = await web.get(forged())
    expect(asked.status).toBe(404)
    expect(await asked.text()).not.toContain('届きません')
    expect((await web.post(forged(), { 'List-Unsubscribe': 'One-Click' })).status).toBe(404)
  })
})

test('the page asks what it will do, and the same browser may undo it', async () => {
  await changeToLine()
  const phone = openBrowser(web.url)
  const asked = await phone.open(oneClick)
  expect(asked.page).toContain('みなと町からの配信を、すべて止めます。')
  expect(await statusOf()).toBe('active')
  const stopped = await phone.press(asked)
  expect(stopped.page).toContain('元にもどす')
  expect((await phone.press(stopped)).page).toContain('元にもどしました。')
  expect(await statusOf()).toBe('active')
})
