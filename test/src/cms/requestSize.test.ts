// What is too large or too deep is refused before anything parses it, and no more of it is read.
import { describe, expect, test } from '@jest/globals'

import { limitGraphql, limitRequest, limitServerFunction } from '../../../src/cms/requestSize'
import { isLargerJson, isLarger } from '../../../src/cms/size'

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

  // Each name costs again and again on the way: 150,000 of them held everybody for seconds.
  test('with more names than any document has is refused before anything parses it', async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `"a${index}":0`)
    const answer = await limitRequest(echo)(post(`{${names.join(',')}}`))
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('項目が多')])
  })

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
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/大きすぎます/) }],
    })
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

  test('with a table of ten megabytes is read', async () => {
    const table = `a,b\n${'c'.repeat(10 * 1024 * 1024)}`
    expect((await limitRequest(echo)(post(table, 'text/csv'))).status).toBe(200)
  })

  test('that nests without end is refused before anything parses it', async () => {
    const response = await limitRequest(echo)(post('['.repeat(1_000_000)))
    expect(response.status).toBe(400)
  })
})

describe('a question that is sent as a body', () => {
  const ask = (
    body: string,
    type = 'application/x-www-form-urlencoded',
    name = 'X-HTTP-Method-Override',
  ) => {
    const headers = { 'content-type': type, [name]: 'GET' }
    return limitRequest(echo)(
      new Request('http://cms.test/api/x', { method: 'POST', headers, body }),
    )
  }

  test.each(['X-HTTP-Method-Override', 'X-Payload-HTTP-Method-Override'])(
    'is as long as one in an address: %s',
    async (name) => {
      const form = 'application/x-www-form-urlencoded'
      expect((await ask('where[id][equals]=1', form, name)).status).toBe(200)
      expect((await ask(`where[id][equals]=${'a'.repeat(200_000)}`, form, name)).status).toBe(413)
      expect((await ask('a'.repeat(200_000), 'text/plain', name)).status).toBe(413)
    },
  )

  test('is refused when its JSON is none: Payload would answer 500', async () => {
    expect((await ask('{"depth":1}', 'application/json')).status).toBe(200)
    expect((await ask('{"depth":', 'application/json')).status).toBe(400)
  })

  test('is refused in an address that is longer', async () => {
    const long = new Request(`http://cms.test/api/x?where=${'a'.repeat(200_000)}`, {
      method: 'DELETE',
    })
    expect((await limitRequest(echo)(long)).status).toBe(414)
  })
})

describe('GraphQL', () => {
  const send = (text: string, type?: string) => limitGraphql(echo)(post(text, type))
  const ask = (query: string) => send(JSON.stringify({ query }))
  const lists = (count: number, asked: string) =>
    Array.from({ length: count }, (_, n) => `a${n}: Manuscripts${asked} { ...P }`).join(' ')
  const doubling = Array.from(
    { length: 30 },
    (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
  )

  test('is answered when it is short', async () => {
    const named = 'query A($id: String!) { Me { user { ...P } } } fragment P on User { id name }'
    for (const query of ['{ Me { user { id } } }', named, '{']) {
      expect((await ask(query)).status).toBe(200)
    }
  })

  test.each([
    ['fields without end', `{${'a { b } '.repeat(20_000)}}`],
    [
      'ten thousand other names',
      `{${Array.from({ length: 10_000 }, (_, n) => `a${n}: Me { user { id } }`).join(' ')}}`,
    ],
    ['depth', `${'{ a '.repeat(50)}${'}'.repeat(50)}`],
    ['depth in fragments without a name', `{ ${'... { '.repeat(50)} a ${'}'.repeat(50)} }`],
    ['fragments that double', `{ ...F0 } ${doubling.join(' ')} fragment F30 on Query { a }`],
    ['fragments in a circle', '{ ...F } fragment F on Query { a ...F }'],
    ['one fragment put in many times', `{ ${'...F '.repeat(500)} } fragment F on Query { a b c }`],
    [
      'fields of several queries',
      Array.from({ length: 300 }, (_, n) => `query Q${n} { a b c d }`).join(' '),
    ],
  ])('is refused for %s', async (_, query) => {
    const response = await ask(query)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/^GraphQL の問い合わせは/) }],
    })
  })

  const part = 'fragment P on Manuscripts { docs { id } }'
  const ofVariable = (type: string) => `query A($n: ${type}) { ${lists(2, '(limit: $n)')} } ${part}`

  const rows = (asked: string, count = 2) => ({ query: `{ ${lists(count, asked)} } ${part}` })

  test.each([
    ['two lists of a thousand', rows('(limit: 1000)'), 200],
    ['one list of very many', rows('(limit: 100000)', 1), 200],
    ['two lists of very many', rows('(limit: 100000)'), 400],
    ['two whole lists', rows('(limit: 0)'), 400],
    ['two lists without pages', rows('(pagination: false)'), 400],
    ['some of two lists without pages', rows('(limit: 5, pagination: false)'), 200],
    ['190 lists', rows('', 190), 200],
    ['210 lists', rows('', 210), 400],
    ['a large variable', { query: ofVariable('Int'), variables: { n: 5000 } }, 400],
    ['a small variable', { query: ofVariable('Int'), variables: { n: 50 } }, 200],
    ['a variable nobody gave', { query: ofVariable('Int = 5000') }, 400],
  ])('counts the rows of %s', async (_, asked, status) => {
    const response = await send(JSON.stringify(asked))
    expect(response.status).toBe(status)
    if (status === 400) expect(await response.text()).toContain('合わせて 2,000 件まで')
  })

  test.each([
    ['nonsense', 400],
    ['{"query":', 400],
    ['null', 400],
    ['{"query":5}', 400],
    ['[{"query":"{ a }"},{"query":"{ a }"}]', 400],
    ['', 400],
  ])('is refused when it is none: %s', async (text, status) => {
    const response = await send(text)
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { errors: [{ message: expect.stringMatching(/送/) }] },
    ])
  })

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'is read as JSON alone, not as %s',
    async (type) => expect((await send('{"query":"{ a }"}', type)).status).toBe(415),
  )
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

  // Asking for all places of such a list first would need hours or all the memory there is.
  test.each([
    ['a list that is longer than there is memory for', new Array(2 ** 32 - 1)],
    ['bytes', new Uint8Array(100_000)],
  ])('%s is refused by its length', (_, value) => expect(isLarger({ value }, limit)).toBe(true))

  test('a value that is its own part is not walked for ever', () => {
    const circle: unknown[] = []
    circle.push(circle, circle)
    expect(isLarger(circle, { units: 10_000, depth: 1000 })).toBe(true)
  })

  test('brackets and commas in a text are no levels and no entries', () => {
    expect(isLargerJson(JSON.stringify({ a: '[[[[,,,::{"[[' }), { depth: 2, entries: 2 })).toBe(
      false,
    )
    expect(isLargerJson('[[[]]]', { depth: 2, entries: 2 })).toBe(true)
    expect(isLargerJson('[1,2,3,4]', { depth: 2, entries: 2 })).toBe(true)
  })
})
