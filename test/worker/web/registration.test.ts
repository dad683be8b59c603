import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { formUses } from '../../../worker/readers/formUse'
import { CONSENT_VERSION } from '../../../worker/readers/consentVersion'
import { HANAKO, TARO } from '../readers/openStore'
import { actionOf, formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const VISITOR = { lineAccount: 'L1', provider: HANAKO.account, userId: HANAKO.address }

/** Fills in one screen, keeping what the page carries, and gives the next page. */
async function fill(page: string, typed: Record<string, string>, code = '999016') {
  const answer = await web.post(actionOf(page) ?? `/r/${code}`, {
    ...formOf(page),
    go: 'next',
    ...typed,
  })
  const landed = await web.land(answer)
  const location = answer.headers.get('location')
  return {
    status: answer.status,
    location: location && location.split('?')[0],
    page: await landed.text(),
    url: landed.url,
  }
}

describe('by mail', () => {
  test('one question a screen, one mail with one link, and the registration after a second tap', async () => {
    const first = await (await web.get('/r/999016?s=poster')).text()
    expect(first).toContain('登録 1 / 5')
    const date = await fill(first, { channel: 'mail', mail: ' Taro@example.jp ' })
    const uses = await formUses(web.db).find().sort({ _id: 1 }).toArray()
    expect(uses).toMatchObject([
      { _id: expect.stringMatching(/^999016\|\d{4}-\d{2}$/), opened: 1, started: 1 },
      { _id: expect.stringMatching(/\|poster$/), opened: 1, started: 1 },
    ])
    expect(date.page).toContain('登録 2 / 5')
    const relation = await fill(date.page, {
      anchor: 'dueDate',
      year: '２０２７',
      month: '3',
      day: '13',
    })
    expect(relation.page).toContain('今日は妊娠24週2日です')
    expect(relation.page).toContain('出産予定日は2027年3月13日(土)です')
    const area = await fill(relation.page, { relation: 'father' })
    const confirm = await fill(area.page, { area: '南' })
    expect(confirm.page).toContain('登録 5 / 5')
    expect(confirm.page).toContain('この内容で登録する')
    for (const words of ['2027年3月13日(土)', 'Taro@example.jp', '父', '標準', '南']) {
      expect(confirm.page).toContain(words)
    }
    expect(await web.collections.confirmations.countDocuments()).toBe(0)
    const sent = await fill(confirm.page, { consent: 'yes' })
    expect(sent).toMatchObject({ status: 303, location: '/r/999016/sent' })
    expect(await web.readers.findByIdentity(TARO)).toEqual([])

    expect(web.sent.mails).toHaveLength(1)
    const [mail] = web.sent.mails
    expect(mail).toMatchObject({ to: 'Taro@example.jp', from: { name: 'みなと町 子育て便り' } })
    const [link, ...others] = mail!.text.match(/https:\/\/kizuna\.example\S+/g)!
    expect(others).toEqual([])
    const path = new URL(link!).pathname
    expect(await (await web.get(path)).text()).toContain('登録を完了する')
    expect(await web.readers.findByIdentity(TARO)).toEqual([])
    expect((await web.post(path)).headers.get('location')).toMatch(/^\/r\/999016\/done\?d=/)
    const [reader] = await web.readers.findByIdentity(TARO)
    expect(reader).toMatchObject({
      municipality: '999016',
      relation: 'father',
      edition: 'standard',
      area: '南',
      source: 'poster',
      consentVersion: CONSENT_VERSION,
      consentedAt: web.clock.now,
    })
    expect(web.sent.welcomes).toEqual([reader!._id])
    expect(await (await web.land(await web.post(path))).text()).toContain('登録は済んでいます')
  })

  test('an expired link says how to start again', async () => {
    const answer = await web.get('/confirm/unknown')
    expect(answer.status).toBe(410)
    const said = await answer.text()
    expect(said).toContain('新しい確認のメールが届いているときは')
    expect(said).toContain('もう一度登録するときは')
  })

  test.each([
    { receipt: { status: 'rejected', code: 'x', isAddressFault: true }, says: '送れませんでした' },
    { receipt: { status: 'deferred', code: 'x', isDefinite: true }, says: '数分あとで' },
  ] as const)(
    'a mail that is $receipt.status is told at the address',
    async ({ receipt, says }) => {
      web.state.receipt = receipt
      const answer = await fill('', { ...complete(), consent: 'yes' })
      expect(answer).toMatchObject({ status: 303, location: '/r/999016/channel' })
      expect(answer.page).toContain(says)
      expect(answer.page).toContain('value="taro@example.jp"')
      web.state.receipt = { status: 'accepted' }
    },
  )

  test.each([
    ['of a poster that no list knows', { s: 'old-poster-7' }, 'old-poster-7'],
    ['that somebody made up to do harm', { s: '"><script>$gt' }, null],
    ['that is longer than any', { s: 'a'.repeat(41) }, null],
    ['that somebody says', { foundBy: 'pediatrics' }, 'pediatrics'],
    ['that is said beside the address', { s: 'tqxr', foundBy: 'pediatrics' }, 'tqxr'],
    ['that nobody can choose', { foundBy: 'tqxr' }, null],
  ])('a source %s keeps nobody from registering', async (_, given, source) => {
    await fill('', { ...complete(), ...given })
    const [link = ''] = web.sent.mails.at(-1)!.text.match(/https:\/\/kizuna\.example\S+/) ?? []
    await web.post(new URL(link).pathname)
    expect(await web.readers.findByIdentity(TARO)).toMatchObject([{ source }])
  })

  test('where no address says it, the last screen asks how somebody heard of the texts', async () => {
    const unanswered = { ...complete(), consent: '' }
    const asked = await fill('', { ...unanswered, foundBy: 'plaza' })
    expect(asked.page).toMatch(/<option value="plaza" selected>\s*子育てひろば/)
    expect((await fill('', { ...unanswered, s: 'tqxr' })).page).not.toContain('foundBy')
  })

  test('asking for one address again and again sends five mails and tells nothing', async () => {
    for (let count = 0; count < 7; count++) {
      expect(await fill('', complete())).toMatchObject({ location: '/r/999016/sent' })
    }
    expect(web.sent.mails).toHaveLength(5)
  })
})

describe('by LINE', () => {
  test('the link from LINE asks what is not known and is kept once for her answer, however often it is sent', async () => {
    const link = new URL(web.links.lineRegistrationUrl(VISITOR, { municipality: '999016' }))
    expect(link.href).not.toContain(HANAKO.address)
    const first = await (await web.get(link.pathname + link.search)).text()
    expect(first).toContain('登録 1 / 4')
    const born = { anchor: 'birthDate', year: '2026', month: '10', day: '9' }
    const relation = await fill(first, born)
    expect(relation.page).toContain('今日は生後45日です')
    const area = await fill(relation.page, { relation: 'mother' })
    const confirm = await fill(area.page, {})
    const twice = await Promise.all([
      fill(confirm.page, { consent: 'yes' }),
      fill(confirm.page, { consent: 'yes' }),
    ])
    const answers = twice.map(({ location, status }) => location ?? status)
    expect(new Set(answers)).toEqual(new Set(['/r/999016/asked']))
    expect(web.sent.asked).toHaveLength(1)
    expect(await web.collections.confirmations.countDocuments()).toBe(1)
    expect(await web.readers.findByIdentity(HANAKO)).toEqual([])
    expect(await (await web.get('/r/999016/asked')).text()).toContain('まだ登録は終わっていません')
  })

  test('without the link, LINE is joined first; a LINE-only town says so at once', async () => {
    const first = await (await web.get('/r/999016')).text()
    const friend = await fill(first, { channel: 'line' })
    expect(friend.page).toContain('https://line.me/R/ti/p/%40minato')
    expect(await (await web.get('/r/999024')).text()).toContain('友だちに追加する')
  })

  test('who reads plain Japanese takes it into LINE: the page says what to send there', async () => {
    const page = await (await web.get('/r/999024?lang=easy')).text()
    expect(page).toContain('readonly>やさしい日本語</textarea>')
    expect(page).toContain(`/R/oaMessage/%40minato/?${encodeURIComponent('やさしい日本語')}`)
    expect(await (await web.get('/r/999024')).text()).not.toContain('oaMessage')
  })

  test('the first page of a LINE-only town is read in another language, and back', async () => {
    const first = await (await web.get('/r/999024?s=poster')).text()
    const [, href = ''] = /class="language" href="([^"]+)" lang="ja">\s*やさしい/.exec(first) ?? []
    expect(href).toBe('/r/999024/line?s=poster&amp;lang=easy')
    const easy = await (await web.get(href.replaceAll('&amp;', '&'))).text()
    expect(easy).toContain('readonly>やさしい日本語</textarea>')
    expect(easy).toContain('href="/r/999024/line?s=poster&amp;lang=standard"')
  })

  test('a user id in a form or a changed token registers nobody', async () => {
    const forged = await fill('', { ...complete(), channel: 'line', line: HANAKO.address })
    expect(forged.status).toBe(410)
    const answer = await fill('', { ...complete(), channel: 'line' })
    expect(answer.page).toContain('友だちに追加')
    expect(await web.collections.readers.countDocuments()).toBe(0)
  })

  test('a link expires after 24 hours and is of no use in a town of another account', async () => {
    const link = new URL(web.links.lineRegistrationUrl(VISITOR, { municipality: '999032' }))
    expect((await web.get(link.pathname + link.search)).status).toBe(404)
    const own = new URL(web.links.lineRegistrationUrl(VISITOR, { municipality: '999016' }))
    web.clock.now = new Date('2026-11-24T01:00:00Z')
    const expired = await web.get(own.pathname + own.search)
    web.clock.now = new Date('2026-11-23T01:00:00Z')
    expect(expired.status).toBe(410)
    expect(await expired.text()).toContain('トークで「登録」と送ると')
  })

  test('one account for several towns asks for the town', async () => {
    const link = new URL(web.links.lineRegistrationUrl(VISITOR))
    const page = await (await web.get(link.pathname + link.search)).text()
    expect(page).toContain('うみべ町')
    expect(page).not.toContain('もり市')
    expect(page).not.toContain('とじた町')
  })
})

describe('a link that answers in the visitor’s name', () => {
  /** What is filled in of a page, wherever it stands: hidden, typed or marked. */
  async function filledBy(search: string) {
    const form = formOf(await (await web.get(`/r/999016?${search}`)).text())
    return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))
  }

  test('fills in the leaflet and the area, and nothing else', async () => {
    const typed = Object.entries({ ...complete(), edition: 'easy', go: 'next', year: '2027' })
    const all = new URLSearchParams([...typed, ['s', 'poster'], ['area', '南']])
    expect(await filledBy(all.toString())).toEqual({ screen: 'channel', s: 'poster', area: '南' })
  })

  test('does not agree to anything for somebody who came from LINE', async () => {
    const link = new URL(web.links.lineRegistrationUrl(VISITOR, { municipality: '999016' }))
    const answers = '&consent=yes&relation=father&anchor=dueDate&year=2027&month=3&day=13'
    const form = await filledBy(`${link.search.slice(1)}${answers}`)
    expect(form).toEqual({ screen: 'date', line: link.searchParams.get('line') })
  })
})

describe('mistakes', () => {
  test('stand at the field and in a summary, and what was typed stays', async () => {
    const answer = await fill('', {
      screen: 'date',
      channel: 'mail',
      mail: 'taro@example.jp',
      anchor: 'dueDate',
      year: '2027',
      month: '2',
      day: '30',
    })
    expect(answer.location).toBe('/r/999016/date')
    expect(answer.page).toContain('<title>エラー: ')
    expect(
      answer.page.match(/2027年2月30日という日はありません。2027 年の 2 月は 28 日までです/g),
    ).toHaveLength(2)
    expect(answer.page).toContain('href="#date"')
    expect(formOf(answer.page)).toMatchObject({
      year: '2027',
      month: '2',
      day: '30',
      anchor: 'dueDate',
      mail: 'taro@example.jp',
    })
  })

  test.each([
    { typed: { screen: 'channel', channel: '', mail: '' }, says: '受け取り方を選んでください' },
    { typed: { screen: 'channel', mail: 'a@b' }, says: '@ の後ろを確かめてください' },
    { typed: { screen: 'date', anchor: '' }, says: 'あてはまるものを選んで' },
    { typed: { screen: 'date', year: '' }, says: '3 つとも、数字で' },
    { typed: { screen: 'date', year: '27' }, says: '西暦 4 けた' },
    { typed: { screen: 'date', year: '2028' }, says: '先すぎます' },
    { typed: { screen: 'date', year: '2026', month: '1' }, says: '過ぎています' },
    { typed: { screen: 'date', anchor: 'birthDate' }, says: 'これからの日' },
    { typed: { screen: 'date', anchor: 'birthDate', year: '2001' }, says: '昔すぎます' },
    { typed: { screen: 'relation', relation: '' }, says: '続柄を選んでください' },
    { typed: { screen: 'edition', edition: 'klingon' }, says: '書き方を選んでください' },
    { typed: { screen: 'area', area: '東' }, says: '地区を選んでください' },
    { typed: { screen: 'confirm', consent: '' }, says: '同意する場合は印を' },
  ])('$typed', async ({ typed, says }) => {
    const answer = await fill('', Object.assign(complete(), typed))
    expect(answer.location).toMatch(/^\/r\/999016\/(channel|date|relation|edition|area|confirm)$/)
    expect(answer.page).toContain(says)
    expect(answer.page).toContain('<title>エラー: ')
    expect(web.sent.mails).toEqual([])
  })

  test('the last screen alone registers nobody: everything is checked again', async () => {
    const answer = await fill('', { screen: 'confirm', consent: 'yes', mail: 'x' })
    expect(answer.page).toContain('受け取り方を選んでください')
  })

  test('the back button shows the screen before with what was typed', async () => {
    const { page } = await fill('', { ...complete(), go: 'date' })
    expect(formOf(page)).toMatchObject({ year: '2027', month: '3', mail: 'taro@example.jp' })
  })

  test('typed HTML stays text', async () => {
    const answer = await fill('', {
      ...complete(),
      screen: 'channel',
      mail: '"><script>x</script>',
    })
    expect(answer.page).not.toContain('<script>')
    expect(answer.page).toContain('&lt;script&gt;')
  })

  test.each(['/r/123456', '/r/x', '/nothing'])('%s is not found', async (path) => {
    const answer = await web.get(path)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('ページが見つかりません')
  })
})

test('a second reader joins a shared child without typing a date; a loss closes the link', async () => {
  const { registration } = await import('../readers/openStore')
  const mother = await web.readers.register(registration())
  const link = new URL(web.links.shareUrl({ children: [mother.childId], municipality: '999016' }))
  const first = await (await web.get(link.pathname + link.search)).text()
  expect(first).toContain('登録 1 / 4')
  const relation = await fill(first, { channel: 'mail', mail: 'taro@example.jp' })
  expect(relation.page).toContain('今日は妊娠24週2日です')
  const area = await fill(relation.page, { relation: 'father' })
  const confirm = await fill(area.page, {})
  await fill(confirm.page, { consent: 'yes' })
  const path = new URL(/https:\S+/.exec(web.sent.mails[0]!.text)![0]).pathname
  await web.post(path)
  const [father] = await web.readers.findByIdentity(TARO)
  expect(await web.readers.childrenOf(father!._id)).toMatchObject([{ _id: mother.childId }])
  await web.readers.stopChild(mother)
  expect((await web.get(link.pathname + link.search)).status).toBe(410)
})

function complete() {
  return {
    screen: 'confirm',
    channel: 'mail',
    mail: 'taro@example.jp',
    consent: 'yes',
    anchor: 'dueDate',
    year: '2027',
    month: '3',
    day: '13',
    relation: 'father',
  }
}
