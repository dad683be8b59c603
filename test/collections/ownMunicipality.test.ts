// A clerk sees only their own municipality: every list, count, version, search and endpoint.
import { afterAll, describe, expect, test } from '@jest/globals'

import { TARGETS, VERSIONED, type Collection } from './accessMatrix'
import { startCms } from './cms'
import { createDocuments } from './documents'
import { gather, insert, personData } from './people'

const SECRET = 'べつの市のひみつ'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
afterAll(() => cms.stop())

const TITLES: Partial<Record<Collection, string>> = {
  'add-ons': 'title',
  approvals: 'comment',
  media: 'alt',
  releases: 'title',
  'hidden-texts': 'reason',
}

/** One of each of the other municipality, with a word that must not get out. */
const others = new Map<Collection, string>()
for (const collection of Object.keys(TARGETS) as Collection[]) {
  const targets: readonly string[] = TARGETS[collection]
  if (!targets.includes('other') || collection === 'municipalities') continue
  const id = await documents.make(collection, 'other')
  const field = TITLES[collection]
  others.set(collection, id)
  if (!field) continue
  await cms.payload.db.updateOne({
    collection,
    where: { id: { equals: id } },
    data: { [field]: SECRET },
  })
}
await insert(cms, 'users', { ...personData('municipal-editor', people.other), name: SECRET })
await cms.payload.db.updateOne({
  collection: 'municipalities',
  where: { id: { equals: people.other } },
  data: { name: SECRET, senderName: SECRET },
})

/** That somebody offers an example is for all to see; what it is of is not. */
const collections = (Object.keys(TARGETS) as Collection[]).filter(
  (collection) => collection !== 'shared-add-ons',
)

describe.each(['municipal-editor', 'municipal-approver', 'contributor'] as const)('%s', (role) => {
  const as = people.as[role]
  const leaks = async (path: string) => {
    const { body } = await cms.rest({ path, as })
    const text = JSON.stringify(body)
    return [SECRET, people.other].filter((secret) => text.includes(secret))
  }

  test.each(collections)('finds nothing of others in %s', async (collection) => {
    for (const query of [
      'depth=2',
      'depth=2&draft=true',
      `where[municipality][equals]=${people.other}`,
    ]) {
      expect(await leaks(`/${collection}?limit=0&${query}`)).toEqual([])
    }
    const id = others.get(collection)
    if (id) {
      const { body } = await cms.rest({ path: `/${collection}/count?where[id][equals]=${id}`, as })
      expect(body.totalDocs ?? 0).toBe(0)
    }
    if (VERSIONED.includes(collection)) {
      expect(await leaks(`/${collection}/versions?limit=0&depth=2`)).toEqual([])
    }
  })

  test('nothing of others comes through relations of what is common', async () => {
    for (const path of [
      '/manuscripts?depth=3&limit=0',
      '/series?depth=3',
      '/shared-add-ons?depth=3',
    ]) {
      const { body } = await cms.rest({ path, as })
      expect(JSON.stringify(body)).not.toContain(SECRET)
    }
  })

  test('nor through our own endpoints', async () => {
    const town = people.other
    const paths = [
      `/arrivals?municipality=${town}&date=2026-11-23`,
      `/arrivals/content?municipality=${town}&date=2026-11-23`,
      `/add-ons/${others.get('add-ons')}/review`,
      '/shared-add-ons/examples',
    ]
    for (const path of paths) expect(await leaks(path)).toEqual([])
    const effect = await cms.rest({
      method: 'POST',
      path: `/municipalities/${town}/words-effect`,
      as,
      body: { contactVariables: [] },
    })
    expect(effect.status).toBe(403)
  })

  test('nor over GraphQL', async () => {
    const lists = [
      'Municipalities',
      'AddOns',
      'Users',
      'allMedia',
      'Releases',
      'Reports',
      'HiddenTexts',
    ]
    for (const list of lists) {
      const query = `{ it: ${list}(limit: 0) { docs { id } totalDocs } }`
      const { data } = await cms.ask({ query, as })
      const ids = ((data?.it as { docs?: { id: string }[] } | null)?.docs ?? []).map(({ id }) => id)
      expect(ids).not.toContain(people.other)
      for (const id of others.values()) expect(ids).not.toContain(id)
    }
  })
})

test('the control: an admin finds it', async () => {
  const { body } = await cms.rest({ path: '/municipalities?limit=0', as: people.as.admin })
  expect(JSON.stringify(body)).toContain(SECRET)
})
