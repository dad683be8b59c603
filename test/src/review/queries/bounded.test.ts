// What home, queue and lists read does not grow with the texts that nobody waits for.
import { expect, test } from '@jest/globals'

import { findElsewhere } from '../../../../src/review/inbox/elsewhere'
import { findMentions } from '../../../../src/review/inbox/mentions'
import { findScheduled } from '../../../../src/review/inbox/scheduled'
import { findWaiting } from '../../../../src/review/inbox/waitingStates'
import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import { loadAllWaiting } from '../../../../src/review/inbox/reviewQueue'
import { loadReviewScreen } from '../../../../src/review/inbox/reviewScreen'
import type { ReviewTarget } from '../../../../src/review/operations/act'
import { loadDueReviews } from '../../../../src/review/queries/dueReviews'
import { loadReview } from '../../../../src/review/queries/load'
import { searchTexts } from '../../../../src/review/queries/searchTexts'
import {
  countShown,
  findRowsOf,
  findTakenSlots,
  loadMappedStates,
} from '../../../../src/review/queries/textStates'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { countReadDocuments } from '../../../readDocuments'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'
import { insertManuscripts } from '../insertManuscripts'

const cms = await openEditorialCmsOfFile()
const series = { id: String(cms.series.id), code: String(cms.series.code) }
const now = () => new Date()
const FEW = 30
const MANY = 600

const options = { policy: parsePolicy(), now, editions: [] }

const PEOPLE = ['hana', 'doctor', 'midori', 'machi'] as const

async function readBy(person: Person, waiting: ReviewTarget) {
  const req = () => cms.reqOf(person)
  const collection = 'kizuna-manuscripts'
  const cells = { collection, ids: [waiting.id] } as const
  const parts: Record<string, () => Promise<unknown>> = {
    waiting: async () => findWaiting(await req(), { now }),
    elsewhere: async () => findElsewhere(await req()),
    mentions: async () => findMentions(await req()),
    scheduled: async () => findScheduled(await req()),
    states: async () => countShown(await req(), collection, now()),
    due: async () => loadDueReviews(await req(), now()),
    list: async () => list(''),
    listOfState: async () => list('published'),
    payloadList: async () =>
      cms.payload.find({
        ...{
          collection,
          req: await req(),
          draft: true,
          overrideAccess: false,
          depth: 0,
          limit: 10,
        },
        pagination: false, // its count looks at all
      }),
    cells: async () => findRowsOf(await req(), cells, now()),
    digests: async () => loadAllWaiting(await req(), options),
    map: async () => loadMappedStates(await req(), { series: series.id, edition: 'easy' }, now()),
    holes: async () => findTakenSlots(await req(), { series: series.id, edition: 'easy' }),
    inbox: async () => loadReviewInbox(await req(), options),
    ...(person !== 'machi' && {
      review: async () => loadReviewScreen(await req(), waiting, options),
      verdicts: async () => loadReview(await req(), waiting, options.policy),
    }),
  }
  const list = async (state: '' | 'published') =>
    searchTexts(await req(), { collection, words: '', state, page: 1 }, now())
  const read: Record<string, number> = {}
  for (const [name, work] of Object.entries(parts)) {
    read[name] = (await countReadDocuments(cms.payload, work)).documents
  }
  return read
}

test('twenty times the texts that are out are no more to read', async () => {
  const texts = (first: number, count: number) =>
    Array.from({ length: count }, (_, day) => ({
      series,
      slot: `day${first + day}`,
      edition: first + day === 0 ? 'easy' : 'standard',
      standing: first + day < 10 ? ('in_review' as const) : ('published' as const),
    }))
  const [first = ''] = await insertManuscripts(cms, texts(0, FEW))
  const waiting = { collection: 'kizuna-manuscripts', id: first } as const
  const few = new Map<Person, Record<string, number>>()
  for (const person of PEOPLE) few.set(person, await readBy(person, waiting))
  expect(few.get('doctor')?.waiting).toBeGreaterThan(0) // the profiler counts at all
  await insertManuscripts(cms, texts(FEW, MANY - FEW))
  const grown: object[] = []
  for (const person of PEOPLE) {
    for (const [name, documents] of Object.entries(await readBy(person, waiting))) {
      const before = few.get(person)?.[name] ?? 0
      // a page of a list is a hundred rows
      const most = before + (/list/.test(name) ? 120 : 10)
      if (documents > most) grown.push({ person, name, before, documents })
    }
  }
  expect(grown).toEqual([])
}, 60_000)
