// Staff register somebody who is there: what was typed is read back before it is done, the owner of the
// address confirms it, a misspelt one is mended at once, and the consent says how it was given.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration, TARO } from '../../readers/openStore'
import type { Shown } from '../browser'
import { openWeb } from '../openWeb'
import { MACHI, openDesk, textOf } from './desk'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(() => web.empty())

const log = () => web.collections.counterLog.find({ act: { $ne: 'enter' } }).toArray()
const linkIn = (text: string) => /(\/confirm\/[\w-]+)/.exec(text)?.[1] ?? ''
const hrefOf = ({ page }: Shown, label: string) =>
  new RegExp(`href="([^"]+)"[^>]*>\\s*${label}`).exec(page)![1]!.replaceAll('&amp;', '&')

const ANSWERS = {
  mail: 'sakura@example.jp',
  anchor: 'dueDate',
  ...{ year: '令和9', month: '3', day: '13' },
  relation: 'mother',
  edition: 'easy',
  area: '北',
  count: '1',
}
const AGREED = { consent: 'yes', basis: 'paper' }

/** The form, filled in, and what follows. */
async function fill(changed: Partial<Record<keyof typeof ANSWERS, string>> = {}) {
  const desk = await openDesk(web)
  const form = await desk.browser.open('/counter/register')
  return { ...desk, form, check: await desk.browser.press(form, { ...ANSWERS, ...changed }) }
}

/** A registration with its mail on the way. */
async function register(
  changed: Partial<Record<keyof typeof ANSWERS, string>> = {},
  agreed: Record<string, string> = AGREED,
) {
  const filled = await fill(changed)
  return { ...filled, after: await filled.browser.press(filled.check, agreed) }
}

describe('before it is done', () => {
  test('what was typed is read back, with the stage and when the next text comes; nothing is sent', async () => {
    const { check } = await fill({ count: '2' })
    expect(check.url).toMatch(/^\/counter\/register\/check\?d=[\w-]+$/)
    const said = textOf(check.page)
    for (const one of [
      'sakura@example.jp',
      '2027年3月13日',
      '2人(ふたご)',
      '母',
      'やさしい日本語',
      '北',
    ])
      expect(said).toContain(one)
    expect(said).toContain('妊娠24週2日')
    expect(said).toMatch(/次の文は|きょうの文/)
    expect(web.sent.mails).toEqual([])
    expect(await log()).toEqual([])
  })

  test('each 変更 leads to the field, with all that was typed, and back', async () => {
    const { check, browser } = await fill()
    const links = [...check.page.matchAll(/href="(\/counter\/register\?d=[\w-]+#(\w+))"/g)]
    expect(links.map(([, , field]) => field)).toEqual([
      ...['anchor', 'count', 'mail', 'relation', 'edition', 'area'],
    ])
    const form = await browser.open(links[2]![1]!.split('#')[0]!)
    for (const [, , field] of links) expect(form.page).toContain(`id="${field}"`)
    const again = await browser.press(form, { mail: 'sakurako@example.jp' })
    const said = textOf(again.page)
    for (const one of ['sakurako@example.jp', '2027年3月13日', '母', 'やさしい日本語', '北'])
      expect(said).toContain(one)
  })

  test.each([
    ['mail', { mail: 'sakura' }, 'メールアドレス'],
    ['date', { day: '41' }, '日'],
    ['relation', { relation: '' }, '続柄'],
  ])('without a sound %s the form says so, and what was typed stays', async (_, changed, word) => {
    const { check } = await fill(changed)
    expect(textOf(check.page)).toContain(word)
    expect(check.page).toContain('role="alert"')
    expect(check.page).toContain('value="令和9"')
    expect(check.url).not.toContain('sakura')
  })

  test.each([
    ['consent', { basis: 'paper' }, '同意をいただいたら'],
    ['basis', { consent: 'yes' }, 'どのように同意を'],
  ])('without %s nothing is sent', async (_, agreed, word) => {
    const { after } = await register({}, agreed)
    expect(after.url).toContain('/register/check')
    expect(textOf(after.page)).toContain(word)
    expect(after.page).toContain('role="alert"')
    expect(web.sent.mails).toEqual([])
    expect(await log()).toEqual([])
  })

  test('who will never get a text is told so here', async () => {
    const { check } = await fill({ anchor: 'birthDate', year: '2010', month: '1', day: '1' })
    expect(check.url).toMatch(/^\/counter\/register\?/)
    expect(check.page).toContain('role="alert"')
  })

  test('the check of another browser, or one that has ended, begins anew', async () => {
    const { check } = await fill()
    const other = await openDesk(web, { by: 'another' })
    for (const path of [check.url, check.url.replace('/register/check', '/registered')])
      expect((await other.browser.open(path)).url).toMatch(/^\/counter\/register(\?|$)/)
  })

  test('a form that was not agreed to cannot be sent by the page that comes after', async () => {
    const { check, browser } = await fill()
    const url = check.url.replace('/register/check', '/registered')
    await browser.press({ ...check, page: '', url }, { mail: 'sakura@example.jp', once: 'x' })
    expect(web.sent.mails).toEqual([])
  })
})

describe('the explanation', () => {
  test('is in the words that the family has chosen, and in others by a press', async () => {
    const { check, browser } = await fill()
    expect(textOf(check.page)).toContain('名前(なまえ)は 聞(き)きません')
    const standard = await browser.open(hrefOf(check, '標準の日本語').split('#')[0]!)
    expect(textOf(standard.page)).toContain('お名前は伺いません')
    expect(textOf(standard.page)).toContain('sakura@example.jp')
  })

  test('is a page by itself to be turned to them, with nothing of what was typed, and leads back', async () => {
    const { check, browser } = await fill()
    const shown = await browser.open(hrefOf(check, '説明だけを出す'))
    expect(textOf(shown.page)).toContain('名前(なまえ)は 聞(き)きません')
    expect(shown.page).not.toContain('sakura')
    const standard = await browser.open(hrefOf(shown, '標準の日本語'))
    expect(textOf(standard.page)).toContain('お名前は伺いません')
    const back = await browser.open(hrefOf(shown, 'もどる').split('#')[0]!)
    expect(textOf(back.page)).toContain('sakura@example.jp')
    await expect(fetch(new URL('/counter/explanation', web.url))).resolves.toMatchObject({
      status: 403,
    })
  })
})

describe('a registration', () => {
  test('is done when the owner of the address confirms it, with how they agreed', async () => {
    const { after, browser } = await register()
    expect(after.url).toMatch(/^\/counter\/registered\?d=/)
    expect(await web.collections.readers.countDocuments()).toBe(0)
    const [mail] = web.sent.mails
    expect(mail?.to).toBe('sakura@example.jp')
    await browser.press(await browser.open(linkIn(mail!.text)))
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

  test('of twins is two children, by one mail', async () => {
    const { browser } = await register({ count: '2' })
    await browser.press(await browser.open(linkIn(web.sent.mails[0]!.text)))
    const twin = { dueDate: '2027-03-13', isApart: true }
    expect(await web.collections.children.find().toArray()).toMatchObject([twin, twin])
  })

  test('a double press sends one mail, and who is registered already is not told apart', async () => {
    await web.readers.register(registration({ address: TARO }))
    const { check, after, browser } = await register({ mail: 'taro@example.jp' })
    expect(after.url).toMatch(/^\/counter\/registered/)
    const again = await browser.press(check, AGREED)
    expect(again.url).toMatch(/^\/counter\/registered/)
    expect(web.sent.mails).toHaveLength(1)
  })

  test('an own registration later says that the reader agreed themselves', async () => {
    const own = registration({ address: TARO })
    const { readerId } = await web.readers.register({ ...own, consentBasis: '窓口(口頭)' })
    await web.readers.register(own)
    expect(await web.readers.findReader(readerId)).not.toHaveProperty('consentBasis')
  })

  test('a LINE reader reads a code with their own phone', async () => {
    const { form } = await fill()
    expect(form.page).toContain('class="qrCode"')
    const { browser } = await openDesk(web, { municipality: '999032' })
    const mailOnly = await browser.open('/counter/register')
    expect(mailOnly.page).not.toContain('qrCode')
    const lineOnly = await openDesk(web, { municipality: '999024' })
    expect((await lineOnly.browser.open('/counter/register')).page).not.toContain('name="mail"')
  })
})

describe('a misspelt address', () => {
  const states = (links: string[]) =>
    Promise.all(
      links.map(async (link) => (await web.readers.findConfirmation(link.split('/')[2]!)).status),
    )

  test('is seen, and mended at once: the mail goes to the right one, the old link ends', async () => {
    const { after, browser } = await register({ mail: 'sakrua@example.jp' })
    expect(textOf(after.page)).toContain('送った先 sakrua@example.jp')
    expect(after.url).not.toContain('sakrua')
    const mended = await browser.press(after, { mail: 'sakura@example.jp' })
    expect(textOf(mended.page)).toContain('送った先 sakura@example.jp')
    expect(textOf(mended.page)).toContain('前に送ったボタンは、もう使えません')
    expect(web.sent.mails.map(({ to }) => to)).toEqual(['sakrua@example.jp', 'sakura@example.jp'])
    const links = web.sent.mails.map(({ text }) => linkIn(text))
    expect(await states(links)).toEqual(['gone', 'open'])
    await browser.press(await browser.open(links[1]!))
    const [reader] = await web.collections.readers.find().toArray()
    expect(reader).toMatchObject({ consentBasis: '窓口(書面)', edition: 'easy', area: '北' })
    expect((await log()).map(({ detail }) => detail)).toEqual(['窓口(書面)', 'address'])
  })

  test('whose button was pressed by a stranger meanwhile is told, with what to do', async () => {
    const { after, browser } = await register({ mail: 'sakrua@example.jp' })
    await browser.press(await browser.open(linkIn(web.sent.mails[0]!.text)))
    const mended = await browser.press(after, { mail: 'sakura@example.jp' })
    expect(textOf(mended.page)).toContain('もう押されていました')
  })

  test('the same address once more ends no link; the next that is mended ends all of them', async () => {
    const { after, browser } = await register({ mail: 'sakrua@example.jp' })
    const again = await browser.press(after)
    expect(textOf(again.page)).toContain('もう一度送りました')
    expect(await states(web.sent.mails.map(({ text }) => linkIn(text)))).toEqual(['open', 'open'])
    await browser.press(again, { mail: 'sakura@example.jp' })
    const links = web.sent.mails.map(({ text }) => linkIn(text))
    expect(await states(links)).toEqual(['gone', 'gone', 'open'])
  })

  test('what is no address stays in the field, says why, and ends nothing', async () => {
    const { after, browser } = await register()
    const wrong = await browser.press(after, { mail: 'sakura@@example' })
    expect(wrong.page).toContain('role="alert"')
    expect(wrong.page).toContain('value="sakura@@example"')
    expect(textOf(wrong.page)).toContain('送った先 sakura@example.jp')
    expect(await states([linkIn(web.sent.mails[0]!.text)])).toEqual(['open'])
    const odd = await browser.open(`${after.url}&faulty=constructor&done=constructor`)
    expect(textOf(odd.page)).not.toContain('native code')
  })
})
