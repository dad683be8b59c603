// The page 「この文章はどうでしたか」: anybody answers, nobody is asked who they are.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import type { StoredVoice } from '../../../../worker/report/voices'
import { addOn, release, text } from '../../../src/plan/town'
import { registration } from '../../readers/openStore'
import { openWeb } from '../openWeb'

const TEXT = release(text({ slot: '24w0d', subject: '24 週の{{赤ちゃん}}' }), {
  key: 'manuscript:24w0d',
  revision: 2,
})
const ADD_ON = release(addOn({ from: '24w0d', municipality: '999024' }), { key: 'add-on:1' })
const PATH = '/v/999016/m-24w0d-2'

let web: Awaited<ReturnType<typeof openWeb>>
beforeAll(async () => {
  web = await openWeb()
  await web.contentStore.addReleases([TEXT, ADD_ON])
})
afterAll(() => web.close())
beforeEach(() => voices().deleteMany({}))

const voices = () => web.db.collection<StoredVoice>('voices')
const kept = () => voices().find().toArray()

const onceOf = (page: string) => /name="once" value="([\w-]{22})"/.exec(page)?.[1] ?? ''

test('names the text, keeps no cookie, and a look changes nothing', async () => {
  const answer = await web.get(PATH)
  const page = await answer.text()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(page).toContain('「24 週の赤ちゃん」')
  expect(page).not.toContain('checked')
  expect((await web.get(`${PATH}/heard`)).status).toBe(200)
  expect(await kept()).toEqual([])
})

test('a voice is kept without anything of who wrote, once for a page', async () => {
  await web.readers.register(registration())
  const once = onceOf(await (await web.get(PATH)).text())
  const form = { once, verdict: 'helpful', comment: ' よかった。\r\n09012345678 ', mayQuote: 'yes' }
  const answer = await web.post(PATH, form)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`${PATH}/thanks?lang=standard`)
  expect(answer.headers.get('set-cookie')).toBeNull()
  await web.post(PATH, { ...form, comment: 'もう一度' })
  expect(await kept()).toEqual([
    {
      _id: once,
      municipality: '999016',
      key: 'manuscript:24w0d',
      revision: 2,
      title: '24 週の赤ちゃん',
      verdict: 'helpful',
      comment: 'よかった。\n〔電話番号〕',
      mayQuote: true,
      asksForHelp: false,
      hasPersonalDetails: true,
      month: '2026-11',
      removeAt: new Date('2027-02-28T15:00:00Z'),
    },
  ])
  expect(await (await web.get(`${PATH}/thanks`)).text()).toContain('/r/999016/contact')
})

test('unlinkable: no value of a voice is a value of a reader, and none is an instant of its own', async () => {
  const { readerId } = await web.readers.register(registration())
  await web.post(PATH, { verdict: 'notHelpful', comment: 'むずかしい' })
  web.clock.now = new Date(web.clock.now.getTime() + 12_345_000)
  await web.post(PATH, { verdict: 'helpful' })
  const stored = await kept()
  const names = new Set(stored.flatMap((voice) => Object.keys(voice)))
  expect([...names].toSorted()).toEqual(
    [
      ...['_id', 'asksForHelp', 'comment', 'hasPersonalDetails', 'key', 'mayQuote', 'month'],
      ...['municipality', 'removeAt', 'revision', 'title', 'verdict'],
    ].toSorted(),
  )
  expect(new Set(stored.map(({ removeAt }) => removeAt.getTime())).size).toBe(1)
  expect(JSON.stringify(stored)).not.toContain(readerId)
  const [reader] = await web.collections.readers.find().toArray()
  const ofReader = JSON.stringify(reader).match(/"[^"]{10,}"(?!:)/g) ?? []
  expect(ofReader.length).toBeGreaterThan(2)
  for (const value of ofReader) expect(JSON.stringify(stored)).not.toContain(value)
})

test.each(['standard', 'easy'])(
  'who asks for help reads whom to call at once (%s)',
  async (lang) => {
    const answer = await web.post(`${PATH}?lang=${lang}`, { comment: 'もう消えたい' })
    const place = answer.headers.get('location') ?? ''
    expect(place).toBe(`${PATH}/heard?lang=${lang}`)
    const page = await (await web.get(place)).text()
    for (const number of ['0120279338', '0300000000', '189'])
      expect(page).toContain(`tel:${number}`)
    expect(await kept()).toMatchObject([
      { asksForHelp: true, comment: 'もう消えたい', verdict: null },
    ])
  },
)

test('what is to be corrected, or read in other words, keeps what was typed', async () => {
  const long = 'あ'.repeat(1500)
  const tooLong = await web.post(PATH, { verdict: 'notHelpful', comment: long, mayQuote: 'yes' })
  expect(tooLong.status).toBe(422)
  const page = await tooLong.text()
  expect(page).toContain('いま 1500 文字です')
  expect(page).toContain(long)
  expect(page.match(/checked/g)).toHaveLength(2)
  expect((await web.post(PATH)).status).toBe(422)
  const easy = await (await web.post(PATH, { comment: 'よい', go: 'words:easy' })).text()
  expect(easy).toContain('action="?lang=easy"')
  expect(easy).toContain('よい')
  expect(await kept()).toEqual([])
})

test('a form of another site is shown, not taken', async () => {
  const answer = await fetch(new URL(PATH, web.url), {
    method: 'POST',
    body: new URLSearchParams({ verdict: 'helpful' }),
    headers: { 'Sec-Fetch-Site': 'cross-site' },
  })
  expect(answer.status).toBe(200)
  expect(await kept()).toEqual([])
})

test.each([
  ['/v/999016/m-24w0d-3', 410],
  ['/v/999016/m-other-1', 410],
  ['/v/999016/a-1-1', 410], // another town's
  ['/v/999016/nothing', 404],
  ['/v/131016/m-24w0d-2', 404],
  ['/v/999024/a-1-1', 200],
])('%s answers %i', async (path, status) => {
  expect((await web.get(path)).status).toBe(status)
  if (status !== 200) expect((await web.post(path, { verdict: 'helpful' })).status).toBe(status)
})
