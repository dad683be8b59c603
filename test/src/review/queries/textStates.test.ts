// What is stored of where texts stand is what is computed of them, whatever was done to them.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { PayloadRequest } from 'payload'

import { findWaiting } from '../../../../src/review/inbox/waitingStates'
import { loadAllWaiting, reviewQueueOf } from '../../../../src/review/inbox/reviewQueue'
import { collectionsFor } from '../../../../src/review/inbox/waiting'
import { loadReviews } from '../../../../src/review/queries/loadMany'
import { loadOverview } from '../../../../src/review/queries/overview'
import {
  areStatesWhole,
  deriveStates,
  rebuildStates,
} from '../../../../src/review/queries/refreshStates'
import { searchTexts } from '../../../../src/review/queries/searchTexts'
import { TEXT_STATES } from '../../../../src/review/queries/textState'
import { countShown, isOfShared } from '../../../../src/review/queries/textStates'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { countShownStates } from '../../../../src/review/rules/state'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const policy = parsePolicy()
const DAY_MS = 24 * 3_600_000
const COLLECTIONS = ['kizuna-manuscripts', 'kizuna-add-ons'] as const
type Collection = (typeof COLLECTIONS)[number]

const cms = await openEditorialCmsOfFile()

/** A text on which people act at random. */
interface Played {
  collection: Collection
  id: string
}

type Act = (played: Played) => Promise<unknown>

const post =
  (person: Person, path: string, body: object = {}): Act =>
  ({ collection, id }) =>
    cms.on(collection).post(person, `${id}/${path}`, body)

const ACTS: Record<string, Act> = {
  edit: ({ collection, id }) => {
    const title = `直した ${Math.random()}`
    return cms
      .on(collection)
      .edit(collection === 'kizuna-manuscripts' ? 'hana' : 'machi', id, { title })
  },
  submit: (played) =>
    post(played.collection === 'kizuna-manuscripts' ? 'hana' : 'machi', 'submit')(played),
  approveMunicipal: post('mayu', 'approve'),
  approveNutrition: post('eiko', 'approve'),
  approveSecond: post('yoko', 'approve'),
  approveChief: post('midori', 'approve'),
  askForChange: post('midori', 'request-change', { comment: '短くしてください。' }),
  comment: post('kaoru', 'comments', { field: 'title', text: '題名はこれでよいですか。' }),
  publish: post('midori', 'publish'),
  withdraw: post('kaoru', 'withdraw', { reason: '見本' }),
}

const start = async (collection: Collection, isOver: boolean): Promise<Played> => {
  const data = { topics: ['nutrition'] }
  const made =
    collection === 'kizuna-manuscripts'
      ? await cms.draft(data)
      : await cms.addOn({ ...data, ...(isOver && { validTo: '2026-01-31' }) })
  return { collection, id: String(made.id) }
}

describe('after any history', () => {
  test('each stored state is the one that is computed', async () => {
    const names = fc.constantFrom(...Object.keys(ACTS))
    const histories = fc.sample(
      fc.tuple(fc.constantFrom(...COLLECTIONS), fc.boolean(), fc.array(names, { maxLength: 9 })),
      { numRuns: 8, seed: 14 },
    )
    // the whole way, too: random acts rarely get as far
    const whole =
      'submit approveMunicipal approveNutrition approveSecond approveChief publish'.split(' ')
    const ways = [
      ...histories,
      ...COLLECTIONS.map((collection) => [collection, false, whole] as const),
      ...COLLECTIONS.map((collection) => [collection, true, [...whole, 'edit']] as const),
      ...COLLECTIONS.map((one) => [one, false, [...whole, 'withdraw', 'comment']] as const),
    ]
    for (const [collection, isOver, acts] of ways) {
      const played = await start(collection, isOver)
      for (const name of acts) await ACTS[name]?.(played)
    }
    for (const collection of COLLECTIONS) {
      expect(await stored(collection)).toEqual(await computed(collection))
    }
    const standings = (await stored('kizuna-add-ons')).map(({ standing }) => standing)
    expect(standings).toEqual(expect.arrayContaining(['live:published', 'live:draft']))
  }, 120_000)

  test('at any moment they are counted as they are computed one by one', async () => {
    for (const days of [-400, 0, 100, 4000]) {
      const now = new Date(Date.now() + days * DAY_MS)
      for (const [person, collection] of WHO) {
        const req = await cms.reqOf(person)
        const one = await loadOverview(req, { collection }, { policy, now: () => now })
        const counted = await countShown(await cms.reqOf(person), collection, now)
        expect({ days, person, collection, counted }).toEqual({
          days,
          person,
          collection,
          counted: countShownStates(one).filter(({ count }) => count > 0),
        })
      }
    }
  }, 60_000)

  test('what waits is what the rules say of each text, also when all is overdue', async () => {
    for (const days of [0, 4000]) {
      const options = { policy, now: () => new Date(Date.now() + days * DAY_MS) }
      for (const person of [
        'midori',
        'kaoru',
        'doctor',
        'eiko',
        'mayu',
        'hana',
        'machi',
      ] as const) {
        const req = await cms.reqOf(person)
        const all = await Promise.all(
          collectionsFor(req.user).map((collection) => loadOverview(req, { collection }, options)),
        )
        const computed = reviewQueueOf(req.user, all.flat())
        expect(reviewQueueOf(req.user, await loadAllWaiting(req, options))).toEqual(computed)
        const { toApprove, toPublish } = computed
        const waiting = await findWaiting(await cms.reqOf(person), options)
        const idsOf = ({ texts }: { texts: readonly { document: string }[] }) =>
          texts.map(({ document }) => document).toSorted()
        const ids = (summaries: readonly { id: string }[]) =>
          summaries.map(({ id }) => id).toSorted()
        expect({ days, person, ids: idsOf(waiting.toReview) }).toEqual({
          days,
          person,
          ids: ids(toApprove),
        })
        expect({ days, person, ids: idsOf(waiting.toPublish) }).toEqual({
          days,
          person,
          ids: ids(toPublish),
        })
      }
    }
  }, 60_000)
})

const WHO = [
  ['midori', 'kizuna-manuscripts'],
  ['midori', 'kizuna-add-ons'],
  ['machi', 'kizuna-add-ons'],
  ['mina', 'kizuna-add-ons'],
] as const

async function stored(collection: Collection) {
  const { docs } = await cms.payload.db.find<Record<string, unknown>>({
    collection: TEXT_STATES,
    where: {
      contentKind: { equals: collection === 'kizuna-manuscripts' ? 'manuscript' : 'addOn' },
    },
    limit: 0,
    pagination: false,
  })
  return docs.map(({ id: _id, updatedAt: _at, createdAt: _since, ...rest }) => rest).toSorted(byKey)
}

async function computed(collection: Collection) {
  const req: PayloadRequest = await cms.reqOf('midori')
  const reviews = await loadReviews(req, { collection }, policy)
  const states = await deriveStates(req, reviews, policy)
  return states.map((state) => ({ ...state })).toSorted(byKey)
}

function byKey(one: { key?: unknown }, other: { key?: unknown }): number {
  return String(one.key) < String(other.key) ? -1 : 1
}

test('a copy that never went out needs what its origin is published with', async () => {
  const origin = await cms.draft({ topics: ['nutrition'] })
  const copy = await cms.draft({ topics: ['daily'] })
  await cms.payload.db.updateOne({
    collection: 'kizuna-manuscripts',
    id: copy.id,
    data: { origin: origin.id },
  })
  const { docs } = await cms.payload.db.findVersions({
    collection: 'kizuna-manuscripts',
    where: { parent: { equals: copy.id } },
  })
  await cms.payload.db.updateVersion({
    collection: 'kizuna-manuscripts',
    id: String(docs[0]?.id),
    versionData: { version: { ...docs[0]?.version, origin: origin.id } } as never,
  })
  const target = { collection: 'kizuna-manuscripts', id: String(origin.id) } as const
  for (const name of ['submit', 'approveNutrition', 'approveSecond', 'approveChief', 'publish']) {
    await ACTS[name]?.(target)
  }
  expect(await stored('kizuna-manuscripts')).toEqual(await computed('kizuna-manuscripts'))
  const state = (await stored('kizuna-manuscripts')).find(
    ({ document }) => document === String(copy.id),
  )
  expect(state?.lacking).toContain('nutrition')
})

describe('the states are derived anew', () => {
  test('when one is missing, of another rule, or of a text that is gone', async () => {
    const before = [await stored('kizuna-manuscripts'), await stored('kizuna-add-ons')]
    expect(await areStatesWhole(cms.payload, policy)).toBe(true)
    const where = { key: { equals: before[0]?.[0]?.key } }
    await cms.payload.db.deleteMany({ collection: TEXT_STATES, where })
    expect(await areStatesWhole(cms.payload, policy)).toBe(false)
    const orphan = { ...before[0]?.[1], key: 'manuscript:0', order: '0', document: '0'.repeat(24) }
    await cms.payload.db.create({ collection: TEXT_STATES, data: orphan })
    await rebuildStates(cms.payload, policy)
    expect([await stored('kizuna-manuscripts'), await stored('kizuna-add-ons')]).toEqual(before)
    expect(await areStatesWhole(cms.payload, policy)).toBe(true)
    expect(await areStatesWhole(cms.payload, parsePolicy({ reviewMonths: 3 }))).toBe(false)
  }, 60_000)

  test('and go with their text', async () => {
    const { id } = await cms.draft()
    const count = (await stored('kizuna-manuscripts')).length
    const move = async (deletedAt: string | null) =>
      cms.rest('hana', `PATCH /kizuna-manuscripts/${id}?trash=true`, { deletedAt })
    expect((await move(new Date().toISOString())).status).toBe(200)
    expect(await stored('kizuna-manuscripts')).toHaveLength(count - 1)
    expect((await move(null)).status).toBe(200)
    expect(await stored('kizuna-manuscripts')).toHaveLength(count)
  })
})

describe('a search', () => {
  const found = async (person: Person, collection: Collection, words: string) => {
    const question = { collection, words, state: '', page: 1 } as const
    const { rows } = await searchTexts(await cms.reqOf(person), question, new Date())
    return rows.map(({ title }) => title)
  }

  test('finds words of titles and texts, in any kana and width, and all of them', async () => {
    await cms.draft({
      title: '予防接種のころ',
      body: 'ロタウイルスのワクチンは生後2か月からです。',
    })
    await cms.draft({ title: 'よく動くころ', body: 'ワクチンの予定を見なおしましょう。' })
    expect(await found('hana', 'kizuna-manuscripts', 'ろたうぃるす')).toEqual(['予防接種のころ'])
    expect((await found('hana', 'kizuna-manuscripts', 'わくちん')).toSorted()).toEqual([
      'よく動くころ',
      '予防接種のころ',
    ])
    expect(await found('hana', 'kizuna-manuscripts', 'ワクチン 予定')).toEqual(['よく動くころ'])
    expect(await found('hana', 'kizuna-manuscripts', '種')).toEqual(['予防接種のころ'])
    expect(await found('hana', 'kizuna-manuscripts', '断乳')).toEqual([])
  })

  test('shows what was typed last, and to each person what they may read', async () => {
    const { id } = await cms.addOn({ title: '北の園のひろば' })
    await cms.on('kizuna-add-ons').edit('machi', id, {
      blocks: [{ blockType: 'text', text: 'どんぐりをひろいます。' }],
    })
    expect(await found('machi', 'kizuna-add-ons', 'ドングリ')).toEqual(['北の園のひろば'])
    expect(await found('midori', 'kizuna-add-ons', 'ドングリ')).toEqual(['北の園のひろば'])
    expect(await found('dango', 'kizuna-add-ons', 'ドングリ')).toEqual([])
    expect(await found('machi', 'kizuna-manuscripts', 'わくちん')).toEqual([])
  })
})

test('only rules that ask for what states have are put to them as they are', () => {
  expect(isOfShared({ and: [{ municipality: { equals: '1' } }] })).toBe(true)
  expect(isOfShared({ _status: { equals: 'published' } })).toBe(true)
  expect(isOfShared({ or: [{ municipality: { equals: '1' } }, { proposedBy: {} }] })).toBe(false)
})

test('one act derives a state once, at the end of its transaction, and none when it is taken back', async () => {
  const { db } = cms.payload
  const upsert = db.upsert.bind(db)
  const derived: string[] = []
  db.upsert = async (args) => {
    if (args.collection === TEXT_STATES) derived.push(String(args.data.standing))
    return upsert(args)
  }
  try {
    const { id } = await cms.published({ title: '見本 一度だけ' })
    expect(derived).toEqual([
      'none:draft', // written
      'none:in_review', // handed in
      'none:approved',
      'live:published', // live row and release
    ])
    derived.length = 0
    const again = await cms.rest('midori', `POST /kizuna-manuscripts/${id}/publish`)
    expect([again.status, derived]).toEqual([409, []])
  } finally {
    db.upsert = upsert
  }
})
