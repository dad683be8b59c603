// Staff change what is registered on behalf of a reader who is there, and each step is written down.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { openDesk, textOf } from './desk'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(() => web.empty())

const log = () => web.collections.counterLog.find({ act: { $ne: 'enter' } }).toArray()

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

  test('twins are told apart by the number they have on the reader’s own page', async () => {
    const { browser, url } = await served({ count: 2 })
    const due = '出産予定日 2027年3月13日(土)'
    const said = textOf((await browser.open(url)).page)
    for (const place of [1, 2]) {
      expect(said).toContain(`お子さん ${place}. ${due}`)
      expect(said).toContain(`日付を変える(${place}. ${due})`)
    }
    const { page } = await browser.open(`${url}/stop`)
    expect(textOf(page)).toContain('「登録の内容」で 2 番めのお子さん')
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
