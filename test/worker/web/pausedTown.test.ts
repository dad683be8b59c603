// A town whose deliveries pause: who would register learns that and whom to call, and who is
// registered keeps their page, and every way to stop.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { HANAKO, registration, TARO } from '../readers/openStore'
import { settings } from '../readers/settings'
import { openBrowser } from './browser'
import { ACCOUNT, formOf, openWeb, TOWNS } from './openWeb'
import { answerToText, buttonsOf, wordsOf } from './talk'

let web: Awaited<ReturnType<typeof openWeb>>

const { series } = TOWNS[0]!
const LIFF_ID = '2000000099-AbCdEfGh'

beforeAll(async () => {
  const login = { channelId: '2000000099', channelSecret: 'login-secret', liffId: LIFF_ID }
  web = await openWeb({
    account: { ...ACCOUNT, login },
    towns: [
      settings({ series, accent: '#00522e', isActive: false, pausedUntil: '2026-12-20' }),
      settings({ code: '999032', name: 'もり市', lineAccount: null, series, isActive: false }),
    ],
  })
})
afterAll(() => web.close())
beforeEach(() => web.empty())

const page = async (path: string) => (await web.get(path)).text()

describe('who would register', () => {
  test.each(['', '/date', '/known', '/sent', '/unknown', '/line', '/done', '/asked', '/nothing'])(
    'reads at /r/999016%s that deliveries pause, until when, and whom to call',
    async (place) => {
      const answer = await web.get(`/r/999016${place}`)
      const text = await answer.text()
      expect(answer.status).toBe(200)
      for (const words of [
        'みなと町の配信は、いまお休みしています',
        '2026年12月20日(日)までの予定です。',
        'href="tel:0300000000"',
        '登録している方の内容は残っています',
        'href="/me"',
      ]) {
        expect(text).toContain(words)
      }
      expect(text).not.toContain('アドレスが途中で切れていないか')
      expect(formOf(text)).toEqual({})
    },
  )

  test('reads it in easy words too, one press away', async () => {
    expect(await page('/r/999016')).toContain('href="?lang=easy"')
    const text = await page('/r/999016?lang=easy')
    expect(text).toContain('お知(し)らせは いま お休(やす)みです')
    expect(text).toContain('12月(がつ) 20日(にち)')
  })

  test('is told no day that is over, and none where none is known', async () => {
    web.clock.now = new Date('2026-12-21T01:00:00Z')
    for (const code of ['999016', '999032']) {
      expect(await page(`/r/${code}`)).toContain('いまお休みしています')
      expect(await page(`/r/${code}`)).not.toContain('予定です')
      expect(await page(`/r/${code}`)).toContain('まだ決まっていません')
    }
  })

  test('finds the page in the town’s own colour', async () => {
    expect(await page('/r/999016')).toContain('/style/accent/999016.css')
    expect((await web.get('/style/accent/999016.css')).status).toBe(200)
  })

  test('reads it inside LINE too', async () => {
    expect(await page(`/liff/${LIFF_ID}?town=999016`)).toContain('いまお休みしています')
  })

  test('of a town that is unknown reads that there is no such page', async () => {
    expect((await web.get('/r/999999')).status).toBe(404)
    expect(await page('/r/999999')).toContain('ページが見つかりません')
  })
})

test('who confirms by a mail from before the pause is registered, and told when texts come', async () => {
  const asked = await web.readers.requestConfirmation(registration({ address: TARO }))
  const phone = openBrowser(web.url)
  const done = await phone.press(await phone.open(`/confirm/${asked!.token}`))
  expect(done.url).toMatch(/^\/r\/999016\/done/)
  expect(done.page).toContain('登録しました。再開したら')
  expect(done.page).not.toContain('いまは登録できません')
  expect(await web.readers.findByIdentity(TARO)).toMatchObject([{ status: 'active' }])
})

describe('who is registered', () => {
  const enter = async (readerId: string) => {
    const phone = openBrowser(web.url)
    const link = new URL(web.links.askedPageUrl(readerId)).pathname
    return { phone, own: await phone.press(await phone.open(link)) }
  }

  test('reads it on their page, and that their registration stays', async () => {
    const { readerId } = await web.readers.register(registration())
    const { own } = await enter(readerId)
    expect(own.page).toContain('みなと町の配信は、いまお休みしています。')
    expect(own.page).toContain('2026年12月20日(日)までの予定です。')
    expect(own.page).toContain('登録の内容は残っていて')
    expect(own.page).not.toContain('次の文は')
  })

  test('stops from their page and by the link of a mail as ever', async () => {
    const mother = await web.readers.register(registration())
    const father = await web.readers.register(registration({ address: TARO, relation: 'father' }))
    const { phone, own } = await enter(mother.readerId)
    await phone.press(await phone.open(`${own.url}/stop`))
    const other = openBrowser(web.url)
    const link = new URL(web.links.stopUrl({ readerId: father.readerId })).pathname
    await other.press(await other.open(`${link}/stop`))
    for (const address of [HANAKO, TARO]) {
      expect(await web.readers.findByIdentity(address)).toMatchObject([{ status: 'stopped' }])
    }
  })

  test('who has stopped reads nothing of it', async () => {
    const { readerId } = await web.readers.register(registration())
    await web.readers.stopReader(readerId, {})
    const { own } = await enter(readerId)
    expect(own.page).not.toContain('お休み')
  })

  test('gets in LINE the buttons to change and to stop', async () => {
    await web.readers.register(registration())
    const [row] = await answerToText(web, '配信を止める')
    expect(wordsOf(row)).toContain('みなと町の配信は、いまお休みしています。')
    expect(wordsOf(row)).not.toMatch(/\d+月\d+日/)
    const [stop] = buttonsOf(row)
    expect(stop?.label).toBe('止める・休む')
    expect((await web.get(new URL(stop!.uri).pathname)).status).toBe(200)
  })
})

test('who is not registered is not invited in LINE, and told whom to ask', async () => {
  const [card] = await answerToText(web, '登録')
  expect(wordsOf(card)).toContain('みなと町の配信は、いまお休みしています。')
  expect(buttonsOf(card).map(({ label }) => label)).toEqual(['相談先'])
})

test('who blocks the account while it pauses is noted as ever', async () => {
  await web.readers.register(registration())
  const source = { type: 'user', userId: HANAKO.address }
  const block = { type: 'unfollow', webhookEventId: 'b', timestamp: 9e12, source, mode: 'active' }
  await web.webhook([block])
  const [reader] = await web.readers.findByIdentity(HANAKO)
  expect(await web.readers.contactStates(reader!, ACCOUNT.id)).toMatchObject([
    { state: { kind: 'blocked' } },
  ])
})
