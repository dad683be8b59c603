// The readers' pages as a phone shows them: 390 px wide, with Debian's Chromium.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { isBrowserTested, openBrowser } from '../../e2e/chromium'
import { release, text } from '../../src/plan/town'
import { registration, TARO } from '../readers/openStore'
import { isInShare } from '../../share'
import { named } from './asRead'
import { openWeb } from './openWeb'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PHONE = { width: 390, height: 844 }
/** Set SCREENSHOTS to a folder to look at them. */
const FOLDER = process.env.SCREENSHOTS
const SLOW_MS = 180_000

const onChromium = isBrowserTested ? test : test.skip

let web: Awaited<ReturnType<typeof openWeb>>
let browser: Browser | null = null
let auditor: Page | null = null
/** What {@link openAuditor}'s page shows. */
let content = ''

beforeAll(async () => {
  web = await openWeb()
  if (!isBrowserTested) return
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await web.close()
})

onChromium(
  'a reader registers without JavaScript, and every screen is sound',
  async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${web.url}/r/999016`)
      await check(page, 'register-1-channel')
      expect(await page.locator('#mail').isVisible()).toBe(false)
      await page.getByLabel('メールで受け取る').check()
      await page.getByLabel('メールアドレス').fill('taro@example')
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'register-1-channel-error')
      await page.getByLabel('メールアドレス').fill('taro@example.jp')
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'register-2-date')
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'register-2-date-error')
      await page.getByLabel('妊娠中', { exact: true }).check()
      await page.getByLabel('年', { exact: true }).fill('2027')
      await page.getByLabel('月', { exact: true }).fill('3')
      await page.getByLabel('日', { exact: true }).fill('13')
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'register-3-relation')
      await page.getByLabel('父', { exact: true }).check()
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'register-4-area')
      await page.getByRole('button', { name: 'もどる' }).click()
      expect(await page.getByLabel('父', { exact: true }).isChecked()).toBe(true)
      await page.getByRole('button', { name: '次へ' }).click()
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'register-5-confirm')
      await page.getByRole('link', { name: 'お子さんを変更' }).click()
      await check(page, 'register-5-change')
      await page.getByLabel('日', { exact: true }).fill('14')
      await page.getByRole('button', { name: '次へ' }).click()
      expect(await page.locator('.answers').textContent()).toContain('2027年3月14日')
      await page.getByLabel('読んで、同意します').check()
      await page.getByRole('button', { name: 'この内容で登録する' }).click()
      await check(page, 'register-6-sent')
      const link = /https:\S+/.exec(web.sent.mails[0]!.text)![0]
      await page.goto(web.url + new URL(link).pathname)
      await check(page, 'confirm')
      await page.getByRole('button', { name: '登録を完了する' }).click()
      await check(page, 'done')
      expect(await web.readers.findByIdentity(TARO)).toHaveLength(1)
    })
  },
  SLOW_MS,
)

onChromium(
  'the same in やさしい日本語, chosen on the way with what was typed, and every other end of it',
  async () => {
    const { mails } = web.sent
    await withPage({ javaScriptEnabled: false }, async (page) => {
      const next = () => page.getByRole('button', { name: named('次(つぎ)へ') }).click()
      await page.goto(`${web.url}/r/999016`)
      await page.getByLabel('メールで受け取る').check()
      await page.getByLabel('メールアドレス').fill('jiro@example.jp')
      await page.getByRole('button', { name: 'やさしい日本語' }).click()
      await check(page, 'easy-1-channel')
      expect(await page.getByLabel('メールアドレス').inputValue()).toBe('jiro@example.jp')
      await next()
      await check(page, 'easy-2-date')
      await page.getByLabel('まだ わからない').check()
      await next()
      await check(page, 'easy-unknown')
      // The address stays, and the way leads back to the question.
      await page.getByRole('link', { name: named('日(ひ)か 週(しゅう)を 入(い)れる') }).click()
      await page.getByLabel(named('もう 生(う)まれた')).check()
      await page.getByLabel(named('年(ねん)の 書(か)き方(かた)')).selectOption('H')
      await page.getByLabel(named('年(ねん)')).fill('30')
      await page.getByLabel(named('月(がつ)')).fill('3')
      await page.getByLabel(named('日(にち)')).fill('20')
      await next()
      await check(page, 'easy-nothing')
      await page.getByRole('link', { name: named('日(ひ)を もう 1回(かい) 入(い)れる') }).click()
      await page.getByLabel(named('おなかに いる。いま 何週(なんしゅう)か わかる')).check()
      await next()
      await check(page, 'easy-2-weeks-error')
      await page.getByLabel(named('週(しゅう)')).fill('24')
      await next()
      await check(page, 'easy-3-relation')
      await page.getByLabel(named('お父(とう)さん')).check()
      await next()
      await check(page, 'easy-4-area')
      await next()
      await check(page, 'easy-5-confirm')
      await page.getByRole('link', { name: named('日本語(にほんご)を 変(か)える') }).click()
      await check(page, 'easy-5-edition')
      await next()
      await page.getByLabel(named('読(よ)みました。いいです')).check()
      await page.getByRole('button', { name: named('これで 登録(とうろく)する') }).click()
      await check(page, 'easy-6-sent')
      await page.locator('summary').click()
      await check(page, 'easy-6-sent-carriers')
      await page.getByRole('button', { name: named('もう 1回(かい) 送(おく)る') }).click()
      await check(page, 'easy-6-again')
      const { text, html = '' } = mails.at(-1)!
      await page.goto(web.url + new URL(/https:\S+/.exec(text)![0]).pathname)
      await check(page, 'easy-confirm')
      await page.getByRole('button', { name: named('登録(とうろく)する') }).click()
      await check(page, 'easy-done')
      await page.goto('about:blank')
      await page.setContent(html)
      if (FOLDER) await page.screenshot({ path: `${FOLDER}/easy-mail.png` })
      expect(await audit(page, WCAG)).toEqual([]) // a mail has no landmarks
    })
  },
  SLOW_MS,
)

onChromium(
  'every page of a reader is sound',
  async () => {
    const mother = await web.readers.register(registration())
    const { readerId, childId } = mother
    await web.readers.addChild({ readerId, birthDate: '2025-05-20' })
    await web.readers.register(
      registration({ address: TARO, sharedChildren: [childId], child: {} }),
    )
    const link = new URL(web.links.askedPageUrl(readerId)).pathname
    const pathsOf = (base: string, child: string): Record<string, string> => ({
      me: base,
      'me-done': `${base}?done=dates`,
      add: `${base}/add`,
      about: `${base}/about`,
      notice: `${base}/notice`,
      themes: `${base}/themes`,
      dates: `${child}/dates`,
      birth: `${child}/birth`,
      invite: `${base}/invite`,
      'child-stop': `${child}/stop`,
      'child-leave': `${child}/leave`,
      stop: `${base}/stop`,
      unsubscribe: new URL(web.links.unsubscribeUrl({ readerId, town: '999016' })).pathname,
      'me-link': '/me',
      friend: '/r/999024',
      choose: '/r',
      voice: '/v/999016/m-voice-1',
      'voice-heard': '/v/999016/m-voice-1/heard',
      'voice-gone': '/v/999016/m-voice-2',
      missing: '/nothing',
      expired: '/confirm/x',
      'stop-link': new URL(web.links.stopUrl({ readerId, town: '999016' })).pathname,
      'stop-link-expired': '/stop/x',
      elsewhere: '/me/x',
    })
    const voiced = release(text({ slot: '24w0d' }), { key: 'manuscript:voice' })
    await web.contentStore.addReleases([voiced])
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(web.url + link)
      await check(page, 'open')
      await page.getByRole('button', { name: '開く' }).click()
      const base = new URL(page.url()).pathname
      const child = `${base}/children/${childId}`
      for (const [name, path] of Object.entries(pathsOf(base, child))) {
        await page.goto(web.url + path)
        await check(page, name)
      }
      const shared = new URL(web.links.shareUrl({ children: [childId], municipality: '999016' }))
      await page.goto(web.url + shared.pathname + shared.search)
      await page.getByLabel('LINE で受け取る').check()
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'friend-shared')
      await page.goto(`${web.url}${child}/dates`)
      await page.getByLabel('日', { exact: true }).fill('20')
      await page.getByRole('button', { name: '次へ' }).click()
      await check(page, 'dates-said')
      await page.goto(`${web.url}${child}/stop`)
      await page.getByRole('button', { name: '止める' }).click()
      await check(page, 'child-stopped')
    })
  },
  SLOW_MS,
)

onChromium.each(['standard', 'easy'])(
  'the quiet way and the way back from it are sound, without JavaScript, in %s',
  async (edition) => {
    const name = (page: string) => `quiet-${edition}-${page}`
    await Promise.all(Object.values(web.collections).map((one) => one.deleteMany({})))
    const { readerId, childId } = await web.readers.register(registration({ edition }))
    const link = new URL(web.links.askedPageUrl(readerId)).pathname
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(web.url + link)
      await page.locator('a[href^="/stop/"]').click()
      await check(page, name('menu'))
      await page.locator('a[href$="/rest"]').click()
      await check(page, name('rest'))
      await page.locator('input[value="day"]').check()
      await page.locator('button.main').click()
      await check(page, name('rest-error'))
      await page.locator('#day').fill('2027-01-05')
      await page.locator('button.main').click()
      await check(page, name('resting'))
      await page.goto(web.url + link)
      await page.locator('button.main').click()
      await check(page, name('me-resting'))
      await page.locator('form.undo button').click()
      await page.locator('a[href$="/quiet"]').click()
      await page.locator('a[href$="/stop"]').first().click()
      await check(page, name('ask'))
      await page.locator('button.main').click()
      await check(page, name('stopped'))
      await page.goto(page.url().replace(/\/stopped$/, ''))
      await check(page, name('me-stopped'))
      const own = page.url()
      await page.locator('a[href$="/support"]').click()
      await check(page, name('support'))
      await page.locator('a[href$="/support/ask"]').click()
      await check(page, name('support-ask'))
      await page.locator('button.main').click()
      await check(page, name('support-coming'))
      await page.goto(`${own}/quiet`)
      await check(page, name('menu-supported'))
      await page.locator('form button').click()
      await check(page, name('support-ended'))
      await page.goto(own)
      await page.locator('form.undo button').click()
      await check(page, name('undone'))
      expect(await web.readers.findChild(childId)).toMatchObject({ status: 'active' })
    })
  },
  SLOW_MS,
)

/** A small phone, a phone at 200 %, a phone lying, a phone of today, a desk. */
const SIZES = [
  { width: 320, height: 480 },
  { width: 195, height: 422 },
  { width: 844, height: 390 },
  PHONE,
  { width: 320, height: 720 },
  { width: 1280, height: 800 },
]

onChromium.each([
  ['standard', 'いまの届け先', { next: '次へ', town: 'もり市' }],
  ['easy', 'いま 届', { next: '次(つぎ)へ', town: 'もり市' }],
] as const)(
  'in %s the changes of contact and town are sound',
  async (edition, now, { next, town }) => {
    const address = { ...TARO, address: `moving-${edition}@example.jp` }
    const { readerId } = await web.readers.register(registration({ address, edition }))
    const name = (screen: string) => `move-${edition}-${screen}`
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(web.url + new URL(web.links.askedPageUrl(readerId)).pathname)
      await page.locator('button.main').click()
      const base = new URL(page.url()).pathname
      const goOn = () => page.getByRole('button', { name: named(next) }).click()
      await page.goto(`${web.url}${base}/contact`)
      expect(await page.locator('main').textContent()).toContain(now)
      await check(page, name('contact'))
      await page.locator('[name=channel][value=mail]').check()
      await goOn()
      await check(page, name('contact-error'))
      await page.locator('#mail').fill(`moving.to.another.address-${edition}@example.jp`)
      await goOn()
      await check(page, name('contact-check'))
      await page.locator('button.main').click()
      await check(page, name('contact-sent'))
      const link = /https:\S+/.exec(web.sent.mails.at(-1)!.text)![0]
      await page.goto(`${web.url}${base}`)
      await check(page, name('me-waiting'))
      await page.goto(`${web.url}${base}/contact`)
      await page.locator('[name=channel][value=line]').check()
      await goOn()
      await check(page, name('line-check'))
      await page.goto(web.url + new URL(link).pathname)
      await check(page, name('confirm'))
      await page.locator('button.main').click()
      await check(page, name('confirmed'))
      await page.goto(`${web.url}/contact/x`)
      await check(page, name('ended'))

      await page.goto(`${web.url}${base}/contact`)
      await page.locator('[name=channel][value=line]').check()
      await goOn()
      await page.locator('button.main').click()
      await check(page, name('line'))
      await page.goto(`${web.url}${base}/town`)
      await check(page, name('town'))
      await goOn()
      await check(page, name('town-error'))
      await page.getByLabel(town, { exact: true }).check()
      await goOn()
      await check(page, name('town-about'))
      await goOn()
      await check(page, name('town-check'))
      await page.locator('button.main').click()
      await check(page, name('town-check-error'))
      await page.locator('#consent').check()
      await page.locator('button.main').click()
      await check(page, name('town-done'))
      expect((await web.readers.findReader(readerId))!.municipality).toBe('999032')
    })
  },
  SLOW_MS,
)

onChromium(
  'no bar covers more than a fifth of any screen, and nothing that must be ticked',
  async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await fillIn(page)
      const confirm = page.url()
      const screens = ['channel', 'date', 'relation', 'area', 'confirm'].map((screen) =>
        confirm.replace('/confirm?', `/${screen}?`),
      )
      for (const size of SIZES) {
        await page.setViewportSize(size)
        for (const url of screens) {
          await page.goto(url)
          if (FOLDER) {
            const name = `${new URL(url).pathname.split('/').at(-1)}-${size.width}x${size.height}`
            await page.screenshot({ path: `${FOLDER}/bar-${name}.png`, fullPage: true })
          }
          const { covered, isTooWide } = await page.evaluate(coverage)
          expect({ url, size, isTooWide }).toMatchObject({ isTooWide: false })
          expect(covered).toBeLessThanOrEqual(0.2)
        }
        // The box stands above the button: who tabs or scrolls comes to it first, uncovered.
        const box = (await page.getByLabel('読んで、同意します').boundingBox())!
        const button = (await page
          .getByRole('button', { name: 'この内容で登録する' })
          .boundingBox())!
        expect(box.y + box.height).toBeLessThanOrEqual(button.y)
      }
    })
  },
  SLOW_MS,
)

/** How much of the window a bar lies over, and whether the page is wider than it. */
function coverage() {
  const bars = [...document.querySelectorAll('*')].filter((element) =>
    ['sticky', 'fixed'].includes(getComputedStyle(element).position),
  )
  const heights = bars.map((bar) => bar.getBoundingClientRect().height)
  const { scrollWidth, clientWidth } = document.documentElement
  return {
    covered: Math.max(0, ...heights) / window.innerHeight,
    isTooWide: scrollWidth > clientWidth,
  }
}

async function fillIn(page: Page) {
  await page.goto(`${web.url}/r/999016`)
  await page.getByLabel('メールで受け取る').check()
  await page.getByLabel('メールアドレス').fill('taro@example.jp')
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByLabel('妊娠中', { exact: true }).check()
  await page.getByLabel('年', { exact: true }).fill('令和9年')
  await page.getByLabel('月', { exact: true }).fill('３月')
  await page.getByLabel('日', { exact: true }).fill('13日(土)')
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByLabel('父', { exact: true }).check()
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByRole('button', { name: '次へ' }).click()
}

onChromium(
  'Back, Forward and Reload of a real browser lose nothing and ask nothing',
  async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await fillIn(page)
      const heading = () => page.locator('h1').textContent()
      expect(await heading()).toContain('この内容で')
      await page.goBack()
      await page.goBack()
      expect(await page.getByLabel('父', { exact: true }).isChecked()).toBe(true)
      await page.goBack()
      expect(await page.getByLabel('年', { exact: true }).inputValue()).toBe('令和9年')
      await page.goBack()
      expect(await page.getByLabel('メールアドレス').inputValue()).toBe('taro@example.jp')
      await page.goForward()
      await page.reload()
      expect(await page.getByLabel('日', { exact: true }).inputValue()).toBe('13日(土)')
      await page.getByLabel('月', { exact: true }).fill('13')
      await page.getByRole('button', { name: '次へ' }).click()
      expect(await page.title()).toContain('エラー')
      await page.reload()
      expect(await page.title()).toContain('エラー')
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('errors')
      await page.getByLabel('月', { exact: true }).fill('3')
      for (let screen = 0; screen < 3; screen++) {
        await page.getByRole('button', { name: '次へ' }).click()
      }
      await page.getByLabel('読んで、同意します').check()
      const before = web.sent.mails.length
      await page.getByRole('button', { name: 'この内容で登録する' }).dblclick()
      // The second click takes the place of the first one's navigation: what is shown counts.
      await page.locator('h1', { hasText: 'メールを送りました' }).waitFor()
      await page.reload()
      await page.goBack()
      expect(await heading()).toContain('この内容で')
      expect(web.sent.mails).toHaveLength(before + 1)
    })
  },
  SLOW_MS,
)

onChromium(
  'the whole registration works with the keyboard alone',
  async () => {
    await withPage({ javaScriptEnabled: true }, async (page) => {
      await page.goto(`${web.url}/r/999032`)
      await press(page, ['Tab', 'Tab'])
      await page.keyboard.type('hanako@example.jp')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/r\/999032\/date/)
      expect(await page.locator('h1').textContent()).toContain('お子さん')
    })
  },
  SLOW_MS,
)

onChromium(
  'after refusals one Back goes to the screen before, and what was typed stays',
  async () => {
    await withPage({ javaScriptEnabled: true }, async (page) => {
      await page.goto(`${web.url}/r/999032`)
      await page.fill('#mail', 'hanako@example.jp')
      await page.click('button.main')
      await page.waitForURL(/\/date/)
      for (const day of ['31', '32', '31']) {
        await page.locator('input[name=anchor][value=dueDate]').check()
        await page.fill('input[name=year]', '2027')
        await page.fill('input[name=month]', '4')
        await page.fill('input[name=day]', day)
        await page.click('button.main')
        const refusal = `2027年4月${day}日という日はありません`
        await page.getByText(refusal).first().waitFor()
      }
      await page.goBack()
      await page.waitForURL(/\/channel/)
      expect(await page.inputValue('#mail')).toBe('hanako@example.jp')
      await page.goForward()
      await page.waitForURL(/\/date/)
      expect(await page.inputValue('input[name=month]')).toBe('4')
    })
  },
  SLOW_MS,
)

async function press(page: Page, keys: string[]) {
  for (const key of keys) {
    if (await page.evaluate(() => document.activeElement?.id === 'mail')) return
    await page.keyboard.press(key)
  }
}

onChromium(
  'the pages behind the quiet row of LINE are sound',
  async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${web.url}/r/999016/contact`)
      await check(page, 'quiet-row-contact')
      await page.goto(`${web.url}/r/999016/change`)
      await check(page, 'quiet-row-change')
    })
  },
  SLOW_MS,
)

let checked = 0

/** axe finds nothing (every second one, or all with test:all); lines are whole; buttons can be hit. */
async function check(page: Page, name: string): Promise<void> {
  if (FOLDER) await page.screenshot({ path: `${FOLDER}/${name}.png` })
  await checkLines(page, name)
  const violations = isInShare(checked++, 2) ? await audit(page) : []
  expect({ name, violations }).toEqual({ name, violations: [] })
  const boxes = await page.locator('button:not(.unseen, .language), .button').all()
  for (const button of boxes) {
    const box = (await button.boundingBox())!
    expect({ name, isHigh: box.height >= 48, isWide: box.width >= 340 }).toEqual({
      name,
      isHigh: true,
      isWide: true,
    })
    if ((await button.getAttribute('class'))?.includes('main') && !(await isRead(page))) {
      expect({ name, isInReach: box.y + box.height <= PHONE.height }).toMatchObject({
        isInReach: true,
      })
    }
  }
}

/** A phone at 200 %. */
const ZOOMED = { width: 195, height: 422 }

/** Where words are written apart, lines end between words; at 200 % long words break rather than overflow. */
async function checkLines(page: Page, name: string): Promise<void> {
  if ((await page.locator('html.spaced').count()) === 0) return
  expect({ name, torn: await page.evaluate(tornLines) }).toEqual({ name, torn: [] })
  await page.setViewportSize(ZOOMED)
  if (FOLDER) await page.screenshot({ path: `${FOLDER}/${name}-zoomed.png`, fullPage: true })
  const { isTooWide } = await page.evaluate(coverage)
  expect({ name, isTooWide }).toEqual({ name, isTooWide: false })
  await page.setViewportSize(PHONE)
}

/** The ends of lines, with what follows, at which neither a blank nor a mark stands. */
function tornLines(): string[] {
  const isEnd = /\s|^[。、・!?:/]|「$/u
  const isWritten = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u // no address, no key
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const torn: string[] = []
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest('textarea, select, script')) continue
    const text = node.textContent ?? ''
    let before: { bottom: number; at: number } | null = null
    for (let at = 0; at < text.length; at += 1) {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const [box] = range.getClientRects()
      if (!box || box.width === 0) continue
      const pair = before && text.slice(before.at, at + 1).replace('\u2060', '')
      if (
        before &&
        pair &&
        box.top >= before.bottom - 2 &&
        isWritten.test(pair) &&
        !isEnd.test(pair)
      ) {
        torn.push(
          `${text.slice(Math.max(0, before.at - 8), before.at + 1)}|${text.slice(at, at + 8)}`,
        )
      }
      before = { bottom: box.bottom, at }
    }
  }
  return torn
}

/** Below what must be read and ticked first, the button waits where the reading ends. */
function isRead(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('.afterReading') !== null)
}

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[]
}

/** All that axe knows of WCAG 2.2 AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Runs axe in a copy of the page that may run scripts; the page itself may not. */
async function audit(page: Page, tags = [...WCAG, 'best-practice']): Promise<string[]> {
  auditor ??= await openAuditor()
  content = (await page.content()).replace('<head>', `<head><base href="${web.url}/">`)
  await auditor.goto(`${web.url}/copy`)
  await auditor.evaluate(axe)
  const { violations } = (await auditor.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`,
  )) as AxeResults
  const isTooWide = await auditor.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
  )
  return isTooWide ? [...found, 'wider than the phone'] : found
}

async function openAuditor(): Promise<Page> {
  const context = await browser!.newContext({ viewport: PHONE, bypassCSP: true })
  const copy = await context.newPage()
  await copy.route(`${web.url}/copy`, (route) =>
    route.fulfill({ body: content, contentType: 'text/html; charset=utf-8' }),
  )
  return copy
}

async function withPage(
  options: { javaScriptEnabled: boolean },
  use: (page: Page) => Promise<void>,
) {
  const context = await browser!.newContext({ viewport: PHONE, locale: 'ja-JP', ...options })
  try {
    await use(await context.newPage())
  } finally {
    await context.close()
  }
}
