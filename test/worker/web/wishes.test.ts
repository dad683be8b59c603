import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { liveContent } from '../../../src/release/live'
import { release, text } from '../../src/plan/town'
import { registration, TARO } from '../readers/openStore'
import { formOf, openWeb, TOWNS } from './openWeb'

const town = { ...TOWNS[0]! }

let web: Awaited<ReturnType<typeof openWeb>>
let readerId: string
let base: string

beforeAll(async () => {
  web = await openWeb({ towns: [town] })
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  readerId = (await web.readers.register(registration())).readerId
  base = await web.enter(web.links.askedPageUrl(readerId))
})

const page = async (path = '') => (await web.get(`${base}${path}`)).text()
const wishes = async () => (await web.readers.findReader(readerId))?.wishes ?? {}

describe('what a notification shows', () => {
  test('is asked on a page of its own, which names what would stand there', async () => {
    expect(bodyOf(await page())).toContain('通知に出す内容 おまかせ(いまは、出します) 変更')
    const asked = await page('/notice')
    expect(bodyOf(asked)).toContain('「みなと町からのお知らせ」とだけ出ます')
    expect(formOf(asked)).toMatchObject({ notice: '' })
  })

  test('says what holds now for who has not chosen, before 12 weeks and with an older child', async () => {
    const early = registration({ address: TARO, child: { dueDate: '2027-07-20' } })
    const { readerId: other } = await web.readers.register(early)
    base = await web.enter(web.links.askedPageUrl(other))
    expect(bodyOf(await page())).toContain(
      'おまかせ(いまは、出しません。妊娠 12 週からは、出します)',
    )
    await web.readers.addChild({ readerId: other, birthDate: '2024-02-29' })
    expect(bodyOf(await page())).toContain(
      'おまかせ(妊娠 12 週より前のお子さんの文だけ、出しません)',
    )
  })

  test('is kept as it was chosen, until it is taken back', async () => {
    const saved = await web.post(`${base}/notice`, { notice: 'discreet' })
    expect(saved.headers.get('location')).toBe(`${base}?done=about`)
    expect(await wishes()).toEqual({ discreet: true })
    expect(formOf(await page('/notice'))).toMatchObject({ notice: 'discreet' })
    await web.post(`${base}/notice`, { notice: 'shown' })
    expect(await wishes()).toEqual({ discreet: false })
    expect(bodyOf(await page())).toContain('通知に出す内容 出す 変更')
    await web.post(`${base}/notice`, { notice: '' })
    expect(await wishes()).toEqual({})
  })

  test.each(['constructor', '__proto__', 'yes'])('%s is no choice', async (notice) => {
    await web.post(`${base}/notice`, { notice })
    expect(await wishes()).toEqual({})
  })

  test('looking changes nothing', async () => {
    await web.readers.changeWishes({ readerId, wishes: { discreet: true } })
    await page('/notice?notice=shown')
    expect(await wishes()).toEqual({ discreet: true })
  })

  test('plans anew: the change has a number of its own', async () => {
    const numberOf = async () => (await web.readers.findReader(readerId))!.changeNumber ?? 0
    const before = await numberOf()
    await web.post(`${base}/notice`, { notice: 'discreet' })
    expect(await numberOf()).toBeGreaterThan(before)
  })

  test('what was chosen when the page had ended is there when it opens again', async () => {
    const visit = base
    web.clock.now = new Date(web.clock.now.getTime() + 2 * 3_600_000)
    const ended = await web.post(`${visit}/notice`, { notice: 'discreet' })
    expect(ended.status).toBe(410)
    expect(await wishes()).toEqual({})
    const opened = await web.enter(web.links.askedPageUrl(readerId))
    expect(opened).toContain('/notice')
    expect(formOf(await (await web.get(opened)).text())).toMatchObject({ notice: 'discreet' })
  })
})

describe('at which hour texts come', () => {
  const offering = (...hours: string[]) => void Object.assign(town, { hours })
  beforeEach(() => offering())

  test('where the town offers none, nothing is shown', async () => {
    expect(bodyOf(await page())).not.toContain('届く時刻')
    expect((await web.get(`${base}/hour`)).status).toBe(404)
    expect((await web.post(`${base}/hour`, { hour: '18:00' })).status).toBe(303)
    expect(await wishes()).toEqual({})
  })

  test('is chosen among those of the town, and said where the next text is', async () => {
    offering('18:00', '12:30')
    expect(bodyOf(await page())).toContain('届く時刻 10:00 ごろ(いつもの時刻) 変更')
    const asked = await page('/hour')
    expect(bodyOf(asked)).toContain('10:00 ごろ(いつもの時刻) 12:30 ごろ 18:00 ごろ')
    expect(bodyOf(asked)).toContain('きょうの文がまだのときは、前の時刻に届くことがあります')
    expect(formOf(asked)).toMatchObject({ hour: '' })
    const saved = await web.post(`${base}/hour`, { hour: '18:00' })
    expect(saved.headers.get('location')).toBe(`${base}?done=about`)
    expect(await wishes()).toEqual({ hour: '18:00' })
    const shown = bodyOf(await page())
    expect(shown).toContain('届く時刻 18:00 ごろ 変更')
    expect(shown).toContain('きょうの文があります。18:00 ごろから順に届く予定です。')
    expect(formOf(await page('/hour'))).toMatchObject({ hour: '18:00' })
    await web.post(`${base}/hour`, { hour: '' })
    expect(await wishes()).toEqual({})
  })

  test('is said of the next day too', async () => {
    offering('18:00')
    await web.readers.changeWishes({ readerId, wishes: { hour: '18:00' } })
    const { content } = web.state
    web.state.content = liveContent([release(text({ slot: '24w3d' }))])
    const shown = bodyOf(await page())
    web.state.content = content
    expect(shown).toContain('次の文は、2026年11月24日(火)の 18:00 ごろから順に届く予定です。')
  })

  test('one that is offered no longer is the town’s own, and the page says so', async () => {
    offering('18:00')
    await web.post(`${base}/hour`, { hour: '18:00' })
    offering()
    expect(bodyOf(await page())).toContain(
      '届く時刻 10:00 ごろ(前に選んだ 18:00 は、いまは選べません) 変更',
    )
    expect(bodyOf(await page())).toContain('きょうの文があります。このあと届きます。')
    await web.post(`${base}/hour`, { hour: '' })
    expect(bodyOf(await page())).not.toContain('届く時刻')
  })

  test.each(['12:00', 'constructor', '25:00'])('%s is none of them', async (hour) => {
    offering('18:00')
    await web.post(`${base}/hour`, { hour })
    expect(await wishes()).toEqual({})
  })
})

describe('what is not to come', () => {
  test('is ticked on a page of its own, several at once, and taken back', async () => {
    expect(bodyOf(await page())).toContain('届けない話題 なし 変更')
    expect(bodyOf(await page('/themes'))).toContain(
      '健診・予防接種・制度・安全のお知らせは、いつも届きます',
    )
    const form = new URLSearchParams()
    for (const theme of ['christmas', 'mothersDay', 'health', 'always'])
      form.append('themes', theme)
    await fetch(new URL(`${base}/themes`, web.url), {
      method: 'POST',
      body: form,
      headers: web.headers,
      redirect: 'manual',
    })
    expect(await wishes()).toEqual({ declined: ['mothersDay', 'christmas'] })
    expect(bodyOf(await page())).toContain('届けない話題 母の日、クリスマス 変更')
    await web.post(`${base}/notice`, { notice: 'discreet' })
    expect(await wishes()).toEqual({ discreet: true, declined: ['mothersDay', 'christmas'] })
    await web.post(`${base}/themes`, { themes: 'books' })
    expect(await wishes()).toMatchObject({ declined: ['books'] })
    await web.post(`${base}/themes`)
    expect(await wishes()).toEqual({ discreet: true })
  })

  test('the page says the next text that comes', async () => {
    const { content } = web.state
    web.state.content = liveContent([
      release(text({ slot: '24w3d', theme: 'books' })),
      release(text({ slot: '24w5d' })),
    ])
    expect(bodyOf(await page())).toContain('次の文は、2026年11月24日(火)')
    await web.post(`${base}/themes`, { themes: 'books' })
    const shown = bodyOf(await page())
    web.state.content = content
    expect(shown).toContain('次の文は、2026年11月26日(木)')
  })
})

function bodyOf(shown: string): string {
  return /<body[^>]*>(.*)<\/body>/s
    .exec(shown)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
