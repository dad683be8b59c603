// What a receiver of the webhook gets, and what counts as not taken.
import { createHmac } from 'node:crypto'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { answerWords } from '../../../worker/onCall/onCallStatus'
import { testMessage } from '../../../worker/onCall/message'
import { postMessage } from '../../../worker/onCall/webhook'
import { startReceiver, type Receiver } from './receiver'

const message = testMessage('https://web.example', new Date('2026-12-01T00:00:00Z'))
const SECRET = 's'.repeat(32)
let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())

const post = (path: string, secret: string | null = null, timeoutMs = 5000) =>
  postMessage(
    { url: receiver.url + path, secret, publicUrl: 'https://web.example', timeoutMs },
    message,
  )

test('it is JSON of a fixed form, and whoever knows the secret can tell whose it is', async () => {
  expect(await post('/200', SECRET)).toEqual({ isTaken: true })
  const [got] = receiver.got
  expect(JSON.parse(got!.body)).toEqual({
    version: 1,
    id: message.id,
    code: 'test',
    state: 'test',
    title: message.title,
    text: message.text,
    count: 0,
    since: '2026-12-01T00:00:00.000Z',
    lastAt: '2026-12-01T00:00:00.000Z',
    installation: 'https://web.example',
  })
  const ours = createHmac('sha256', SECRET).update(got!.body).digest('hex')
  expect(got!.headers['x-kizuna-signature']).toBe(`sha256=${ours}`)
  expect(got!.headers.connection).toBe('close')
  expect(got!.headers['content-type']).toContain('application/json')
  await post('/200')
  expect(receiver.got[1]?.headers['x-kizuna-signature']).toBeUndefined()
})

test('another place is never gone to', async () => {
  const answer = await post('/302')
  expect(answer).toEqual({ isTaken: false, code: 'http-302' })
  expect(receiver.got.map(({ path }) => path)).toEqual(['/302']) // which leads to /200
})

test.each([
  ['/500', 'http-500', '500 と答えました'],
  ['/302', 'http-302', 'ほかへ移されました'],
  ['/never', 'http-timeout', '5 秒のうちに'],
])('%s is not taken: %s', async (path, code, words) => {
  expect(await post(path, null, 300)).toEqual({ isTaken: false, code })
  expect(answerWords(code)).toContain(words)
})

test('where nobody listens it is not taken either', async () => {
  await receiver.stop()
  expect(await post('/200')).toEqual({ isTaken: false, code: 'http-unreachable' })
})
