// Every row of the attack table in the design's review.md, over every route that reaches it.
import { beforeAll, describe, expect, test } from '@jest/globals'

import { runImport } from '../../../../src/import/runImport'
import { releaseKey } from '../../../../src/release/findReleases'
import { needsOf, parsePolicy, policyHash } from '../../../../src/review/rules/policy'
import { share } from '../../../share'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'
import type { Attempt, Refusal, Route } from './gateRoutes'
import { EVERYBODY, gateRoutes, IN_PLACE, LIVE } from './gateRoutes'

const cms = await openEditorialCmsOfFile()

/** The editor-in-chief and the administrator. */
const MIGHTIEST = ['midori', 'root'] as const
const OTHERS = EVERYBODY.filter((person) => !MIGHTIEST.some((one) => one === person))

describe.each([
  { collection: 'kizuna-manuscripts', writer: 'hana', approvers: ['midori'] },
  { collection: 'kizuna-add-ons', writer: 'machi', approvers: ['mayu', 'midori'] },
] as const)('$collection', ({ collection, writer, approvers }) => {
  const routes = gateRoutes(cms, collection)
  const { post, edit } = cms.on(collection)
  const draft = collection === 'kizuna-manuscripts' ? cms.draft : cms.addOn
  const published = collection === 'kizuna-manuscripts' ? cms.published : cms.publishedAddOn
  const releasesOf = (id: string) => cms.releasesOf(releaseKey(collection, id))

  /** A draft and live texts that every attack leaves as they are. */
  let drafted: string
  let live: string
  let liveWithDraft: string

  beforeAll(async () => {
    drafted = (await draft()).id
    live = (await published()).id
    liveWithDraft = await liveWithNewerDraft()
  }, 60_000)

  async function liveWithNewerDraft(): Promise<string> {
    const { id } = await published()
    const edited = await edit(writer, id, { title: '次の見出しです。' })
    expect(edited.status).toBe(200)
    return id
  }

  let asked = 0
  /** The mightiest two of each route, and of the others each its turn. */
  const askers = () => [...MIGHTIEST, ...share(OTHERS, { nth: 3, from: asked++ })]

  /** Tries a route as whoever may log in, and nobody, and checks that nothing at all has changed. */
  async function refusesEverybody(route: Route, id: string, statuses: readonly number[] = [403]) {
    const before = await cms.snapshot(collection, id)
    for (const by of askers()) {
      const refusal = await route({ by, id })
      const isRefused = statuses.includes(refusal.status)
      expect({ by, ...refusal, isRefused }).toMatchObject({ by, isRefused: true })
    }
    expect(await cms.snapshot(collection, id)).toEqual(before)
  }

  async function versionOf(id: string, status: 'draft' | 'published'): Promise<string> {
    const { docs } = await cms.payload.findVersions({
      collection,
      where: { and: [{ parent: { equals: id } }, { 'version._status': { equals: status } }] },
    })
    return docs[0]!.id
  }

  async function approve(id: string, ...people: Person[]) {
    for (const person of people) {
      expect((await post(person, `${id}/approve`)).status).toBe(200)
    }
  }

  const createRoutes = (): [string, Route][] => [
    ['REST create', routes.rest('POST', () => '', newText(3001))],
    ['REST create ?draft=true', routes.rest('POST', () => '/?draft=true', newText(3002))],
    [
      'REST create ?autosave=true&draft=true',
      routes.rest('POST', () => '/?autosave=true&draft=true', newText(3003)),
    ],
    ['GraphQL create', routes.graphql((_, name) => `create${name}(data: { ${newInput(3004)} })`)],
    [
      'GraphQL create as draft',
      routes.graphql((_, name) => `create${name}(draft: true, data: { ${newInput(3005)} })`),
    ],
    ...[false, true].map((isOverridden): [string, Route] => [
      `Local API create${isOverridden ? ', access overridden' : ' with a user'}`,
      routes.local(
        ({ options }) => cms.payload.create({ data: newText(3006), ...options } as never),
        isOverridden,
      ),
    ]),
  ]

  describe('writing `_status: published` is refused to everybody', () => {
    test.each(routes.publish)('%s, on a draft', async (_name, route) => {
      await refusesEverybody(route, drafted)
      expect(await releasesOf(drafted)).toEqual([])
    })

    test.each(routes.publish)('%s, on a live text with a newer draft', async (_name, route) => {
      await refusesEverybody(route, liveWithDraft)
      expect(await releasesOf(liveWithDraft)).toHaveLength(1)
    })

    test.each(createRoutes())('%s', async (_name, route) => {
      await refusesEverybody(route, drafted)
    })

    test('control: the same create and update without it are drafts and are allowed', async () => {
      const data = { ...newText(3007), _status: undefined }
      const made = await cms.rest(writer, `POST /${collection}`, data)
      expect(made).toMatchObject({ status: 201, body: { doc: { _status: 'draft' } } })
      const edited = await edit(writer, made.body.doc.id, IN_PLACE[collection])
      expect(edited).toMatchObject({ status: 200, body: { doc: { _status: 'draft' } } })
      expect(edited.body.doc).toMatchObject(IN_PLACE[collection])
    })
  })

  describe('a live text is never changed in place', () => {
    test.each(routes.changeInPlace)('%s', async (_name, route) => {
      await refusesEverybody(route, live)
    })

    test.each(routes.changeInPlace)('%s, while a newer draft exists', async (_name, route) => {
      await refusesEverybody(route, liveWithDraft)
    })

    test('control: its writer writes a draft over it and readers keep the live text', async () => {
      const { id } = await published()
      const before = await cms.snapshot(collection, id)
      expect((await edit(writer, id, IN_PLACE[collection])).status).toBe(200)
      const after = await cms.snapshot(collection, id)
      expect(after).toMatchObject({ live: before.live, releases: before.releases })
      expect(after.versions).toBe(before.versions + 1)
    })
  })

  describe('a live text is neither unpublished nor deleted', () => {
    test.each(routes.unpublish)('%s', async (_name, route) => {
      await refusesEverybody(route, live)
    })

    test.each(routes.unpublish)('%s, while a newer draft exists', async (_name, route) => {
      await refusesEverybody(route, liveWithDraft)
    })

    test('REST bulk DELETE leaves it, whatever it answers', async () => {
      const before = await cms.snapshot(collection, live)
      for (const by of EVERYBODY) {
        const { body } = await cms.rest(by, `DELETE /${collection}?where[id][equals]=${live}`)
        expect({ by, deleted: body.docs ?? [] }).toEqual({ by, deleted: [] })
      }
      expect(await cms.snapshot(collection, live)).toEqual(before)
    })

    test('control: the chief withdraws it, and then it goes into the trash', async () => {
      const { id } = await published()
      const answer = await post('midori', `${id}/withdraw`, { reason: '見本の取り下げ' })
      expect(answer).toMatchObject({ status: 200, body: { state: 'withdrawn', isLive: false } })
      const body = { deletedAt: '2026-11-29T00:00:00.000Z' }
      expect((await cms.rest(writer, `PATCH /${collection}/${id}`, body)).status).toBe(200)
    })
  })

  describe('restoring a version', () => {
    const names = routes.restore('').map(([name], index) => [name, index] as const)
    const routeTo = (version: string, index: number) => routes.restore(version)[index]![1]

    test.each(names)('a published version does not go live again: %s', async (_name, index) => {
      const version = await versionOf(liveWithDraft, 'published')
      await refusesEverybody(routeTo(version, index), liveWithDraft)
    })

    test.each(names)('a draft version does not go live: %s', async (_name, index) => {
      const version = await versionOf(liveWithDraft, 'draft')
      await refusesEverybody(routeTo(version, index), liveWithDraft)
    })

    test('control: its writer restores it as a draft, readers keep the live text', async () => {
      const id = await liveWithNewerDraft()
      const before = await cms.snapshot(collection, id)
      const version = await versionOf(id, 'published')
      const answer = await cms.restore(writer, { collection, id, version })
      expect(answer).toMatchObject({ status: 200, body: { _status: 'draft' } })
      const after = await cms.snapshot(collection, id)
      expect(after).toMatchObject({ live: before.live, releases: before.releases })
    })

    test('control: GraphQL restores as a draft as well', async () => {
      const id = await liveWithNewerDraft()
      const before = await cms.snapshot(collection, id)
      const version = await versionOf(id, 'published')
      const name = collection === 'kizuna-manuscripts' ? 'KizunaManuscript' : 'KizunaAddOn'
      const { updatedAt } = await cms.opened(collection, id)
      const asked = `id: "${version}", draft: true, updatedAt: "${updatedAt}"`
      const { body } = await cms.graphql(
        writer,
        `mutation { restoreVersion${name}(${asked}) { title } }`,
      )
      expect(body.errors).toBeUndefined()
      const after = await cms.snapshot(collection, id)
      expect(after).toMatchObject({ live: before.live, releases: before.releases })
    })
  })

  describe('copying a live text', () => {
    const closed = [400, 403, 404, 0] // 0: GraphQL has no such mutation

    test.each(routes.copy)('makes no copy at all: %s', async (_name, route) => {
      await refusesEverybody(route, live, closed)
    })
  })

  describe('publishing needs every approval, fresh and by somebody else', () => {
    const route = (list: readonly [string, Route][], name: string): [string, Route] => [
      `${name}, by status`,
      list.find(([known]) => known === name)![1],
    ]
    const publishers: [string, Route][] = [
      ['REST', routes.rest('POST', (id) => `/${id}/publish`)],
      [
        'the operation',
        routes.local(
          ({ id, options }) =>
            cms.review.publish(cms.payload, (options as { req: never }).req, { collection, id }),
          false,
        ),
      ],
      route(routes.publish, 'GraphQL update'),
      route(routes.publish, 'REST PATCH'),
      route(routes.publish, 'REST bulk PATCH'),
      route(routes.publish, 'Local API with a user'),
      ['Payload’s schedule', scheduleRoute],
    ]
    /** A bulk write and the schedule name no document that could be looked at. */
    const isSilent = (name: string) => /bulk|schedule/.test(name)
    const last = approvers.at(-1)!

    describe.each(publishers)('%s', (name, publish) => {
      const refuses = async (id: string, by: Person, lack = /承認があと \d 人必要です/) => {
        const before = await cms.snapshot(collection, id)
        const refusal = await publish({ by, id })
        expect(refusal.status).toBe(403)
        expect(await cms.snapshot(collection, id)).toEqual(before)
        if (!isSilent(name)) expect(refusal.text).toMatch(lack)
      }

      test('without approvals', async () => {
        const { id } = await draft()
        await refuses(id, 'midori')
      })

      test('with the last approval alone missing', async () => {
        const { id } = await draft({ topics: ['nutrition'] })
        await approve(id, ...(collection === 'kizuna-manuscripts' ? [] : (['mayu'] as const)))
        await approve(id, 'eiko', 'midori') // 栄養 needs two
        await refuses(id, 'kaoru', /栄養の承認があと 1 人必要です/)
      })

      test('with approvals of a text that was edited since', async () => {
        const { id } = await draft()
        await approve(id, ...approvers)
        await edit(writer, id, IN_PLACE[collection])
        await refuses(id, last)
      })

      test('with the author’s own approval, inserted behind the review’s back', async () => {
        const own = collection === 'kizuna-manuscripts' ? 'taro' : 'machi'
        const { id } = await draft({}, own)
        for (const reviewer of new Set([own, last] as const)) {
          await insertApproval(id, reviewer, reviewer === 'machi' ? 'municipality' : 'chief')
          if (collection === 'kizuna-manuscripts') break
        }
        await refuses(id, collection === 'kizuna-manuscripts' ? 'taro' : last)
      })

      test('by somebody who is no chief', async () => {
        const { id } = await draft()
        await approve(id, ...approvers)
        const before = await cms.snapshot(collection, id)
        for (const by of ['hana', 'doctor', 'root', 'machi', 'mayu', 'dango'] as const) {
          expect([403, 404]).toContain((await publish({ by, id })).status)
        }
        expect(await cms.snapshot(collection, id)).toEqual(before)
      })
    })

    test('control: with all of them it is published', async () => {
      const { id } = await draft({ topics: ['nutrition'] })
      if (collection === 'kizuna-add-ons') await approve(id, 'mayu')
      await approve(id, 'eiko', 'yoko', 'midori')
      const answer = await post('kaoru', `${id}/publish`)
      expect(answer).toMatchObject({ status: 200, body: { state: 'published', revision: 1 } })
      expect((await cms.snapshot(collection, id)).live).toMatchObject(LIVE)
    })

    async function insertApproval(id: string, reviewer: Person, discipline: string) {
      const req = await cms.reqOf(reviewer)
      const { contentHash } = await cms.review.status(cms.payload, req, { collection, id })
      const { topics } = await cms.payload.findByID({ collection, id, draft: true })
      const type = collection === 'kizuna-manuscripts' ? 'manuscript' : 'addOn'
      const needs = needsOf(parsePolicy(), { type, topics: topics ?? [] })
      await cms.payload.create({
        collection: 'kizuna-approvals',
        data: {
          verdict: 'approve',
          discipline,
          reviewer: cms.users[reviewer].id,
          document: { relationTo: collection, value: id },
          contentHash,
          policyHash: policyHash(needs),
        } as never,
      })
    }
  })

  /** Puts a publication into Payload's job queue, as its admin does, and runs the queue. */
  async function scheduleRoute({ by, id }: Attempt): Promise<Refusal> {
    const { jobs } = cms.payload
    const user = by && { relationTo: 'users', value: cms.users[by].id }
    try {
      const input = { type: 'publish', doc: { relationTo: collection, value: id }, user }
      await jobs.queue({ task: 'schedulePublish', input } as never)
      const result = await jobs.run()
      return { status: 403, text: JSON.stringify(result) } // what counts is that nothing changed
    } catch (error) {
      return { status: 403, text: String(error) }
    }
  }

  function newText(day: number) {
    if (collection === 'kizuna-manuscripts') {
      return {
        series: cms.series.id,
        slot: `day${day}`,
        edition: 'standard',
        kind: 'stage',
        title: '見本',
        subject: '件名',
        body: '本文',
        ageBasis: 'calendar',
        monthRule: 'friendly',
        ...LIVE,
      }
    }
    return {
      title: '見本',
      from: 'month4',
      to: 'month5',
      timing: 'once',
      monthRule: 'friendly',
      order: 10,
      municipality: cms.municipality.id,
      ...LIVE,
      blocks: [{ blockType: 'text', text: '本文' }],
    }
  }

  /** The same as GraphQL input. */
  function newInput(day: number): string {
    if (collection === 'kizuna-manuscripts') {
      const texts = `slot: "day${day}", title: "x", subject: "x", body: "x"`
      const choices = 'edition: standard, kind: stage, ageBasis: calendar, monthRule: friendly'
      return `series: "${cms.series.id}", ${texts}, ${choices}, _status: published`
    }
    const range = 'from: "month4", to: "month5", timing: once, monthRule: friendly, order: 10'
    const blocks = 'blocks: [{ blockType: "text", text: "x" }]'
    return `municipality: "${cms.municipality.id}", title: "x", ${range}, ${blocks}, _status: published`
  }
})

describe('who restores a version', () => {
  const { post, edit } = cms.on('kizuna-manuscripts')
  const versionsOf = async (id: string, status: string) => {
    const { docs } = await cms.payload.findVersions({
      collection: 'kizuna-manuscripts',
      where: { and: [{ parent: { equals: id } }, { 'version._status': { equals: status } }] },
    })
    return docs
  }

  test('becomes an author of the draft', async () => {
    const { id } = await cms.published()
    await edit('hana', id, { body: '次の本文です。' })
    const [version] = await versionsOf(id, 'published')
    await cms.restore('taro', { collection: 'kizuna-manuscripts', id, version: version!.id })
    const newest = await cms.payload.findByID({
      collection: 'kizuna-manuscripts',
      id,
      draft: true,
      depth: 0,
    })
    expect(newest.authors).toEqual([cms.users.hana.id, cms.users.taro.id])
  })

  test('leaves whose it is, who proposed it and where it came from as they are', async () => {
    const proposal = { isProposal: false, proposedBy: cms.users.dango.id }
    const origin = { municipality: '見本市', revision: 3 }
    for (const [collection, id, kept] of [
      ['kizuna-manuscripts', (await cms.draft()).id, { originHash: 'x', copyKey: 'next year' }],
      [
        'kizuna-add-ons',
        (await cms.addOn()).id,
        { ...proposal, origin, originNotes: '電話を消しました' },
      ],
    ] as const) {
      const writer = collection === 'kizuna-manuscripts' ? 'hana' : 'machi'
      await cms.payload.update({ collection, id, data: kept as never, draft: true })
      const { docs } = await cms.payload.findVersions({
        collection,
        where: { parent: { equals: id } },
        sort: 'createdAt',
      })
      const version = docs[0]!.id
      expect((await cms.restore(writer, { collection, id, version })).status).toBe(200)
      const newest = await cms.payload.findByID({ collection, id, draft: true, depth: 0 })
      expect(newest).toMatchObject(kept)
      const municipality = collection === 'kizuna-add-ons' ? cms.municipality.id : undefined
      expect(newest).toMatchObject(municipality ? { municipality } : {})
    }
  })

  test('brings back its author too, even after a release', async () => {
    const { id } = await cms.draft({ body: '太郎の一つ目' }, 'taro')
    const [first] = await versionsOf(id, 'draft')
    await edit('hana', id, { body: '花の二つ目' })
    await post('midori', `${id}/approve`)
    await post('midori', `${id}/publish`)
    await cms.restore('hana', { collection: 'kizuna-manuscripts', id, version: first!.id })
    expect((await post('taro', `${id}/approve`)).status).toBe(403)
  })
})

describe('the import', () => {
  const files = {
    manuscripts: ({ slot }: { slot?: string | null }, column = 'kind', value = 'stage') =>
      [
        `series,slot,edition,title,subject,body,topics,${column}`,
        `child,${slot},standard,見本 取込,件名,取り込んだ本文です。,daily,${value}`,
      ].join('\n'),
    addons: ({ id }: { id: string }, column = 'timing', value = 'once') =>
      [
        `id,documentId,municipality,title,from,to,order,topics,block,text,${column}`,
        `1,${id},999016,取り込んだ見出し,month4,month12,10,local,text,本文,${value}`,
      ].join('\n'),
  }
  const runAs = async (user: Person | null, kind: 'manuscripts' | 'addons', source: string) =>
    runImport({
      payload: cms.payload,
      kind,
      source,
      isDryRun: false,
      user: (await cms.reqOf(user)).user,
      now: () => new Date(),
    })

  test.each(['manuscripts', 'addons'] as const)('%s: no column publishes', async (kind) => {
    const collection = kind === 'addons' ? 'kizuna-add-ons' : 'kizuna-manuscripts'
    const before = await cms.payload.count({ collection })
    const source = files[kind]({ slot: 'day3100', id: '' }, '_status', 'published')
    const report = await runAs(null, kind, source)
    expect(report).toMatchObject({ isWritten: false, problems: [{ column: '_status' }] })
    expect(await cms.payload.count({ collection })).toEqual(before)
  })

  test.each([
    ['manuscripts', 'hana'],
    ['manuscripts', null],
    ['addons', 'machi'],
    ['addons', null],
  ] as const)('%s by %s: a live text is written over as a draft only', async (kind, by) => {
    const collection = kind === 'addons' ? 'kizuna-add-ons' : 'kizuna-manuscripts'
    const made =
      kind === 'addons'
        ? await cms.publishedAddOn()
        : await cms.published({ title: '見本 取込', subject: '件名' })
    const before = await cms.snapshot(collection, made.id)
    const report = await runAs(by, kind, files[kind](made as never))
    expect(report).toMatchObject({ isWritten: true, changed: 1, created: 0 })
    const after = await cms.snapshot(collection, made.id)
    expect(after).toMatchObject({ live: before.live, releases: before.releases })
    expect(after.versions).toBe(before.versions + 1)
  })
})

describe('the paper trail cannot be written by hand', () => {
  const trail = [
    'kizuna-approvals',
    'kizuna-comments',
    'kizuna-releases',
    'kizuna-audit-log',
  ] as const

  test.each(trail)('%s', async (collection) => {
    const { id: text } = await cms.published()
    await cms.rest('doctor', `POST /kizuna-manuscripts/${text}/comments`, {
      field: 'body',
      text: '短く',
    })
    const { docs } = await cms.payload.find({ collection, limit: 1 })
    const { id } = docs[0] as unknown as { id: string }
    for (const by of EVERYBODY) {
      expect((await cms.rest(by, `POST /${collection}`, {})).status).toBe(403)
      expect((await cms.rest(by, `PATCH /${collection}/${id}`, {})).status).toBe(403)
      expect((await cms.rest(by, `DELETE /${collection}/${id}`)).status).toBe(403)
    }
    expect(await cms.payload.findByID({ collection, id })).toEqual(docs[0])
  })
})
