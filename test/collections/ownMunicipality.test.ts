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
  'kizuna-add-ons': 'title',
  'kizuna-approvals': 'comment',
  'kizuna-media': 'alt',
  'kizuna-releases': 'title',
  'kizuna-hidden-texts': 'reason',
  'kizuna-sources': 'name',
  'kizuna-voices': 'comment',
  'kizuna-surveys': 'title',
}

/** One of each of the other municipality, with a word that must not get out. */
const others = new Map<Collection, string>()
for (const collection of Object.keys(TARGETS) as Collection[]) {
  const targets: readonly string[] = TARGETS[collection]
  if (!targets.includes('other') || collection === 'kizuna-municipalities') continue
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
await insert(cms, 'users', { ...personData('municipal-editor', people.other), kizunaName: SECRET })
await cms.payload.db.updateOne({
  collection: 'kizuna-municipalities',
  where: { id: { equals: people.other } },
  data: { name: SECRET, senderName: SECRET },
})

/** That somebody offers an example is for all to see; what it is of is not. */
const collections = (Object.keys(TARGETS) as Collection[]).filter(
  (collection) => collection !== 'kizuna-shared-add-ons',
)

/** What an answer says of the other municipality. */
async function secretsIn(path: string, as: string | undefined): Promise<string[]> {
  const { body } = await cms.rest({ path, as })
  const text = JSON.stringify(body)
  return [SECRET, people.other].filter((secret) => text.includes(secret))
}

const arrivalPaths = [
  `/arrivals?municipality=${people.other}&date=2026-11-23`,
  `/arrivals/content?municipality=${people.other}&date=2026-11-23`,
]
const reviewPath = `/kizuna-add-ons/${others.get('kizuna-add-ons')}/review`

const LISTS: Partial<Record<Collection, string>> = {
  'kizuna-municipalities': 'KizunaMunicipalities',
  'kizuna-add-ons': 'KizunaAddOns',
  users: 'Users',
  'kizuna-media': 'allKizunaMedia',
  'kizuna-releases': 'KizunaReleases',
  'kizuna-reports': 'KizunaReports',
  'kizuna-account-moves': 'KizunaAccountMoves',
  'kizuna-statistics': 'KizunaStatistics',
  'kizuna-denominators': 'KizunaDenominators',
  'kizuna-hidden-texts': 'KizunaHiddenTexts',
  'kizuna-sources': 'KizunaSources',
  'kizuna-voices': 'KizunaVoices',
  'kizuna-surveys': 'KizunaSurveys',
  'kizuna-survey-results': 'KizunaSurveyResults',
}

async function idsOver(list: string, as: string | undefined): Promise<string[]> {
  const query = `{ it: ${list}(limit: 0) { docs { id } totalDocs } }`
  const { data } = await cms.ask({ query, as })
  return ((data?.it as { docs?: { id: string }[] } | null)?.docs ?? []).map(({ id }) => id)
}

describe.each(['municipal-editor', 'municipal-approver', 'contributor'] as const)('%s', (role) => {
  const as = people.as[role]
  const leaks = (path: string) => secretsIn(path, as)

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
      '/kizuna-manuscripts?depth=3&limit=0',
      '/kizuna-series?depth=3',
      '/kizuna-shared-add-ons?depth=3',
    ]) {
      const { body } = await cms.rest({ path, as })
      expect(JSON.stringify(body)).not.toContain(SECRET)
    }
  })

  test('nor through our own endpoints', async () => {
    const paths = [...arrivalPaths, reviewPath, '/kizuna-shared-add-ons/examples']
    for (const path of paths) expect(await leaks(path)).toEqual([])
    for (const path of arrivalPaths) {
      const { status, body } = await cms.rest({ path, as })
      expect({ status, text: JSON.stringify(body) }).toEqual({
        status: 404,
        text: expect.stringContaining('見る権限がありません'),
      })
    }
    expect([403, 404]).toContain((await cms.rest({ path: reviewPath, as })).status)
    const effect = await cms.rest({
      method: 'POST',
      path: `/kizuna-municipalities/${people.other}/words-effect`,
      as,
      body: { contactVariables: [] },
    })
    expect(effect.status).toBe(403)
  })

  test('nor over GraphQL', async () => {
    for (const list of Object.values(LISTS)) {
      const ids = await idsOver(list, as)
      expect(ids).not.toContain(people.other)
      for (const id of others.values()) expect(ids).not.toContain(id)
    }
  })
})

describe('the control: who may see all municipalities finds it', () => {
  const { admin } = people.as
  const titled = (Object.keys(TITLES) as Collection[]).filter((collection) =>
    others.has(collection),
  )

  test.each(['kizuna-municipalities', 'users', ...titled] as const)('in %s', async (collection) => {
    expect(await secretsIn(`/${collection}?limit=0&depth=2`, admin)).toContain(SECRET)
  })

  test('by the review of an add-on', async () => {
    expect((await cms.rest({ path: reviewPath, as: people.as.chief })).status).toBe(200)
  })

  test.each(Object.entries(LISTS))('in %s over GraphQL', async (collection, list) => {
    const known =
      collection === 'kizuna-municipalities' ? people.other : others.get(collection as Collection)
    expect(await idsOver(list, admin)).toContain(known)
  })
})
