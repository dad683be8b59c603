// The largest things a person or a program can send, each refused before anything looks at it.
import { afterAll, describe, expect, test } from '@jest/globals'

import { withBuiltIns } from '../../src/plugin/builtIns'
import { countQueries } from '../countQueries'
import { startCms } from './cms'
import { addOnData, manuscriptData, seriesData } from './documents'
import { CONTACT, gather, insert, municipalityData } from './people'

const cms = await startCms()
withBuiltIns(cms.config)
const people = await gather(cms)
const series = await insert(cms, 'kizuna-series', seriesData())
const own = people.own
afterAll(() => cms.stop())

const long = (length: number) => 'あ'.repeat(length)

async function patched(body: object) {
  const as = people.as['municipal-editor']
  const path = `/kizuna-municipalities/${own}`
  const { status, body: answer } = await cms.rest({ method: 'PATCH', path, as, body })
  return { status, text: JSON.stringify(answer) }
}

describe('a municipality', () => {
  test.each([
    ['contact.department', { contact: { ...CONTACT, department: long(900_000) } }, /60 文字まで/],
    ['contact.phone', { contact: { ...CONTACT, phone: '0-'.repeat(30_000) } }, /60 文字まで/],
    ['contact.hours', { contact: { ...CONTACT, hours: long(80_000) } }, /60 文字まで/],
    ['contact.url', { contact: { ...CONTACT, url: `https://a.jp/${long(90_000)}` } }, /文字まで/],
    ['senderName', { senderName: long(900_000) }, /50 文字まで/],
    ['accent', { accent: '#'.repeat(900_000) }, /文字まで/],
    [
      'contactVariables',
      { contactVariables: Array.from({ length: 3000 }, (_, n) => ({ name: `${n}`, value: '1' })) },
      /100 件まで/,
    ],
    ['areas', { areas: Array.from({ length: 3000 }, (_, n) => ({ name: `${n}` })) }, /500 件まで/],
  ])('refuses %s, and says the maximum', async (path, body, expected) => {
    const { status, text } = await patched(body)
    expect({ status, text }).toEqual({ status: 400, text: expect.stringMatching(expected) })
    expect(text).toContain(`"path":"${path}"`)
  })
})

describe('an add-on', () => {
  const blocks = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      blockType: 'link',
      title: `案内 ${n}`,
      url: `https://example.jp/${n}`,
    }))
  const saved = (count: number) =>
    cms.rest({
      method: 'POST',
      path: '/kizuna-add-ons?draft=true',
      as: people.as['municipal-editor'],
      body: { ...addOnData(own), blocks: blocks(count) },
    })

  test('of 3,000 blocks is refused without a look at any of them', async () => {
    const { result, queries } = await countQueries(cms.payload, () => saved(3000))
    expect(result.status).toBe(400)
    expect(JSON.stringify(result.body)).toContain('中身が 3,000 件あります。50 件までです。')
    expect(queries).toBeLessThan(10)
  })

  test('asks the database as often for many blocks as for few', async () => {
    const few = await countQueries(cms.payload, () => saved(1))
    const many = await countQueries(cms.payload, () => saved(12))
    expect([few.result.status, many.result.status]).toEqual([201, 201])
    expect(many.queries).toBe(few.queries)
  })
})

test('GraphQL refuses the same', async () => {
  const query = `mutation($data: mutationKizunaManuscriptInput!) {
    createKizunaManuscript(data: $data, draft: true) { id }
  }`
  const data = { ...manuscriptData(series), title: long(200_000) }
  const { messages } = await cms.ask({ query, variables: { data }, as: people.as.editor })
  expect(messages.join()).not.toBe('')
  const { totalDocs } = await cms.payload.count({ collection: 'kizuna-manuscripts' })
  expect(totalDocs).toBe(0)
})

test('the Local API with a user refuses the same', async () => {
  const data = { ...municipalityData(), senderName: long(900_000) } as never
  const made = cms.payload.create({ collection: 'kizuna-municipalities', data })
  await expect(made).rejects.toMatchObject({ status: 400 })
})

test('what nests without end is refused before anything copies it', async () => {
  const nested = '['.repeat(500) + ']'.repeat(500)
  const body = { ...manuscriptData(series), sources: JSON.parse(nested) as unknown }
  const path = '/kizuna-manuscripts?draft=true'
  const { status } = await cms.rest({ method: 'POST', path, as: people.as.editor, body })
  expect(status).toBe(400)
})

test('a log-in with a password of a megabyte is refused', async () => {
  const body = { email: `${long(5000)}@example.jp`, password: long(1_000_000) }
  const { status } = await cms.rest({ method: 'POST', path: '/users/login', body })
  expect(status).toBe(400)
})
