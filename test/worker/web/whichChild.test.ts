// Registered again: the same child, a twin, a slip of the finger, or a date that can be no birth.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { HANAKO, registration, TARO } from '../readers/openStore'
import { actionOf, formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const BORN = { birthDate: '2026-10-09' }
const DUE = { dueDate: '2027-03-13' }

/** Presses a button of a page. */
async function press(page: string, form: Record<string, string>) {
  const answer = await web.post(actionOf(page)!, { ...formOf(page), ...form })
  const landed = await web.land(answer)
  return { url: landed.url, page: await landed.text() }
}

/** Types a date on the page that adds a child. */
async function add(readerId: string, day: string, anchor = 'birthDate') {
  const path = await web.enter(web.links.askedPageUrl(readerId))
  const form = await (await web.get(`${path}/add`)).text()
  const [year = '', month = '', date = ''] = day.split('-')
  return press(form, { anchor, year, month, day: date, go: 'next' })
}

const birthdays = async (readerId: string) =>
  (await web.readers.childrenOf(readerId)).map(({ birthDate }) => birthDate).sort()

describe('on the reader’s page', () => {
  test('the same birthday: twins are added once, the same child is not', async () => {
    const { readerId } = await web.readers.register(registration({ child: BORN }))
    const asked = await add(readerId, BORN.birthDate)
    expect(asked.url).toContain('/add/which?d=')
    expect(asked.page).toContain('同じ誕生日のお子さんが、もう登録されています')
    expect(await birthdays(readerId)).toEqual([BORN.birthDate])
    const same = await press(asked.page, { answer: 'same' })
    expect(same.page).toContain('このお子さんは、もう登録されています。')
    expect(await birthdays(readerId)).toEqual([BORN.birthDate])
    const again = await add(readerId, BORN.birthDate)
    const twice = await Promise.all([
      press(again.page, { answer: 'twin' }),
      press(again.page, { answer: 'twin' }),
    ])
    for (const { page } of twice) expect(page).toContain('お子さんを追加しました。')
    expect(await birthdays(readerId)).toEqual([BORN.birthDate, BORN.birthDate])
  })

  test('a day off: corrected, or another child', async () => {
    const { readerId } = await web.readers.register(registration({ child: BORN }))
    const asked = await add(readerId, '2026-10-10')
    expect(asked.page).toContain('日付を直しますか。べつのお子さんですか。')
    expect(asked.page).toContain('2026年10月9日(金)')
    expect(asked.page).toContain('2026年10月10日(土)')
    await press(asked.page, { answer: 'correction' })
    expect(await birthdays(readerId)).toEqual(['2026-10-10'])
    const other = await add(readerId, '2026-10-11')
    await press(other.page, { answer: 'another' })
    expect(await birthdays(readerId)).toEqual(['2026-10-10', '2026-10-11'])
  })

  test('a digit of the year off is asked about as a like date, not as a near one', async () => {
    const { readerId } = await web.readers.register(registration({ child: BORN }))
    const asked = await add(readerId, '2024-10-09')
    expect(asked.page).toContain('登録済みのお子さんとよく似た日付です。')
    expect((await add(readerId, '2026-10-10')).page).toContain('お子さんと近い日付です。')
  })

  test('the form cannot save what has to be asked about', async () => {
    const { readerId } = await web.readers.register(registration({ child: BORN }))
    const asked = await add(readerId, '2026-10-10')
    for (const forged of ['', 'twin?', 'same']) {
      await press(asked.page, { go: 'save', answer: forged })
    }
    expect(await birthdays(readerId)).toEqual([BORN.birthDate])
  })

  test('a birthday before 22 weeks: the date, the way to stop, and no word of a birth', async () => {
    const { readerId, childId } = await web.readers.register(registration({ child: DUE }))
    const asked = await add(readerId, '2026-11-06')
    expect(asked.page).toContain('日付を確かめてください')
    expect(asked.page).toContain(`/children/${childId}/stop`)
    expect(asked.page).not.toMatch(/生後|週|ふたご|おめでと/)
    expect(asked.page).toContain('class="quiet"')
    expect(await web.readers.childrenOf(readerId)).toMatchObject([DUE])
    const path = asked.url.replace('/which', '/check')
    expect(await (await web.get(new URL(path).pathname)).text()).not.toContain('生後')
  })

  test('a birth in time is taken for the one that is expected, and may be another child’s', async () => {
    const { readerId } = await web.readers.register(registration({ child: DUE }))
    const said = await add(readerId, '2026-11-20')
    expect(said.page).toContain('登録済みのお子さん(出産予定日 2027年3月13日(土))の誕生日として')
    await press(said.page, { go: 'save' })
    expect(await web.readers.childrenOf(readerId)).toMatchObject([
      { ...DUE, birthDate: '2026-11-20' },
    ])
  })

  test('the same due date again is asked about too', async () => {
    const { readerId } = await web.readers.register(registration({ child: DUE }))
    const asked = await add(readerId, DUE.dueDate, 'dueDate')
    expect(asked.page).toContain('同じ出産予定日のお子さんが')
    await press(asked.page, { answer: 'twin' })
    expect(await web.readers.childrenOf(readerId)).toHaveLength(2)
  })

  test.each([
    ['2026-11-06', '登録されている出産予定日は 2027年3月13日(土) です'],
    ['2025-11-06', '日付を確かめてください'],
  ])('on a child’s own page, born on %s', async (day, says) => {
    const { readerId, childId } = await web.readers.register(registration({ child: DUE }))
    const path = `${await web.enter(web.links.askedPageUrl(readerId))}/children/${childId}/birth`
    const [year = '', month = '', date = ''] = day.split('-')
    const form = await (await web.get(path)).text()
    for (const go of ['next', 'save']) {
      const { page } = await press(form, { year, month, day: date, go })
      expect(page).toContain(says)
      expect(page).toContain('<title>エラー: ')
      expect(page).toContain(`/children/${childId}/stop`)
      expect(page).not.toMatch(/生後|おめでと/)
    }
    expect(await web.readers.childrenOf(readerId)).toMatchObject([DUE])
  })
})

describe('by the registration', () => {
  async function confirmByMail(child: object, more: object = {}) {
    const said = registration({ address: TARO, child, ...more })
    const asked = await web.readers.requestConfirmation(said)
    return `/confirm/${asked!.token}`
  }

  test('a mail that is confirmed leads to the question, however often it is pressed', async () => {
    const { readerId } = await web.readers.register(registration({ address: TARO, child: BORN }))
    const path = await confirmByMail({ birthDate: '2026-10-10' })
    const [asked, again] = [
      await web.land(await web.post(path)),
      await web.land(await web.post(path)),
    ]
    for (const landed of [asked, again]) expect(landed.url).toContain('/add/which?d=')
    expect(await (await web.get(path)).text()).toContain('登録を完了する')
    const pages = [await asked.text(), await again.text()]
    for (const page of pages) await press(page, { answer: 'another' })
    expect(await (await web.get(path)).text()).toContain('登録は済んでいます')
    expect((await web.land(await web.post(path))).url).toContain(path)
    expect(await birthdays(readerId)).toEqual(['2026-10-09', '2026-10-10'])
    expect(web.sent.welcomes).toEqual([])
  })

  test.each([
    ['another', ['2026-10-09', '2026-10-10', '2026-10-10']],
    ['correction', ['2026-10-10', '2026-10-10']],
  ])('of twins, answered %s: all are there, and answered twice no more', async (answer, born) => {
    const { readerId } = await web.readers.register(registration({ address: TARO, child: BORN }))
    const path = await confirmByMail({ birthDate: '2026-10-10' }, { count: 2 })
    const asked = await web.land(await web.post(path))
    expect(asked.url).toContain('/add/which?d=')
    const page = await asked.text()
    expect(page).toContain('お子さんの人数: 2人(ふたご)')
    for (let times = 0; times < 2; times += 1) await press(page, { answer })
    expect(await birthdays(readerId)).toEqual(born)
    const own = await web.readers.childrenOf(readerId)
    expect(own.every(({ isApart }) => isApart)).toBe(true)
  })

  test('of twins, with a date typed anew: the number stays to the end', async () => {
    const { readerId } = await web.readers.register(registration({ address: TARO, child: BORN }))
    const path = await confirmByMail({ birthDate: '2026-10-10' }, { count: 2 })
    const form = await press(await (await web.land(await web.post(path))).text(), { go: 'edit' })
    const said = await press(form.page, { year: '2026', month: '1', day: '2', go: 'next' })
    expect(said.page).toContain('お子さんの人数: 2人(ふたご)')
    await press(said.page, { go: 'save' })
    expect(await birthdays(readerId)).toEqual(['2026-01-02', '2026-01-02', '2026-10-09'])
  })

  test('a due date that is known says so instead of 「登録しました」', async () => {
    await web.readers.register(registration({ address: TARO, child: DUE }))
    const landed = await web.land(await web.post(await confirmByMail(DUE)))
    expect(landed.url).toMatch(/\/r\/999016\/known$/)
    expect(await landed.text()).toContain('もう登録されています')
  })

  test('a friend on LINE is told to answer on the page', async () => {
    const { readerId } = await web.readers.register(registration({ child: BORN }))
    const key = 'a'.repeat(32)
    const again = registration({ child: { birthDate: '2026-10-10' } })
    await web.readers.askLineFriend({ key, registration: again })
    const replied = new Promise<void>((resolve) => (web.state.replied = resolve))
    await web.webhook([
      {
        type: 'postback',
        webhookEventId: 'E1',
        timestamp: 1,
        replyToken: 'r',
        source: { type: 'user', userId: HANAKO.address },
        postback: { data: `kizuna:register:${key}` },
      },
    ])
    await replied
    const text = JSON.stringify(web.sent.replies[0]!.messages)
    expect(text).toContain('まだ登録は終わっていません')
    expect(text).not.toMatch(/2026-10|10月/)
    const link = /https?:[^"\\]+/.exec(text)![0]
    const page = await (await web.get(await web.enter(link))).text()
    await press(page, { answer: 'correction' })
    expect(await birthdays(readerId)).toEqual(['2026-10-10'])
  })

  test('a confirmation that waited since before a loss asks and adds nothing', async () => {
    const of = await web.readers.register(registration({ address: TARO, child: DUE }))
    const path = await confirmByMail({ dueDate: '2027-03-20' })
    web.clock.now = new Date('2026-11-23T01:01:00Z')
    await web.readers.stopChild(of)
    await web.post(path)
    web.clock.now = new Date('2026-11-23T01:00:00Z')
    expect(await web.readers.childrenOf(of.readerId)).toEqual([])
  })
})
