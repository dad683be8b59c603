// The pages behind the quiet row under every LINE text, for all three settings of an account's answers.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import type { LineAnswers } from '../../../src/plan/settings'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { helplinesOf } from '../../../worker/web/helplines'
import { wordsOf } from '../../../worker/web/words/words'
import { asRead } from './asRead'
import { HANAKO, registration } from '../readers/openStore'
import { MINATO, testSandbox } from '../sandbox/testSandbox'
import { openBrowser } from './browser'
import { ACCOUNT, openWeb } from './openWeb'

const CALLBACK = 'https://kizuna.example/login/line'
const LOGIN = { channelId: '2000000099', channelSecret: 'login-secret' }
const SOMEBODY = `U${'c3'.repeat(16)}`
const ANSWERS: LineAnswers[] = ['all', 'own', 'none']

let sandbox: Sandbox
let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  const loginChannel = { ...LOGIN, callbackUrls: [CALLBACK] }
  sandbox = await testSandbox({ channels: [{ ...MINATO, loginChannel }] })
  const account = { ...ACCOUNT, answers: 'none' as const, login: LOGIN }
  web = await openWeb({ account, lineApiUrl: sandbox.url })
})
afterAll(async () => {
  await web.close()
  await sandbox.stop()
})
beforeEach(async () => {
  await web.empty()
})

test.each(ANSWERS)(
  'both places of an account that answers %s are pages of ours',
  async (answers) => {
    const { changeUrl, contactUrl } = web.links.quietPlaces({ code: '999016' }, { answers })
    expect(changeUrl === null).toBe(answers !== 'none')
    for (const url of [changeUrl, contactUrl].filter((one) => one !== null)) {
      expect((await web.get(new URL(url).pathname)).status).toBe(200)
    }
  },
)

describe('the page of the contact', () => {
  test('has the telephone and the national helplines as links that dial', async () => {
    const page = await (await web.get('/r/999016/contact')).text()
    for (const number of ['0300000000', '0120279338', '189']) {
      expect(page).toContain(`href="tel:${number}"`)
    }
    expect(page).toContain('受付時間 平日')
    expect(page).toContain('href="/support/999016"')
  })

  test.each(['standard', 'easy'])(
    'names the children’s line last, for danger alone (%s)',
    async (lang) => {
      const page = asRead(await (await web.get(`/r/999016/contact?lang=${lang}`)).text())
      const { danger, always } = wordsOf(lang).quietRow
      const [above = '', below = ''] = page.split(`<h2>${danger}</h2>`)
      expect(above).toContain('href="/support/999016')
      expect(above).not.toMatch(/189|児童相談所/)
      expect(below).toContain(always)
      expect(below).toContain('href="tel:189"')
    },
  )

  test('is there for a town that has closed, and for no unknown one', async () => {
    expect((await web.get('/r/999041/contact')).status).toBe(200)
    expect((await web.get('/r/131016/contact')).status).toBe(404)
    expect((await web.get('/r/x/contact')).status).toBe(404)
  })

  test('names the number that is called in the three prefectures with one of their own', () => {
    expect(helplinesOf('042064')[0]?.number).toBe('0120-279-226')
    expect(helplinesOf('131016')[0]?.number).toBe('0120-279-338')
    expect(helplinesOf('')[0]?.number).toBe('0120-279-338')
  })
})

describe('where no talk is answered, the page to change and stop', () => {
  const phone = () => openBrowser(web.url, { stopsAt: sandbox.url })

  /** Presses the button, is who they are on LINE, and comes back. */
  async function asWho(user: string) {
    const own = phone()
    const { url } = await own.press(await own.open('/r/999016/change'))
    const body = new URLSearchParams({ user })
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' })
    const { pathname, search } = new URL(answer.headers.get('location')!)
    return own.open(pathname + search)
  }

  test('leads the reader whom LINE names to their own page', async () => {
    await web.readers.register(registration())
    const shown = await asWho(HANAKO.address)
    expect(shown.url).toMatch(/^\/me\/[0-9a-f]{32}$/)
    expect(shown.page).toContain('登録の内容')
  })

  test('shows nothing to somebody else, nor to who has stopped', async () => {
    const { readerId } = await web.readers.register(registration())
    expect((await asWho(SOMEBODY)).page).toContain('いま届いている配信はありません')
    await web.readers.stopReader(readerId)
    const shown = await asWho(HANAKO.address)
    expect(shown.status).toBe(404)
    expect(shown.page).not.toMatch(/登録する|妊娠/)
  })

  test('changes nothing and asks LINE nothing when it is only looked at', async () => {
    const answer = await fetch(new URL('/r/999016/change', web.url), { redirect: 'manual' })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('LINE で確かめて進む')
  })
})

test.each([
  ['none', '下の窓口で承ります'],
  ['all', 'トークで「登録の内容」と送ってください'],
] as const)(
  'without LINE Login an account that answers %s says plainly how',
  async (answers, says) => {
    const plain = await openWeb({ account: { ...ACCOUNT, answers } })
    const page = (await (await plain.get('/r/999016/change')).text()).replace(/\s+/g, '')
    expect(page).toContain(says)
    expect(page).toContain('href="/me"')
    expect((await plain.post('/r/999016/change')).status).toBe(404)
    expect(await (await plain.get('/r/999024/change')).text()).not.toContain('href="/me"')
    await plain.close()
  },
)
