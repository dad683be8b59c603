// A database made before the slugs had a prefix: everything in it is found again, as it was.
import { beforeEach, describe, expect, test } from '@jest/globals'

import { migrations } from '../../../src/migrations/migrations'
import { openEditorialCmsOfFile } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()
const { post } = cms.on('kizuna-manuscripts')
const [{ up, down }] = migrations as [(typeof migrations)[0]]
const { payload } = cms
const { db: database } = (payload.db as unknown as { connection: { db: Db } }).connection

interface Documents {
  find: () => { toArray: () => Promise<{ _id: unknown }[]> }
  insertOne: (one: object) => Promise<unknown>
  drop: () => Promise<unknown>
  countDocuments: () => Promise<number>
  updateMany: (filter: object, update: object) => Promise<unknown>
}
interface Db {
  renameCollection: (from: string, to: string) => Promise<unknown>
  listCollections: () => { toArray: () => Promise<{ name: string }[]> }
  collection: (name: string) => Documents
}

const namesIn = async () =>
  (await database.listCollections().toArray()).map(({ name }) => name).toSorted()

/** What is derived, and what came later: it never had another name. */
const NEW = [
  'kizuna-text-states',
  'kizuna-link-checks',
  'kizuna-review-requests',
  'kizuna-schedules',
  'kizuna-second-factors',
  'kizuna-sources',
  'kizuna-voices',
  'kizuna-alerts',
  'kizuna-funding-reports',
  'kizuna-surveys',
  'kizuna-survey-results',
  'kizuna-statistics',
  'kizuna-denominators',
  'kizuna-account-moves',
]

/** Every document there is, by collection. */
async function everything(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  const own = (await namesIn()).filter((name) => !NEW.includes(name))
  for (const name of own) all[name] = await database.collection(name).find().toArray()
  return all
}

const OLD_NAMES = ['_manuscripts_versions', 'audit-logs', 'manuscripts', 'media', 'releases']

/** Of somebody with a list's columns and a filter, at a text that was approved and published. */
let id: string
beforeEach(async () => {
  id = (await cms.published()).id
  await post('hana', `${id}/comments`, { field: 'body', text: '見本の言葉です。' })
  const columns = { value: { columns: [] } }
  await cms.rest('hana', 'POST /payload-preferences/collection-kizuna-add-ons', columns)
})

describe('what went back to the old names and came up again', () => {
  test('is as it was, in every collection', async () => {
    const before = await everything()
    await down({ payload })
    const names = await namesIn()
    expect(names).toEqual(expect.arrayContaining(OLD_NAMES))
    const left = names.filter((name) => /^_?kizuna-/.test(name) && !NEW.includes(name))
    expect(left).toEqual([])
    const old = await everything()
    expect(JSON.stringify(old).match(/"kizuna-(?!turn:)[^"]*"/g)).toBeNull()
    await up({ payload })
    expect(await everything()).toEqual(before)
    const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)
    expect(body).toMatchObject({ state: 'published' })
  })

  test('once more changes nothing, and two that hold something stop it', async () => {
    const before = await everything()
    await up({ payload })
    expect(await everything()).toEqual(before)
    await down({ payload })
    await database.collection('kizuna-comments').insertOne({ _id: 1 as never })
    await expect(up({ payload })).rejects.toThrow(/Both "comments" and "kizuna-comments" hold/)
    await database.collection('kizuna-comments').drop()
    await up({ payload })
    expect(await everything()).toEqual(before)
  })

  test.each([0, 1, 9, 17])('broken off after %i names, goes on', async (done) => {
    const before = await everything()
    await down({ payload })
    const rename = database.renameCollection.bind(database)
    let renamed = 0
    database.renameCollection = (from, to) =>
      renamed++ < done ? rename(from, to) : Promise.reject(new Error('gone'))
    await expect(up({ payload })).rejects.toThrow('gone')
    database.renameCollection = rename
    await up({ payload })
    expect(await everything()).toEqual(before)
  })

  test('has the fields of people as they are called now, and a host keeps its own', async () => {
    const before = await everything()
    await down({ payload })
    const roles = { kizunaName: 'name', kizunaRoles: 'roles', kizunaDisciplines: 'disciplines' }
    await database.collection('users').updateMany({}, { $rename: roles })
    await up({ payload })
    expect(await everything()).toEqual(before)
    await database.collection('users').updateMany({}, { $set: { roles: ['boss'] } })
    await down({ payload })
    await up({ payload })
    const [one] = await database.collection('users').find().toArray()
    expect(one).toMatchObject({ roles: ['boss'], kizunaRoles: expect.anything() })
    await database.collection('users').updateMany({}, { $unset: { roles: '' } })
  })
})

test("a host's own collections of the same names stay where they are", async () => {
  await database.collection('media').insertOne({ title: 'of the host' })
  await up({ payload })
  expect(await database.collection('media').countDocuments()).toBe(1)
  await database.collection('media').drop()
})
