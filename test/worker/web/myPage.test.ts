import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { HANAKO, registration, TARO } from '../readers/openStore'
import { formOf, openWeb } from './openWeb'
import { sendText } from './texts/sentText'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }
let base: string

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration())
  base = await web.enter(web.links.askedPageUrl(mother.readerId))
})

const page = async (path: string) => (await web.get(`${base}${path}`)).text()
/** The page a form leads to. */
const sent = async (path: string, form: Record<string, string> = {}) =>
  (await web.land(await web.post(path, form))).text()

test('the page shows the stage in words and no address', async () => {
  const shown = await page('')
  expect(shown).toContain('妊娠24週2日')
  expect(shown).toContain('出産予定日 2027年3月13日(土)')
  expect(shown).not.toContain(HANAKO.address)
})

test.each(['constructor', '__proto__', 'toString', 'nothing', ''])(
  'an address that says %s was done shows the page and no word of it',
  async (done) => {
    expect(bodyOf(await page(`?done=${done}`))).toBe(bodyOf(await page('')))
  },
)

describe('what is registered', () => {
  test('is shown with the way to change it: channel, town, relation, edition and area', async () => {
    const shown = bodyOf(await page(''))
    expect(shown).toContain(
      'あなたの登録 受け取り方 LINE 変更 自治体 みなと町 変更 お子さんから見て 母 変更 文章の書き方 標準 変更 お住まいの地区 選ばない 変更',
    )
    const father = await web.readers.register(
      registration({
        address: TARO,
        relation: 'father',
        sharedChildren: [mother.childId],
        child: {},
      }),
    )
    base = await web.enter(web.links.askedPageUrl(father.readerId))
    const his = await page('')
    expect(his).toContain('メール T***@example.jp')
    expect(his).not.toMatch(/taro@/i)
  })

  test('a date is typed as the handbook prints it, as at the registration', async () => {
    const path = `/children/${mother.childId}/dates`
    expect(await page(path)).toContain('<option value="R"')
    const typed = { era: 'R', year: '9', month: '3', day: '20' }
    const said = await web.land(await web.post(`${base}${path}`, typed))
    const form = formOf(await said.text())
    expect(form).toMatchObject(typed)
    await web.post(`${base}${path}`, { ...form, go: 'save' })
    expect(await web.readers.findChild(mother.childId)).toMatchObject({ dueDate: '2027-03-20' })
  })

  test('the relation changes, and only to one there is', async () => {
    await web.post(`${base}/about`, { relation: 'grandparent', edition: 'standard' })
    const reader = () => web.readers.findReader(mother.readerId)
    expect(await reader()).toMatchObject({ relation: 'grandparent' })
    await web.post(`${base}/about`, { relation: 'constructor', edition: 'standard' })
    expect(await reader()).toMatchObject({ relation: 'grandparent' })
  })

  test('who shares a child is told by relation alone, and by nothing whether they get its texts', async () => {
    const father = await web.readers.register(
      registration({
        address: TARO,
        relation: 'father',
        sharedChildren: [mother.childId],
        child: {},
      }),
    )
    const before = bodyOf(await page(''))
    expect(before).toContain('いっしょに登録しているご家族: 父')
    await web.readers.rest({ readerId: father.readerId, until: null })
    expect(bodyOf(await page(''))).toBe(before)
    await web.readers.stopReader(father.readerId)
    expect(bodyOf(await page(''))).toBe(before)
    const [stop] = await web.readers.openStops({ readerId: father.readerId })
    await web.readers.undoStop({ readerId: father.readerId, id: stop!.id })
    await web.readers.leaveChild({ ...father })
    expect(bodyOf(await page(''))).toContain('いっしょに登録しているご家族: 父')
  })

  test('corrected age and what came in the last seven days stand with their child', async () => {
    await web.readers.chooseCorrectedAge({ ...mother, isCorrected: true })
    await sendText(web, { ...mother, slot: '24w1d', day: '2026-11-22' })
    await sendText(web, { ...mother, slot: 'welcome', day: '2026-11-17' })
    await sendText(web, { ...mother, slot: '23w0d', day: '2026-11-16' })
    await sendText(web, { ...mother, slot: '24w2d', day: '2026-11-23', state: 'unknown' })
    const shown = bodyOf(await page(''))
    expect(shown).toContain('修正月齢')
    expect(shown).toContain(
      'この 7 日にお送りした文 2026年11月22日(日) 妊娠24週1日の文 2026年11月17日(火) 登録のあいさつ',
    )
    expect(shown).not.toMatch(/23週0日|24週2日の文/)
  })

  test('after a stop nothing of it is left on the page', async () => {
    await sendText(web, { ...mother, slot: '24w1d', day: '2026-11-22' })
    await web.readers.stopChild(mother)
    const shown = bodyOf(await page(''))
    expect(shown).not.toMatch(/妊娠|24週|あなたの登録|届いた文/)
  })
})

test('answers are kept by no cache and the address goes to nobody', async () => {
  const { headers } = await web.get(base)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})

test('nobody can make a link or the address of a page', async () => {
  const { readerId } = mother
  const unsubscribe = new URL(
    web.links.unsubscribeUrl({ readerId, town: '999016' }),
  ).pathname.slice('/u/'.length)
  const stop = new URL(web.links.stopUrl({ readerId, town: '999016' })).pathname.slice(
    '/stop/'.length,
  )
  for (const made of [readerId, unsubscribe, stop, base.slice('/me/'.length)]) {
    expect((await web.get(`/me/open/${made}`)).status).toBe(410)
    expect((await web.post(`/me/open/${made}`)).status).toBe(410)
    expect((await web.get(`/stop/${made}`)).status).toBe(made === stop ? 200 : 410)
  }
  for (const made of [readerId, unsubscribe]) {
    expect((await web.get(`/me/${made}`)).status).toBe(410)
  }
})

describe('dates', () => {
  test('a moved due date is said back before it is saved', async () => {
    const path = `${base}/children/${mother.childId}/dates`
    expect(formOf(await (await web.get(path)).text())).toMatchObject({ year: '2027', month: '3' })
    const typed = { year: '2027', month: '3', day: '20' }
    const said = await sent(path, { ...typed, go: 'next' })
    expect(said).toContain('今日は妊娠23週2日です')
    expect(await dates()).toMatchObject([{ dueDate: '2027-03-13' }])
    const again = await sent(path, { ...formOf(said), go: 'edit' })
    expect(formOf(again)).toMatchObject(typed)
    const saved = await web.post(path, { ...formOf(said), go: 'save' })
    expect(saved.headers.get('location')).toBe(`${base}?done=dates`)
    expect(await dates()).toMatchObject([{ dueDate: '2027-03-20' }])
    expect(await page('?done=dates')).toContain('日付を変えました')
  })

  test('a birth is reported; an early one may choose corrected age', async () => {
    await web.readers.changeAnchor({ ...mother, dates: { dueDate: '2026-12-31' } })
    const path = `${base}/children/${mother.childId}/birth`
    const typed = { year: '2026', month: '11', day: '20' }
    const said = await sent(path, { ...typed, go: 'next' })
    expect(said).toContain('今日は生後3日です')
    expect(said).toContain('修正月齢')
    await web.post(path, { ...formOf(said), corrected: 'yes', go: 'save' })
    expect(await dates()).toMatchObject([
      { dueDate: '2026-12-31', birthDate: '2026-11-20', corrected: [mother.readerId] },
    ])
    const late = await sent(path, { ...typed, month: '12', go: 'next' })
    expect(late).toContain('<title>エラー: ')
    expect(late).toContain(`href="${base}">もどる</a>`)
    expect(late).toContain('これからの日になっています。生まれてから入れてください')
  })

  test('a child is added once, however often the form is sent', async () => {
    const typed = { anchor: 'birthDate', year: '2024', month: '2', day: '29', go: 'next' }
    const said = await sent(`${base}/add`, typed)
    expect(said).toContain('2歳8か月')
    const save = () => web.post(`${base}/add`, { ...formOf(said), go: 'save' })
    await Promise.all([save(), save()])
    expect(await dates()).toMatchObject([{ dueDate: '2027-03-13' }, { birthDate: '2024-02-29' }])
    expect(await sent(`${base}/add`, { ...typed, anchor: '' })).toContain('あてはまるものを')
  })

  test('the edition and the area change to what the municipality offers', async () => {
    await web.post(`${base}/about`, { edition: 'easy', area: '南' })
    const reader = () => web.readers.findReader(mother.readerId)
    expect(await reader()).toMatchObject({ edition: 'easy', area: '南' })
    await web.post(`${base}/about`, { edition: 'klingon', area: '東' })
    expect(await reader()).toMatchObject({ edition: 'easy', area: null })
  })

  const dates = () => web.readers.childrenOf(mother.readerId)
})

describe('stopping', () => {
  test('the page for a loss is one sentence and one button, then one sentence', async () => {
    const path = `/children/${mother.childId}/stop`
    const asked = await page(path)
    expect(bodyOf(asked)).toBe('この子の配信を止めます。 止める もどる')
    expect(asked).toContain('class="quiet"')
    expect(asked).not.toMatch(/<img|<svg|accent|子育て/)
    const after = await sent(base + path)
    expect(bodyOf(after)).toBe(
      '止めました。 元にもどす もどすと、配信が届きます。止めてから 7 日のあいだ、もどせます。 登録の内容を見る 手続きや相談先',
    )
    expect(`${asked}${after}`).not.toMatch(/理由|アンケート|また|流産|死産|亡/)
  })

  test('who has several children sees which one it is, without a stage or a word that hurts', async () => {
    await web.readers.addChild({
      readerId: mother.readerId,
      dueDate: '2027-03-13',
      answer: 'twin',
    })
    const [, second] = await web.readers.childrenOf(mother.readerId)
    const asked = await page(`/children/${second!._id}/stop`)
    expect(bodyOf(asked)).toBe(
      'この子の配信を止めます。 「登録の内容」で 2 番めのお子さん 止める もどる',
    )
  })

  test('who stopped everything may undo it, and after seven days reads where to begin again', async () => {
    const after = await sent(`${base}/stop`)
    expect(bodyOf(after)).toMatch(/^止めました。 元にもどす/)
    expect(bodyOf(after)).not.toContain('登録の内容')
    const own = await page('')
    expect(bodyOf(own)).toMatch(/^配信は止まっています。 元にもどす/)
    expect(own).toContain('class="quiet"')
    expect(own).not.toContain('href="/r/999016"')
    web.clock.now = new Date('2026-11-30T01:00:00Z')
    base = await web.enter(web.links.askedPageUrl(mother.readerId))
    expect(bodyOf(await page(''))).toBe(
      '配信は止まっています。 もう一度登録できます。 登録のページ 手続きや相談先 あなたのデータ',
    )
    web.clock.now = new Date('2026-11-23T01:00:00Z')
  })

  test('a form left open in another window leads to what is true since', async () => {
    await web.post(`${base}/stop`)
    const typed = { anchor: 'birthDate', year: '2024', month: '2', day: '29', go: 'next' }
    for (const path of ['/add', '/about', `/children/${mother.childId}/birth`]) {
      expect(bodyOf(await page(path))).toContain('配信は止まっています。')
      expect(bodyOf(await sent(base + path, typed))).toContain('配信は止まっています。')
    }
    expect(await web.readers.everyChildOf(mother.readerId)).toHaveLength(1)
  })

  test('a loss stops the child for the father too, even when it is sent twice', async () => {
    const father = await web.readers.register(
      registration({ address: TARO, sharedChildren: [mother.childId], child: {} }),
    )
    const sibling = await web.readers.addChild({
      readerId: mother.readerId,
      birthDate: '2024-02-29',
    })
    const path = `${base}/children/${mother.childId}/stop`
    const both = await Promise.all([web.post(path), web.post(path)])
    const places = both.map(({ headers }) => headers.get('location'))
    expect(places).toEqual([`${base}/stopped`, `${base}/stopped`])
    expect(await web.readers.childrenOf(father.readerId)).toEqual([])
    expect(await web.readers.childrenOf(mother.readerId)).toMatchObject([
      { _id: sibling.status === 'added' && sibling.childId },
    ])
    expect(await page('')).not.toContain('妊娠')
  })

  test('one of two readers leaves; the other goes on', async () => {
    const father = await web.readers.register(
      registration({ address: TARO, sharedChildren: [mother.childId], child: {} }),
    )
    expect(await page('')).toContain('自分だけ')
    await web.post(`${base}/children/${mother.childId}/leave`)
    expect(await web.readers.childrenOf(mother.readerId)).toEqual([])
    expect(await web.readers.childrenOf(father.readerId)).toHaveLength(1)
  })

  test('everything stops at once, and stopping is never rate limited', async () => {
    const limited = await openWeb({ limits: { formsPer10Minutes: 1 } })
    try {
      const { readerId } = await limited.readers.register(registration())
      const own = await limited.enter(limited.links.askedPageUrl(readerId))
      expect((await limited.post('/r/999016', {})).status).toBe(303)
      expect((await limited.post('/r/999016', {})).status).toBe(429)
      expect((await limited.post(`${own}/stop`)).status).toBe(303)
      expect(await limited.readers.findReader(readerId)).toMatchObject({ status: 'stopped' })
      expect(await (await limited.get(own)).text()).toContain('配信は止まっています。')
    } finally {
      await limited.close()
    }
  })

  test('nobody opens or stops the child of somebody else', async () => {
    const other = await web.readers.register(
      registration({ address: TARO, child: { dueDate: '2027-05-01' } }),
    )
    const path = `${base}/children/${other.childId}/stop`
    expect((await web.get(path)).status).toBe(404)
    expect(await sent(path)).toContain('この子の配信は、あなたには届いていません。')
    expect(await web.readers.childrenOf(other.readerId)).toHaveLength(1)
  })
})

describe('unsubscribing from mail (RFC 8058)', () => {
  test('GET shows one button and changes nothing, POST stops, whatever its body is', async () => {
    const taro = await web.readers.register(registration({ address: TARO }))
    const path = new URL(web.links.unsubscribeUrl({ readerId: taro.readerId, town: '999016' }))
      .pathname
    const status = async () => (await web.readers.findReader(taro.readerId))!.status
    const asked = await (await web.get(path)).text()
    expect(asked.match(/<button/g)).toHaveLength(1)
    expect(await status()).toBe('active')
    const multipart = new FormData()
    multipart.set('List-Unsubscribe', 'One-Click')
    const answer = await fetch(web.url + path, { method: 'POST', body: multipart })
    expect(answer.status).toBe(200)
    expect(await status()).toBe('stopped')
    expect((await web.post(path)).status).toBe(200)
    expect(bodyOf(await sent(`${path}?page`))).toMatch(/^止めました。/)
    const pressed = await web.post(`${path}?page`)
    expect(pressed.headers.get('location')).toBe(`${path}/stopped`)
  })

  test('an invented token is not found', async () => {
    expect((await web.get('/u/x')).status).toBe(404)
    expect((await web.post('/u/x')).status).toBe(404)
  })
})

test('a new link comes by mail to a registered address only, with the same answer', async () => {
  const { readerId } = await web.readers.register(registration({ address: TARO }))
  const mailSent = new Promise<void>((resolve) => {
    web.state.mailed = resolve
  })
  for (const mail of ['nobody@example.jp', 'taro@example.jp']) {
    const answer = await web.post('/me', { mail })
    expect(answer.headers.get('location')).toBe('/me/sent')
  }
  await mailSent
  const { pathname } = new URL(/https:\S+/.exec(web.sent.mails[0]!.text)![0])
  const token = pathname.slice('/me/open/'.length)
  expect(web.links.openPageLink(token)).toMatchObject({ readerId })
  expect(web.sent.mails).toHaveLength(1)
  expect(await sent('/me', { mail: 'x' })).toContain('<title>エラー: ')
})

function bodyOf(page: string): string {
  const body = /<main>(.*)<\/main>/s.exec(page)![1]!
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
