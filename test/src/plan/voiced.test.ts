// The link 「この文章はどうでしたか」 under a text: of what the text is alone, never of who gets it.
import { expect, test } from '@jest/globals'

import type { PlannedDelivery } from '../../../src/plan/reader'
import { createRenderer } from '../../../src/plan/render'
import { SAMPLE_PLACES } from '../../../src/release/quietRow'
import { LINE_MAX_URI } from '../../../src/release/lineMessageLimits'
import { checkMessages } from '../../../worker/sandbox/lineCheck'
import { addOn, release, settings, text } from './town'

const places = { ...SAMPLE_PLACES, voices: 'https://kizuna.example/v/131016/' }

const entry = (content: ReturnType<typeof text> | ReturnType<typeof addOn>, key: string) =>
  ({ content, release: release(content, { key, revision: 3 }) }) as never

const STAGE = entry(text({ slot: '24w0d' }), 'manuscript:24')
const ADD_ON = entry(addOn({ from: '24w0d' }), 'add-on:7')

const delivery = (changed: Partial<PlannedDelivery> = {}): PlannedDelivery => ({
  id: '131016:24w0d:1',
  reader: 'hanako',
  child: 'child',
  slot: '24w0d',
  kind: 'stage',
  channel: 'line',
  account: 'L1',
  edition: 'standard',
  texts: [STAGE],
  addOns: [ADD_ON],
  isPlural: false,
  isWelcome: false,
  isDiscreet: false,
  ...changed,
})

function payloadOf(changed: Partial<PlannedDelivery>, given = places) {
  const outcome = createRenderer({ settings: settings(), places: given })(delivery(changed))
  if (!outcome.isRendered || !outcome.payload) throw new Error('not rendered')
  return outcome.payload
}

const LINK = 'https://kizuna.example/v/131016/m-24-3'

test('stands in the last message of LINE above the quiet row, which stays as it was', () => {
  const payload = payloadOf({})
  if (payload.channel !== 'line') throw new Error('LINE is expected')
  const last = payload.messages.at(-1)
  const { voices: _, ...without } = places
  const before = payloadOf({}, without as typeof places)
  if (before.channel !== 'line' || last?.type !== 'flex') throw new Error('a card is expected')
  const { header, ...rest } = last.contents as never as Record<string, { action: object }>
  expect(header?.action).toEqual({ type: 'uri', label: 'この文章はどうでしたか', uri: LINK })
  expect(before.messages.at(-1)).toEqual({ ...last, contents: rest })
  expect(payload.messages.slice(0, -1)).toEqual(before.messages.slice(0, -1))
  expect(checkMessages(payload.messages)).toEqual([])
  expect(LINK.length).toBeLessThan(LINE_MAX_URI)
})

test('is one line of a mail, before the reader’s own links', () => {
  const payload = payloadOf({ channel: 'mail' })
  if (payload.channel !== 'mail') throw new Error('a mail is expected')
  const { text: words, html } = payload.mail
  expect(words).toContain(`\n\nこの文章はどうでしたか\n${LINK}\n\n登録の内容を見る・変える\n`)
  expect(html).toContain(`<a href="${LINK}"`)
})

test('is the same for all who get the same, so that they still share one payload', () => {
  const render = createRenderer({ settings: settings(), places })
  const hashes = ['hanako', 'taro', 'jiro'].map((reader, at) => {
    const outcome = render(delivery({ reader, child: reader, id: `131016:24w0d:${at}` }))
    return outcome.isRendered && outcome.hash
  })
  expect(new Set(hashes).size).toBe(1)
  expect(JSON.stringify(payloadOf({}))).not.toMatch(/hanako|20\d\d-\d\d/)
})

test('is of an add-on that goes alone, and in the reader’s language', () => {
  expect(JSON.stringify(payloadOf({ texts: [], kind: 'addOn' }))).toContain('/v/131016/a-7-3"')
  const easy = JSON.stringify(payloadOf({ edition: 'easy' }))
  expect(easy).toContain(`${LINK}?lang=easy`)
  expect(easy).toContain('この 文(ぶん)は どうでしたか')
  expect(JSON.stringify(payloadOf({ isDiscreet: true }))).toContain(LINK)
})

test.each<[string, Partial<PlannedDelivery>]>([
  ['a greeting', { isWelcome: true }],
  ['a greeting alone', { isWelcome: true, kind: 'welcome', texts: [], addOns: [] }],
  [
    'the question at 42w0d',
    { kind: 'question', texts: [entry(text({ slot: '42w0d', kind: 'question' }), 'manuscript:q')] },
  ],
  ['a support text', { texts: [entry(text({ slot: 'support3' }), 'manuscript:s')], addOns: [] }],
  [
    'the announcement',
    { texts: [entry(text({ slot: 'announcement' }), 'manuscript:n')], addOns: [] },
  ],
])('is not under %s', (_, changed) => {
  for (const channel of ['line', 'mail'] as const) {
    expect(JSON.stringify(payloadOf({ ...changed, channel }))).not.toContain('/v/131016/')
  }
})
