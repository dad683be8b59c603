import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration } from '../readers/openStore'
import { formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let readerId: string
let base: string

beforeAll(async () => {
  web = await openWeb()
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
    expect(bodyOf(await page())).toContain(
      '通知に出す内容 おまかせ(はじめの時期だけ、出しません) 変更',
    )
    const asked = await page('/notice')
    expect(bodyOf(asked)).toContain('「みなと町からのお知らせ」とだけ出ます')
    expect(formOf(asked)).toMatchObject({ notice: '' })
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

function bodyOf(shown: string): string {
  return /<body[^>]*>(.*)<\/body>/s
    .exec(shown)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
