// Staff register and change on behalf of a reader who is there: the owner of an address confirms it,
// the consent says how it was given, and each step is written down.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { MACHI, openDesk, textOf } from './desk'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(() => web.empty())

const log = () => web.collections.counterLog.find({ act: { $ne: 'enter' } }).toArray()

const ANSWERS = {
  mail: 'sakura@example.jp',
  anchor: 'dueDate',
  ...{ year: '令和9', month: '3', day: '13' },
  relation: 'mother',
  edition: 'easy',
  area: '北',
  consent: 'yes',
  basis: 'paper',
  count: '1',
}

describe('registering for somebody', () => {
  const register = async (changed: Partial<Record<keyof typeof ANSWERS, string>> = {}) => {
    const desk = await openDesk(web)
    const form = await desk.browser.open('/counter/register')
    return { ...desk, form, after: await desk.browser.press(form, { ...ANSWERS, ...changed }) }
  }

  test('is done when the owner of the address confirms it, with how they agreed', async () => {
    const { after, browser } = await register()
    expect(after.url).toBe('/counter/registered')
    expect(await web.collections.readers.countDocuments()).toBe(0)
    const [mail] = web.sent.mails
    expect(mail?.to).toBe('sakura@example.jp')
    const [, path = ''] = /(\/confirm\/[\w-]+)/.exec(mail!.text) ?? []
    await browser.press(await browser.open(path))
    const [reader] = await web.collections.readers.find().toArray()
    expect(reader).toMatchObject({
      consentBasis: '窓口(書面)',
      source: 'counter',
      edition: 'easy',
      area: '北',
    })
    expect(await web.readers.childrenOf(reader!._id)).toMatchObject([{ dueDate: '2027-03-13' }])
    expect(web.sent.welcomes).toEqual([reader!._id])
    expect(await log()).toMatchObject([{ act: 'register', by: MACHI, detail: '窓口(書面)' }])
    expect(JSON.stringify(await log())).not.toMatch(/sakura|2027/)
  })

  test('twins are two, by one mail', async () => {
    const { browser } = await register({ count: '2' })
    const [, path = ''] = /(\/confirm\/[\w-]+)/.exec(web.sent.mails[0]!.text) ?? []
    await browser.press(await browser.open(path))
    const twin = { dueDate: '2027-03-13', isApart: true }
    expect(await web.collections.children.find().toArray()).toMatchObject([twin, twin])
  })

  test('a double press sends one mail, and who is registered already is not told apart', async () => {
    await web.readers.register(registration({ address: TARO }))
    const { form, after, browser } = await register({ mail: 'taro@example.jp' })
    expect(after.url).toBe('/counter/registered')
    await browser.press(form, { ...ANSWERS, mail: 'taro@example.jp' })
    expect(web.sent.mails).toHaveLength(1)
  })

  test.each([
    ['mail', { mail: 'sakura' }, 'メールアドレス'],
    ['date', { day: '41' }, '日'],
    ['consent', { consent: '' }, '同意をいただいたら'],
    ['basis', { basis: '' }, 'どのように同意を'],
    ['relation', { relation: '' }, '続柄'],
  ])('without a sound %s nothing is sent, and what was typed stays', async (_, changed, word) => {
    const { after } = await register(changed)
    expect(textOf(after.page)).toContain(word)
    expect(after.page).toContain('role="alert"')
    expect(after.page).toContain('value="令和9"')
    expect(after.url).not.toContain('sakura')
    expect(web.sent.mails).toEqual([])
    expect(await log()).toEqual([])
  })

  test('an own registration later says that the reader agreed themselves', async () => {
    const own = registration({ address: TARO })
    const { readerId } = await web.readers.register({ ...own, consentBasis: '窓口(口頭)' })
    await web.readers.register(own)
    expect(await web.readers.findReader(readerId)).not.toHaveProperty('consentBasis')
  })

  test('a LINE reader reads a code with their own phone', async () => {
    const { form } = await register()
    expect(form.page).toContain('class="qrCode"')
    const { browser } = await openDesk(web, { municipality: '999032' })
    const mailOnly = await browser.open('/counter/register')
    expect(mailOnly.page).not.toContain('qrCode')
    const lineOnly = await openDesk(web, { municipality: '999024' })
    expect((await lineOnly.browser.open('/counter/register')).page).not.toContain('name="mail"')
  })
})

describe('changing for somebody', () => {
  const served = async (changed: Parameters<typeof registration>[0] = {}) => {
    const reader = await web.readers.register(registration({ address: TARO, ...changed }))
    const desk = await openDesk(web)
    const { url } = await desk.find('taro@example.jp')
    return { ...reader, ...desk, url }
  }

  test('area, edition and relation are saved as far as the town offers them', async () => {
    const { browser, url, readerId } = await served()
    const form = await browser.open(`${url}/about`)
    const after = await browser.press(form, { relation: 'father', edition: 'x', area: '南' })
    expect(textOf(after.page)).toContain('変えました')
    const reader = await web.readers.findReader(readerId)
    expect(reader).toMatchObject({ relation: 'father', edition: 'standard', area: '南' })
    expect(await log()).toMatchObject([{ act: 'find' }, { act: 'change', detail: 'relation,area' }])
    const again = await browser.press(await browser.open(`${url}/about`))
    expect(textOf(again.page)).toContain('変わったところはありません')
    await browser.press(await browser.open(`${url}/about`), { edition: 'easy' })
    expect((await log()).map(({ detail }) => detail)).toEqual([
      undefined,
      'relation,area',
      'edition',
    ])
  })

  test('a birth is told and a due date moved; the page shows the new date', async () => {
    const { browser, url, readerId, childId } = await served()
    const path = `${url}/children/${childId}/dates`
    const moved = { anchor: 'dueDate', year: '2027', month: '3', day: '20' }
    const after = await browser.press(await browser.open(path), moved)
    expect(textOf(after.page)).toContain('出産予定日 2027年3月20日')
    const wrong = await browser.press(await browser.open(path), { ...moved, anchor: 'birthDate' })
    expect(wrong.page).toContain('role="alert"')
    web.clock.now = new Date('2027-03-21T01:00:00Z')
    const later = await openDesk(web)
    const found = await later.find('taro@example.jp')
    const form = await later.browser.open(`${found.url}/children/${childId}/dates`)
    await later.browser.press(form, { ...moved, anchor: 'birthDate' })
    expect(await web.readers.childrenOf(readerId)).toMatchObject([
      { dueDate: '2027-03-20', birthDate: '2027-03-20' },
    ])
  })

  test('dates that others of the family change are not asked for: it says who may, and nothing is noted', async () => {
    const { readerId, childId } = await web.readers.register(registration())
    const father = await served({ relation: 'father', child: { birthDate: '2024-05-01' } })
    await web.readers.joinChild({ readerId: father.readerId, childId })
    const { browser, url } = father
    const { page } = await browser.open(url)
    const said = '日付は、はじめに登録した方(母)と、その方が選んだご家族が変えられます。'
    expect(textOf(page)).toContain(`出産予定日 2027年3月13日(土): ${said}`)
    expect(page).not.toContain(`/children/${childId}/dates`)
    expect(page).toContain(`/children/${father.childId}/dates`)
    const typed = await browser.open(`${url}/children/${childId}/dates`)
    expect(typed.url).toBe(`${url}?done=noRight`)
    expect(textOf(typed.page)).toContain('日付は変えていません')
    await web.readers.giveDateRights({ readerId, childId, to: [father.readerId] })
    const form = await browser.open(`${url}/children/${childId}/dates`)
    expect(form.url).toBe(`${url}/children/${childId}/dates`)
    await web.readers.giveDateRights({ readerId, childId, to: [] })
    const after = await browser.press(form, { year: '2027', month: '3', day: '20' })
    expect(textOf(after.page)).toContain('日付は変えていません')
    expect(await web.readers.childrenOf(readerId)).toMatchObject([{ dueDate: '2027-03-13' }])
    expect(await log()).toMatchObject([{ act: 'find' }])
  })

  test('a child of another family is not changed', async () => {
    const stranger = await web.readers.register(registration())
    const { browser, url } = await served()
    const path = `${url}/children/${stranger.childId}/dates`
    expect((await browser.open(path)).url).toBe(url)
  })
})

test('the guide is one page, for the desk that is open alone', async () => {
  const { browser } = await openDesk(web)
  const { page } = await browser.open('/counter/guide')
  expect(textOf(page)).toContain('窓口の手引き')
  expect(textOf(page).length).toBeLessThan(1400) // what one A4 page holds
  await expect(fetch(new URL('/counter/guide', web.url))).resolves.toMatchObject({ status: 403 })
})
