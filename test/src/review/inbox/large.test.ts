// The desk of a whole house: 2,500 manuscripts that went through their review, 200 of them waiting.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { PayloadRequest } from 'payload'

import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import { contentHash } from '../../../../src/release/hash'
import { freezeManuscript } from '../../../../src/review/rules/freeze'
import { loadOverview } from '../../../../src/review/queries/overview'
import { needsOf, parsePolicy, policyHash } from '../../../../src/review/rules/policy'
import { cpuMsOf } from '../../../cpu'
import { openEditorialCms, type EditorialCms } from '../editorialCms'

const COUNT = 2500
const WAITING = 200
const policy = parsePolicy()
const options = { policy, now: () => new Date(), editions: [] }
const TOPICS = ['pregnancy']
const POLICY_HASH = policyHash(needsOf(policy, { type: 'manuscript', topics: TOPICS }))

const HOUR_MS = 3_600_000
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS)

let desk: EditorialCms

beforeAll(async () => {
  desk = await openEditorialCms()
  await insertMany(desk)
}, 120_000)

afterAll(() => desk.close())

test.each([
  ['doctor', WAITING, 0],
  ['hana', 0, 1],
] as const)(
  'the desk of %s opens with less than a second of work',
  async (person, waiting, back) => {
    const req = await desk.reqOf(person)
    const { result, cpuMs } = await cpuMsOf(`desk of ${person} of ${COUNT}`, () =>
      loadReviewInbox(fresh(req), options),
    )
    expect(result.toReview).toHaveLength(waiting)
    expect(result.toRevise).toHaveLength(back)
    expect(cpuMs).toBeLessThan(1000)
  },
  60_000,
)

test('the states of all of them are told with less than two seconds of work', async () => {
  const req = await desk.reqOf('hana')
  const { result, cpuMs } = await cpuMsOf(`overview of ${COUNT}`, () =>
    loadOverview(fresh(req), { collection: 'manuscripts' }, options),
  )
  const waiting = result.filter(({ state }) => state === 'in_review')
  const out = result.filter(({ state }) => state === 'published')
  expect([waiting.length, out.length]).toEqual([WAITING, COUNT - WAITING])
  expect(cpuMs).toBeLessThan(2000)
}, 60_000)

/** As each page has its own: nothing is remembered from the one before. */
function fresh(req: PayloadRequest): PayloadRequest {
  return { ...req, context: {} } as PayloadRequest
}

interface Raw {
  connection: {
    collection: (name: string) => { insertMany: (documents: object[]) => Promise<unknown> }
    base: { mongo: { ObjectId: new (id?: string) => { toString: () => string } } }
  }
}

/** Straight into the database: through the form it would take many minutes. */
async function insertMany({ payload, series, users }: EditorialCms): Promise<void> {
  const { connection } = payload.db as unknown as Raw
  const { ObjectId } = connection.base.mongo
  const insert = (collection: string, documents: object[]) =>
    connection.collection(collection).insertMany(documents)
  const made = Array.from({ length: COUNT }, (_, day) => {
    const isWaiting = day >= COUNT - WAITING
    const id = new ObjectId()
    const text = {
      slot: `day${day}`,
      edition: 'standard',
      kind: 'stage',
      subject: '見本',
      body: '見本の文です。'.repeat(80),
      ageBasis: 'calendar',
      monthRule: 'friendly',
    }
    const content = freezeManuscript(text, String(series.code))
    const document = {
      ...text,
      title: `(見本)生後${day}日`,
      series: new ObjectId(String(series.id)),
      slotSortKey: 1000 + day,
      slotLabel: `生後${day}日`,
      topics: TOPICS,
      authors: isWaiting ? [new ObjectId(users.hana.id)] : [],
      _status: isWaiting ? 'draft' : 'published',
    }
    const about = { relationTo: 'manuscripts', value: id }
    const hash = contentHash(content)
    return { id, isWaiting, document, about, content, hash }
  })
  const at = (hours: number) => ({ createdAt: hoursAgo(hours), updatedAt: hoursAgo(hours) })
  const documents = made.map(({ id, document }) => ({ _id: id, ...document, ...at(9) }))
  await insert('manuscripts', documents)
  await insert(
    '_manuscripts_versions',
    documents.map(({ _id, ...version }) => ({
      parent: _id,
      version,
      latest: true,
      autosave: false,
      ...at(9),
    })),
  )
  const verdict = (
    { about, content, hash }: (typeof made)[number],
    [kind, discipline, person]: readonly [string, string | null, keyof typeof users],
  ) => ({
    document: about,
    verdict: kind,
    discipline,
    reviewer: new ObjectId(users[person].id),
    reviewerName: person,
    content,
    contentHash: hash,
    policyHash: POLICY_HASH,
    ...at(8),
  })
  const SUBMIT = ['submit', null, 'hana'] as const
  const APPROVE = [
    ['approve', 'midwifery', 'eiko'],
    ['approve', 'chief', 'midori'],
  ] as const
  await insert(
    'approvals',
    made.flatMap((one) => [
      verdict(one, SUBMIT),
      ...(one.isWaiting ? [] : APPROVE.map((given) => verdict(one, given))),
    ]),
  )
  await insert(
    'releases',
    made
      .filter(({ isWaiting }) => !isWaiting)
      .map(({ id, about, content, hash }) => ({
        key: `manuscript:${String(id)}`,
        revision: 1,
        action: 'publish',
        document: about,
        content,
        contentHash: hash,
        reviewDueAt: hoursAgo(-9000),
        series: series.id,
        ...at(7),
      })),
  )
  const [first] = made
  await insert('comments', [
    {
      document: first?.about,
      kind: 'comment',
      thread: null,
      field: 'body',
      text: '見本',
      author: new ObjectId(users.eiko.id),
      quote: '',
      proposal: null,
      ...at(6),
    },
  ])
}
