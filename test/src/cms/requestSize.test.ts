// What is too large or too deep is refused before anything parses it, and no more of it is read.
import { describe, expect, test } from '@jest/globals'

import { limitGraphql, limitRequest, limitServerFunction } from '../../../src/cms/requestSize'
import { isDeeperJson, isLarger } from '../../../src/cms/size'

const echo = async (request: Request) => new Response(await request.text())

function post(body: BodyInit | null, type = 'application/json'): Request {
  const init = { method: 'POST', headers: { 'content-type': type }, body, duplex: 'half' }
  return new Request('http://cms.test/api/x?y=1', init)
}

/** A body that says nothing of its length and never ends, and how much of it was taken. */
function endless() {
  const taken = { bytes: 0, isCancelled: false }
  const chunk = new Uint8Array(1024 * 1024).fill(0x20)
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken.bytes += chunk.length
      controller.enqueue(chunk)
    },
    cancel: () => {
      taken.isCancelled = true
    },
  })
  return { body, taken }
}

describe('a request', () => {
  test.each(['{"a":1}', '"{[{[{["', '{"text":"\\"[[[["}', ''])(
    '%s goes on as it is',
    async (text) => {
      expect(await (await limitRequest(echo)(post(text))).text()).toBe(text)
    },
  )

  test('keeps its address, method and headers', async () => {
    let seen: Request | undefined
    await limitRequest(async (request) => {
      seen = request
      return new Response()
    })(post('{}'))
    expect([seen?.url, seen?.method]).toEqual(['http://cms.test/api/x?y=1', 'POST'])
    expect(seen?.headers.get('content-type')).toBe('application/json')
  })

  test('of five megabytes is refused in a sentence', async () => {
    const response = await limitRequest(echo)(post(`"${'a'.repeat(5 * 1024 * 1024)}"`))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ errors: [{ message: /大きすぎます/ }] })
  })

  test.each(['application/json', 'multipart/form-data; boundary=x', 'application/octet-stream'])(
    'without an end (%s) is not read to its end',
    async (type) => {
      const { body, taken } = endless()
      expect((await limitRequest(echo)(post(body, type))).status).toBe(413)
      expect(taken.isCancelled).toBe(true)
      expect(taken.bytes).toBeLessThan(40 * 1024 * 1024)
    },
  )

  test('that nests without end is refused before anything parses it', async () => {
    const response = await limitRequest(echo)(post('['.repeat(1_000_000)))
    expect(response.status).toBe(400)
  })
})

describe('GraphQL', () => {
  const ask = (query: string) => limitGraphql(echo)(post(JSON.stringify({ query })))

  test('is answered when it is short, and refused when it asks for very much', async () => {
    expect((await ask('{ Me { user { id } } }')).status).toBe(200)
    expect((await ask(`{${'a { b } '.repeat(20_000)}}`)).status).toBe(400)
  })

  test.each(['{', 'null', 'nonsense'])('hands on what it cannot read: %s', async (text) => {
    expect((await limitGraphql(echo)(post(text))).status).toBe(200)
  })
})

test('a form with fields without end is refused', () => {
  const run = limitServerFunction((args: object) => Object.keys(args))
  const formOf = (count: number) => ({
    name: 'form-state',
    args: { formState: Object.fromEntries(Array.from({ length: count }, (_, n) => [n, {}])) },
  })
  expect(run(formOf(100))).toEqual(['name', 'args'])
  expect(() => run(formOf(20_000))).toThrow(/大きすぎます/)
})

describe('the size of a value', () => {
  const limit = { units: 1000, depth: 5 }

  test.each([
    ['a long text', 'a'.repeat(1001)],
    ['a long name', { ['a'.repeat(1001)]: 1 }],
    ['many entries', Array.from({ length: 1001 }, () => null)],
    ['depth', [[[[[[]]]]]]],
  ])('counts %s', (_, value) => expect(isLarger(value, limit)).toBe(true))

  test.each([
    [null],
    [undefined],
    [5],
    ['a'.repeat(900)],
    [{ a: [1, 2, { b: 'c' }] }],
    [new Date()],
  ])('%j is small', (value) => expect(isLarger(value, limit)).toBe(false))

  test('a value that is its own part is not walked for ever', () => {
    const circle: unknown[] = []
    circle.push(circle, circle)
    expect(isLarger(circle, { units: 10_000, depth: 1000 })).toBe(true)
  })

  test('brackets in a text are no levels', () => {
    expect(isDeeperJson(JSON.stringify({ a: '[[[[[[{{{{"[[' }), 2)).toBe(false)
    expect(isDeeperJson('[[[]]]', 2)).toBe(true)
  })
})
