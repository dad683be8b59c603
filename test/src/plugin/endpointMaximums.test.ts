// Every endpoint of ours says how much of everything it takes: a new text without a maximum fails here.
import { describe, expect, test } from '@jest/globals'
import { type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'

import { address, endpoint, jsonBody } from '../../../src/cms/endpoint'
import { pluginConfig } from './pluginConfig'

const config = await pluginConfig()

/** Endpoints that read something, with the shape of it. */
const reading = [
  ...config.endpoints.map((one) => ['', one] as const),
  ...config.collections.flatMap(({ slug, endpoints }) =>
    (endpoints || []).map((one) => [`/${slug}`, one] as const),
  ),
].flatMap(([prefix, { method, path, custom }]: readonly [string, Endpoint]) =>
  custom?.shape ? [[`${method} ${prefix}${path}`, custom.shape as z.ZodType] as const] : [],
)

interface Node extends Record<string, unknown> {
  type?: string
}

/** Places of a shape that hold anything without end. */
function endless(node: unknown, place: string): string[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap((one) => endless(one, place))
  const { type, properties, additionalProperties, ...rest } = node as Node
  const isEndless =
    (type === 'string' && !isShort(rest)) || (type === 'array' && rest.maxItems === undefined)
  const named = Object.entries(properties ?? {}).flatMap(([name, inside]) =>
    endless(inside, `${place}.${name}`),
  )
  const others = ['items', 'anyOf', 'oneOf', 'allOf'].flatMap((name) =>
    endless(rest[name], `${place}[]`),
  )
  return [...(isEndless ? [place] : []), ...named, ...others, ...free(additionalProperties, place)]
}

function isShort({ maxLength, enum: choices, const: one, pattern }: Node): boolean {
  const isOfLength = typeof pattern === 'string' && /^\^[^*+]+\$$/.test(pattern)
  return maxLength !== undefined || choices !== undefined || one !== undefined || isOfLength
}

/** A set of names nobody has listed: only its size as a whole is asked. */
function free(inside: unknown, place: string): string[] {
  return inside === undefined || inside === false ? [] : [`${place}.*`]
}

const endlessIn = (shape: z.ZodType) =>
  endless(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }), '')

test('the walk sees the endpoints that read something', () => {
  const names = reading.map(([name]) => name)
  expect(names.length).toBeGreaterThan(20)
  expect(names).toEqual(
    expect.arrayContaining([
      'post /kizuna-manuscripts/:id/approve',
      'post /sheets/import',
      'post /renewal',
    ]),
  )
})

test('and finds what has no maximum', () => {
  const inside = z.object({ a: z.string(), b: z.array(z.string().max(5)), c: z.enum(['x']) })
  expect(endlessIn(z.object({ inside, all: z.record(z.string(), z.number()) }))).toEqual([
    '.inside.a',
    '.inside.b',
    '.all.*',
  ])
})

/** The fields of a form, which have their own maximums: asked where they are compared. */
const OPEN = new Map([
  ['post /kizuna-manuscripts/:id/unsaved', ['.typed.*']],
  ['post /kizuna-add-ons/:id/unsaved', ['.typed.*']],
])

test.each(reading)('%s takes nothing without end', (name, shape) => {
  expect(endlessIn(shape)).toEqual(OPEN.get(name) ?? [])
})

describe('whatever is sent has a size that is asked before its shape', () => {
  const asked = (over: object) => over as unknown as PayloadRequest
  const free = z.object({}).catchall(z.unknown())
  const post = (sent: unknown) =>
    endpoint({ method: 'post', path: '/', input: jsonBody(free), run: async () => ({}) }).handler(
      asked({ data: sent, headers: new Headers() }),
    )
  const deep = JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`) as object

  test.each([
    ['a long text', { a: 'a'.repeat(200_000) }],
    ['a long list', { a: new Array<number>(50_000).fill(1) }],
    ['depth', deep],
    ['a sign under many marks', { a: [{ b: `a${'\u0301'.repeat(31)}` }] }],
  ])('in a body: %s', async (_, sent) => {
    await expect(post(sent)).rejects.toMatchObject({ status: 400 })
    expect((await post({ a: 'b' })).status).toBe(200)
  })

  test('in an address', async () => {
    const { handler } = endpoint({
      method: 'get',
      path: '/',
      input: address(free, () => new Error()),
      run: async () => ({}),
    })
    const long = asked({ searchParams: new URLSearchParams({ a: 'a'.repeat(20_000) }) })
    await expect(handler(long)).rejects.toMatchObject({ status: 400 })
  })
})
