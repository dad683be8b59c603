// Every row of the attack table in the design's review.md, over every route that reaches it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { runImport } from '../../../src/import/runImport'
import type { Desk, Person } from './desk'
import { openDesk } from './desk'

let desk: Desk

/** A draft and live texts that every attack leaves as they are. */
let drafted: string
let live: string
let liveWithDraft: string

beforeAll(async () => {
  desk = await openDesk()
  drafted = (await desk.draft()).id
  live = (await desk.published()).id
  liveWithDraft = (await liveWithNewerDraft()).id
}, 60_000)

afterAll(() => desk.close())

/** How a route said no: its HTTP status, and what it said. */
interface Refusal {
  status: number
  text: string
}

interface Attempt {
  by: Person | null
  id: string
}

type Route = (attempt: Attempt) => Promise<Refusal>

const LIVE = { _status: 'published' } as const

const restRoute =
  (method: string, path: (id: string) => string, body?: unknown): Route =>
  async ({ by, id }) => {
    const answer = await desk.rest(by, `${method} /manuscripts${path(id)}`, body)
    return { status: answer.status, text: JSON.stringify(answer.body) }
  }

const graphqlRoute =
  (mutation: (id: string) => string): Route =>
  async ({ by, id }) => {
    const { body } = await desk.graphql(by, `mutation { ${mutation(id)} { __typename } }`)
    const [error] = body.errors ?? []
    return {
      status: body.errors ? (error.extensions?.statusCode ?? 0) : 200,
      text: JSON.stringify(body),
    }
  }

/** The Local API as hooks and scripts use it: with a user, with and without access checks. */
const localRoute =
  (run: (attempt: Attempt & { options: object }) => Promise<unknown>, overrideAccess: boolean) =>
  async ({ by, id }: Attempt): Promise<Refusal> => {
    const req = await desk.reqOf(by)
    try {
      const result = await run({ by, id, options: { req, overrideAccess } })
      return { status: 200, text: JSON.stringify(result) }
    } catch (error) {
      const { status, message } = error as { status?: number; message: string }
      return { status: status ?? 500, text: message }
    }
  }

const update =
  (data: object, more: object = {}) =>
  ({ id, options }: Attempt & { options: object }) =>
    desk.payload.update({ collection: 'manuscripts', id, data, ...more, ...options } as never)

const bulk =
  (data: object, more: object = {}) =>
  ({ id, options }: Attempt & { options: object }) =>
    desk.payload.update({
      ...{ collection: 'manuscripts', where: { id: { equals: id } }, data, ...more },
      ...options,
    } as never)

const where = (id: string) => `?where[id][equals]=${id}`
const inPlace = { body: '承認されていない本文です。' }
const EVERYBODY: readonly (Person | null)[] = ['hana', 'doctor', 'midori', 'taro', 'root', null]

/** Tries a route as everybody and checks that nothing at all has changed. */
async function refusesEverybody(route: Route, id: string, statuses: readonly number[] = [403]) {
  const before = await desk.snapshot('manuscripts', id)
  for (const by of EVERYBODY) {
    const refusal = await route({ by, id })
    const isRefused = statuses.includes(refusal.status)
    expect({ by, ...refusal, isRefused }).toMatchObject({ by, isRefused: true })
  }
  expect(await desk.snapshot('manuscripts', id)).toEqual(before)
}

const publishRoutes: [string, Route][] = [
  ['REST PATCH', restRoute('PATCH', (id) => `/${id}`, LIVE)],
  ['REST PATCH ?draft=true', restRoute('PATCH', (id) => `/${id}?draft=true`, LIVE)],
  [
    'REST PATCH ?autosave=true&draft=true',
    restRoute('PATCH', (id) => `/${id}?autosave=true&draft=true`, LIVE),
  ],
  [
    'REST PATCH ?publishAllLocales=true',
    restRoute('PATCH', (id) => `/${id}?publishAllLocales=true&draft=true`, {}),
  ],
  [
    'REST PATCH ?publishSpecificLocale=ja',
    restRoute('PATCH', (id) => `/${id}?publishSpecificLocale=ja&draft=true`, {}),
  ],
  ['REST bulk PATCH', restRoute('PATCH', where, LIVE)],
  ['REST bulk PATCH ?draft=true', restRoute('PATCH', (id) => `${where(id)}&draft=true`, LIVE)],
  [
    'GraphQL update',
    graphqlRoute((id) => `updateManuscript(id: "${id}", data: { _status: published })`),
  ],
  [
    'GraphQL update as draft',
    graphqlRoute(
      (id) => `updateManuscript(id: "${id}", draft: true, data: { _status: published })`,
    ),
  ],
  ['Local API with a user', localRoute(update(LIVE), false)],
  ['Local API, access overridden', localRoute(update(LIVE), true)],
  ['Local API, access overridden, as draft', localRoute(update(LIVE, { draft: true }), true)],
  ['Local API, a forged context', localRoute(update(LIVE, { context: forgedContext() }), true)],
  ['Local API bulk with a user', localRoute(bulk(LIVE), false)],
  ['Local API bulk, access overridden', localRoute(bulk(LIVE), true)],
]

const inPlaceRoutes: [string, Route][] = [
  ['REST PATCH', restRoute('PATCH', (id) => `/${id}`, inPlace)],
  ['REST PATCH ?draft=false', restRoute('PATCH', (id) => `/${id}?draft=false`, inPlace)],
  ['REST bulk PATCH', restRoute('PATCH', where, inPlace)],
  ['GraphQL update', graphqlRoute((id) => `updateManuscript(id: "${id}", data: { title: "x" })`)],
  ['Local API with a user', localRoute(update(inPlace), false)],
  ['Local API, access overridden', localRoute(update(inPlace), true)],
  ['Local API bulk, access overridden', localRoute(bulk(inPlace), true)],
]

const unpublishRoutes: [string, Route][] = [
  ['REST PATCH', restRoute('PATCH', (id) => `/${id}`, { _status: 'draft' })],
  [
    'REST PATCH ?unpublishAllLocales=true',
    restRoute('PATCH', (id) => `/${id}?unpublishAllLocales=true&draft=true`, {}),
  ],
  ['REST bulk PATCH', restRoute('PATCH', where, { _status: 'draft' })],
  [
    'GraphQL update',
    graphqlRoute((id) => `updateManuscript(id: "${id}", data: { _status: draft })`),
  ],
  ['Local API with a user', localRoute(update({ _status: 'draft' }), false)],
  ['Local API, access overridden', localRoute(update({ _status: 'draft' }), true)],
  ['REST DELETE', restRoute('DELETE', (id) => `/${id}`)],
  ['GraphQL delete', graphqlRoute((id) => `deleteManuscript(id: "${id}")`)],
  [
    'Local API delete, access overridden',
    localRoute(
      ({ id, options }) =>
        desk.payload.delete({ collection: 'manuscripts', id, ...options } as never),
      true,
    ),
  ],
]

describe('writing `_status: published` is refused to everybody', () => {
  test.each(publishRoutes)('%s, on a draft', async (_name, route) => {
    await refusesEverybody(route, drafted)
    expect(await desk.releasesOf(`manuscript:${drafted}`)).toEqual([])
  })

  test.each(publishRoutes)('%s, on a live text with a newer draft', async (_name, route) => {
    await refusesEverybody(route, liveWithDraft)
    expect(await desk.releasesOf(`manuscript:${liveWithDraft}`)).toHaveLength(1)
  })

  test.each([
    ['REST create', restRoute('POST', () => '', newText('day3001'))],
    ['REST create ?draft=true', restRoute('POST', () => '/?draft=true', newText('day3002'))],
    ['GraphQL create', graphqlRoute(() => `createManuscript(data: { ${newInput('day3003')} })`)],
    [
      'Local API create, access overridden',
      localRoute(
        ({ options }) =>
          desk.payload.create({
            ...{ collection: 'manuscripts', data: newText('day3004'), ...options },
          } as never),
        true,
      ),
    ],
  ] as [string, Route][])('%s', async (_name, route) => {
    await refusesEverybody(route, drafted)
  })

  test('control: the same create and update without it are drafts and are allowed', async () => {
    const made = await desk.rest('hana', 'POST /manuscripts', { ...text('day3005') })
    expect(made).toMatchObject({ status: 201, body: { doc: { _status: 'draft' } } })
    const path = `PATCH /manuscripts/${made.body.doc.id}?draft=true`
    const edited = await desk.rest('hana', path, inPlace)
    expect(edited).toMatchObject({ status: 200, body: { doc: { _status: 'draft', ...inPlace } } })
  })
})

describe('a live text is never changed in place', () => {
  test.each(inPlaceRoutes)('%s', async (_name, route) => {
    await refusesEverybody(route, live)
  })

  test.each(inPlaceRoutes)('%s, while a newer draft exists', async (_name, route) => {
    await refusesEverybody(route, liveWithDraft)
  })

  test('control: an editor writes a draft over it and readers keep the live text', async () => {
    const { id } = await desk.published()
    const before = await desk.snapshot('manuscripts', id)
    const edited = await desk.rest('hana', `PATCH /manuscripts/${id}?draft=true`, inPlace)
    expect(edited.status).toBe(200)
    const after = await desk.snapshot('manuscripts', id)
    expect(after).toMatchObject({ live: before.live, releases: before.releases })
    expect(after.versions).toBe(before.versions + 1)
  })
})

describe('a live text is neither unpublished nor deleted', () => {
  test.each(unpublishRoutes)('%s', async (_name, route) => {
    await refusesEverybody(route, live)
  })

  test.each(unpublishRoutes)('%s, while a newer draft exists', async (_name, route) => {
    await refusesEverybody(route, liveWithDraft)
  })

  test('control: the chief withdraws it, and then it can be deleted', async () => {
    const { id } = await desk.published()
    const answer = await desk.rest('midori', `POST /manuscripts/${id}/withdraw`, {
      reason: '見本の取り下げ',
    })
    expect(answer).toMatchObject({ status: 200, body: { state: 'withdrawn', isLive: false } })
    expect((await desk.rest('hana', `DELETE /manuscripts/${id}`)).status).toBe(200)
  })
})

describe('restoring a version', () => {
  const restoreRoutes: [string, (version: string) => Route][] = [
    ['REST', (version) => restRoute('POST', () => `/versions/${version}`)],
    ['REST ?draft=false', (version) => restRoute('POST', () => `/versions/${version}?draft=false`)],
    ['GraphQL', (version) => graphqlRoute(() => `restoreVersionManuscript(id: "${version}")`)],
    ...[true, false].map((isOverridden): [string, (version: string) => Route] => [
      `Local API${isOverridden ? ', access overridden' : ' with a user'}`,
      (version) =>
        localRoute(
          ({ options }) =>
            desk.payload.restoreVersion({
              ...{ collection: 'manuscripts', id: version, ...options },
            } as never),
          isOverridden,
        ),
    ]),
  ]

  test.each(restoreRoutes)('a published version does not go live again: %s', async (_n, route) => {
    await refusesEverybody(route(await versionOf(liveWithDraft, 'published')), liveWithDraft)
  })

  test.each(restoreRoutes)('a draft version does not go live: %s', async (_name, route) => {
    await refusesEverybody(route(await versionOf(liveWithDraft, 'draft')), liveWithDraft)
  })

  test('control: an editor restores it as a draft, becomes an author, readers keep the live text', async () => {
    const { id } = await liveWithNewerDraft()
    const before = await desk.snapshot('manuscripts', id)
    const path = `POST /manuscripts/versions/${await versionOf(id, 'published')}?draft=true`
    const answer = await desk.rest('taro', path)
    expect(answer).toMatchObject({ status: 200, body: { _status: 'draft' } })
    const after = await desk.snapshot('manuscripts', id)
    expect(after).toMatchObject({ live: before.live, releases: before.releases })
    const newest = await desk.payload.findByID({ collection: 'manuscripts', id, draft: true })
    const authors = newest.authors?.map((author) =>
      typeof author === 'string' ? author : author.id,
    )
    expect(authors).toEqual([desk.users.hana.id, desk.users.taro.id])
  })

  test('a draft of an author comes back with its author, whoever restores it after a release', async () => {
    const { id } = await desk.draft({ body: '太郎の一つ目' }, 'taro')
    const first = await versionOf(id, 'draft')
    await desk.rest('hana', `PATCH /manuscripts/${id}?draft=true`, { body: '花の二つ目' })
    await approve(id, 'midori')
    await desk.rest('midori', `POST /manuscripts/${id}/publish`)
    await desk.rest('hana', `POST /manuscripts/versions/${first}?draft=true`)
    const answer = await desk.rest('taro', `POST /manuscripts/${id}/approve`)
    expect(answer.status).toBe(403)
  })

  test('control: GraphQL restores as a draft as well', async () => {
    const { id } = await liveWithNewerDraft()
    const before = await desk.snapshot('manuscripts', id)
    const version = await versionOf(id, 'published')
    const { body } = await desk.graphql(
      'hana',
      `mutation { restoreVersionManuscript(id: "${version}", draft: true) { title } }`,
    )
    expect(body.errors).toBeUndefined()
    const after = await desk.snapshot('manuscripts', id)
    expect(after).toMatchObject({ live: before.live, releases: before.releases })
  })
})

describe('copying a live text', () => {
  const closed = [400, 403, 404, 0] // 0: GraphQL has no such mutation

  test.each([
    ['REST', restRoute('POST', (id) => `/${id}/duplicate`)],
    ['REST ?draft=false', restRoute('POST', (id) => `/${id}/duplicate?draft=false`)],
    [
      'REST ?draft=false, as published',
      restRoute('POST', (id) => `/${id}/duplicate?draft=false`, LIVE),
    ],
    ['GraphQL', graphqlRoute((id) => `duplicateManuscript(id: "${id}", data: {})`)],
    [
      'Local API, access overridden',
      localRoute(
        ({ id, options }) =>
          desk.payload.duplicate({
            ...{ collection: 'manuscripts', id, draft: false, ...options },
          } as never),
        true,
      ),
    ],
  ] as [string, Route][])('makes no copy at all: %s', async (_name, route) => {
    await refusesEverybody(route, live, closed)
  })
})

describe('publishing needs every approval, fresh and by somebody else', () => {
  const publishers: [string, Route][] = [
    [
      'REST',
      async ({ by, id }) => {
        const { status, body } = await desk.rest(by, `POST /manuscripts/${id}/publish`)
        return { status, text: JSON.stringify(body) }
      },
    ],
    [
      'the operation',
      localRoute(
        ({ id, options }) =>
          desk.review.publish(desk.payload, (options as { req: never }).req, {
            ...{ collection: 'manuscripts', id },
          }),
        false,
      ),
    ],
    ['GraphQL, by status', publishRoutes[7]![1]],
    ['REST PATCH, by status', publishRoutes[0]![1]],
    ['REST bulk PATCH, by status', publishRoutes[5]![1]],
    ['Local API, by status', publishRoutes[9]![1]],
    ['Payload’s schedule', scheduleRoute],
  ]

  const lists = (text: string) => /承認があと \d 人必要です/.test(text)

  describe.each(publishers)('%s', (name, route) => {
    const refuses = async (id: string, by: Person) => {
      const before = await desk.snapshot('manuscripts', id)
      const refusal = await route({ by, id })
      expect({ ...refusal, status: refusal.status }).toMatchObject({ status: 403 })
      expect(await desk.snapshot('manuscripts', id)).toEqual(before)
      if (['REST', 'the operation', 'REST PATCH, by status'].includes(name)) {
        expect(lists(refusal.text)).toBe(true)
      }
    }

    test('without approvals', async () => {
      const { id } = await desk.draft({ topics: ['nutrition'] })
      await refuses(id, 'midori')
    })

    test('with one of two dietitians', async () => {
      const { id } = await desk.draft({ topics: ['nutrition'] })
      await approve(id, 'eiko', 'midori')
      await refuses(id, 'kaoru')
    })

    test('with approvals of a text that was edited since', async () => {
      const { id } = await desk.draft()
      await approve(id, 'midori')
      await desk.rest('hana', `PATCH /manuscripts/${id}?draft=true`, inPlace)
      await refuses(id, 'midori')
    })

    test('with the author’s own approval, inserted behind the review’s back', async () => {
      const { id } = await desk.draft({}, 'taro')
      const status = await desk.review.status(desk.payload, await desk.reqOf('taro'), {
        ...{ collection: 'manuscripts', id },
      })
      await desk.payload.create({
        collection: 'approvals',
        data: {
          ...{ verdict: 'approve', discipline: 'chief', reviewer: desk.users.taro.id },
          document: { relationTo: 'manuscripts', value: id },
          contentHash: status.contentHash,
          policyHash: await policyHashOf(id),
        } as never,
      })
      await refuses(id, 'taro')
    })

    test('by somebody who is no chief', async () => {
      const { id } = await desk.draft()
      await approve(id, 'midori')
      const before = await desk.snapshot('manuscripts', id)
      for (const by of ['hana', 'doctor', 'root'] as const) {
        expect([403, 404]).toContain((await route({ by, id })).status)
      }
      expect(await desk.snapshot('manuscripts', id)).toEqual(before)
    })
  })

  test('control: with all of them it is published', async () => {
    const { id } = await desk.draft({ topics: ['nutrition'] })
    await approve(id, 'eiko', 'yoko', 'midori')
    const answer = await desk.rest('kaoru', `POST /manuscripts/${id}/publish`)
    expect(answer).toMatchObject({ status: 200, body: { state: 'published', revision: 1 } })
    expect((await desk.snapshot('manuscripts', id)).live).toMatchObject(LIVE)
  })
})

describe('the import', () => {
  const csv = (slot: string, body: string, more: [string, string] = ['kind', 'stage']) =>
    [
      `series,slot,edition,title,subject,body,topics,${more[0]}`,
      `child,${slot},standard,見本 取込,件名,${body},daily,${more[1]}`,
    ].join('\n')
  const runAs = async (user: Person | null, source: string) =>
    runImport({
      ...{ payload: desk.payload, kind: 'manuscripts', source, isDryRun: false },
      user: (await desk.reqOf(user)).user,
      now: () => new Date(),
    })

  test('has no column that publishes', async () => {
    const before = await desk.payload.count({ collection: 'manuscripts' })
    const report = await runAs(null, csv('day3100', '本文', ['_status', 'published']))
    expect(report).toMatchObject({ isWritten: false, problems: [{ column: '_status' }] })
    expect(await desk.payload.count({ collection: 'manuscripts' })).toEqual(before)
  })

  test.each(['hana', null] as const)('writes over a live text as a draft only (%s)', async (by) => {
    const { id, slot } = await desk.published({ title: '見本 取込', subject: '件名' })
    const before = await desk.snapshot('manuscripts', id)
    const report = await runAs(by, csv(slot, '取り込んだ本文です。'))
    expect(report).toMatchObject({ isWritten: true, changed: 1, created: 0 })
    const after = await desk.snapshot('manuscripts', id)
    expect(after).toMatchObject({ live: before.live, releases: before.releases })
    expect(after.versions).toBe(before.versions + 1)
  })
})

describe('the paper trail cannot be written by hand', () => {
  test.each(['approvals', 'releases', 'audit-log'])('%s', async (collection) => {
    await desk.published()
    const { docs } = await desk.payload.find({ collection: collection as never, limit: 1 })
    const { id } = docs[0] as unknown as { id: string }
    for (const by of EVERYBODY) {
      expect((await desk.rest(by, `POST /${collection}`, {})).status).toBe(403)
      expect((await desk.rest(by, `PATCH /${collection}/${id}`, {})).status).toBe(403)
      expect((await desk.rest(by, `DELETE /${collection}/${id}`)).status).toBe(403)
    }
    expect(await desk.payload.findByID({ collection: collection as never, id })).toEqual(docs[0])
  })
})

/** Puts a publication into Payload's job queue, as its admin does, and runs the queue. */
async function scheduleRoute({ by, id }: Attempt): Promise<Refusal> {
  const { jobs } = desk.payload
  const user = by && { relationTo: 'users', value: desk.users[by].id }
  try {
    const input = { type: 'publish', doc: { relationTo: 'manuscripts', value: id }, user }
    await jobs.queue({ task: 'schedulePublish', input } as never)
    const result = await jobs.run()
    return { status: 403, text: JSON.stringify(result) } // what counts is that nothing changed
  } catch (error) {
    return { status: 403, text: String(error) }
  }
}

async function liveWithNewerDraft() {
  const made = await desk.published()
  await desk.payload.update({
    ...{ collection: 'manuscripts', id: made.id, draft: true, req: await desk.reqOf('hana') },
    data: { body: '次の本文です。' },
  })
  return made
}

async function versionOf(id: string, status: 'draft' | 'published'): Promise<string> {
  const { docs } = await desk.payload.findVersions({
    collection: 'manuscripts',
    where: { and: [{ parent: { equals: id } }, { 'version._status': { equals: status } }] },
  })
  return docs[0]!.id
}

async function approve(id: string, ...people: Person[]) {
  for (const person of people) {
    const answer = await desk.rest(person, `POST /manuscripts/${id}/approve`)
    expect(answer.status).toBe(200)
  }
}

async function policyHashOf(id: string): Promise<string> {
  const { policyHash, needsOf, parsePolicy } = await import('../../../src/review/policy')
  const { topics } = await desk.payload.findByID({ collection: 'manuscripts', id, draft: true })
  return policyHash(needsOf(parsePolicy(), { type: 'manuscript', topics: topics ?? [] }))
}

function text(slot: string) {
  return {
    ...{ series: desk.series.id, slot, edition: 'standard', kind: 'stage', title: '見本' },
    ...{ subject: '件名', body: '本文', ageBasis: 'calendar', monthRule: 'friendly' },
  }
}

function newText(slot: string) {
  return { slot, edition: 'standard', title: '見本', subject: '件名', body: '本文', ...LIVE }
}

/** The same as GraphQL input. */
function newInput(slot: string): string {
  const texts = `slot: "${slot}", title: "x", subject: "x", body: "x"`
  const choices = 'edition: standard, kind: stage, ageBasis: calendar, monthRule: friendly'
  return `series: "${desk.series.id}", ${texts}, ${choices}, _status: published`
}

function forgedContext(): Record<string, unknown> {
  return { isRestoringVersion: true, gate: true, isGatesOwnWrite: true }
}
