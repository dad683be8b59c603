// No question is answered with more documents than others can wait for.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { gather } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
const STORED = 2050

interface Raw {
  connection: { collection: (name: string) => { insertMany: (all: object[]) => Promise<unknown> } }
}

beforeAll(async () => {
  const { connection } = cms.payload.db as unknown as Raw
  const towns = Array.from({ length: STORED }, (_, number) => ({
    name: `見本町${number}`,
    code: String(number),
  }))
  await connection.collection('kizuna-municipalities').insertMany(towns)
})
afterAll(() => cms.stop())

async function chief() {
  const { chief: id } = people.ids
  const user = await cms.payload.findByID({ collection: 'users', id })
  return { user: { ...user, collection: 'users' as const }, overrideAccess: false }
}

test.each(['limit=0', 'limit=100000', 'pagination=false', 'limit=0&pagination=false'])(
  'REST gives a part, and says so: %s',
  async (asked) => {
    const path = `/kizuna-municipalities?depth=0&select[name]=true&${asked}`
    const { status, body } = await cms.rest({ path, as: people.as.chief })
    const { docs, totalDocs, ...page } = body
    expect([status, docs?.length]).toEqual([200, 2000])
    expect(totalDocs).toBeGreaterThanOrEqual(STORED)
    expect(page).toMatchObject({ limit: 2000, hasNextPage: true })
  },
)

test.each(['limit: 0', 'limit: 100000', 'pagination: false'])('GraphQL too: %s', async (asked) => {
  const query = `{ KizunaMunicipalities(${asked}) { docs { id } hasNextPage } }`
  const { data } = await cms.ask({ query, as: people.as.chief })
  const { docs, hasNextPage } = data?.KizunaMunicipalities as {
    docs: unknown[]
    hasNextPage: boolean
  }
  expect([docs.length, hasNextPage]).toEqual([2000, true])
})

test('a page of the admin too, and a page that is asked for stays as it is', async () => {
  const who = await chief()
  const find = (limit: number) =>
    cms.payload.find({ collection: 'kizuna-municipalities', limit, depth: 0, ...who })
  expect((await find(100_000)).docs).toHaveLength(2000)
  expect((await find(7)).docs).toHaveLength(7)
})

test("the server's own questions are answered whole", async () => {
  const whole = { collection: 'kizuna-municipalities', depth: 0, pagination: false } as const
  const own = await cms.payload.find(whole)
  const behalf = await cms.payload.find({ ...whole, ...(await chief()) })
  expect(own.docs.length).toBeGreaterThanOrEqual(STORED)
  expect(behalf.docs).toHaveLength(own.docs.length)
})
