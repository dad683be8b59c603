import type { Payload } from 'payload'

import { parsePolicy } from '../../../src/review/rules/policy'
import { rebuildStates } from '../../../src/review/queries/refreshStates'
import { preparedAddOns } from '../../src/review/insertAddOns'
import { preparedManuscripts } from '../../src/review/insertManuscripts'
import {
  insertRaw,
  insertTexts,
  rawId,
  writtenAgo,
  type EditorialPeople,
  type ReviewStage,
} from '../../src/review/insertTexts'
import type { Place } from './places'
import type { Words } from './sampleWords'

/** So many texts, and who sends them. */
export interface SetSize {
  manuscripts: number
  addOns: number
  municipalities: number
}

/** What the set grows by. */
export interface Growth {
  from: SetSize
  to: SetSize
  /** The municipalities that come new. */
  places: readonly Place[]
  series: readonly { id: string; code: string; slots: readonly string[] }[]
  /** Ids of those who write. */
  writers: readonly string[]
  words: { manuscripts: readonly Words[]; addOns: readonly Words[] }
}

const EDITIONS = ['standard', 'easy', 'english']

/**
 * What waits is the same however many texts there are: people have only so many hands. It is more
 * than one list shows.
 */
const IN_REVIEW = { manuscripts: 60, addOns: 240 }
const APPROVED = 20

/**
 * Where a text of a set stands: the last of the first texts wait, as what was written last does; of
 * those that wait for nobody nine in ten are out as they are.
 */
function standingOf(
  at: number,
  { from, to, inReview }: { from: number; to: number; inReview: number },
): ReviewStage {
  const later = from === 0 ? to - at : Infinity
  if (later < inReview) return 'in_review'
  if (later < inReview + APPROVED) return 'approved'
  return (['draft', 'rewritten'] as const)[at % 19] ?? 'published'
}

/** Lets the set grow, straight into the database, and derives the states; resolves with new ids. */
export async function growTexts(cms: EditorialPeople, growth: Growth) {
  const manuscripts = await insertTexts(cms, 'manuscript', manuscriptsOf(cms, growth))
  const addOns = await insertTexts(cms, 'addOn', addOnsOf(cms, growth))
  await insertAudit(cms.payload, [...manuscripts, ...addOns], growth.writers)
  await rebuildStates(cms.payload, parsePolicy())
  return { manuscripts, addOns }
}

function manuscriptsOf(cms: EditorialPeople, { from, to, series, writers, words }: Growth) {
  const places = series.flatMap((one) =>
    one.slots.flatMap((slot) => EDITIONS.map((edition) => ({ series: one, slot, edition }))),
  )
  const set = { from: from.manuscripts, to: to.manuscripts, inReview: IN_REVIEW.manuscripts }
  const texts = range(from.manuscripts, to.manuscripts).map((at) => {
    // Neighbours of a life come from all parts of the set.
    const place = places[(at * 7) % places.length]
    if (!place) throw new Error('There is no place for a manuscript.')
    const { name, text } = wordsAt(words.manuscripts, at)
    const standing = standingOf(at, set)
    return { ...place, standing, subject: name, body: text }
  })
  return preparedManuscripts(cms, texts).map((text, at) => ({
    ...text,
    writer: writers[at % writers.length] ?? '',
  }))
}

function addOnsOf(cms: EditorialPeople, { from, to, places, words }: Growth) {
  const set = { from: from.addOns, to: to.addOns, inReview: IN_REVIEW.addOns }
  const texts = range(from.addOns, to.addOns).map((at) => {
    const municipality = places[at % places.length]
    if (!municipality) throw new Error('There is no municipality.')
    // One municipality has all of the words, not every twentieth.
    const { name, text } = wordsAt(words.addOns, at + Math.floor(at / places.length))
    const month = 1 + (at % 35)
    return {
      municipality,
      standing: standingOf(at, set),
      title: name,
      text,
      from: `month${month}`,
      to: `month${month + 2}`,
    }
  })
  return preparedAddOns(cms, texts).map((text, at) => ({
    ...text,
    writer: texts[at]?.municipality.writer ?? '',
  }))
}

/** Two acts of each text. */
function insertAudit(payload: Payload, ids: readonly string[], writers: readonly string[]) {
  const actor = { relationTo: 'users', value: rawId(payload, writers[0]) }
  return insertRaw(
    payload,
    'kizuna-audit-logs', // as mongoose calls it
    ids.flatMap((documentId) =>
      ['submit', 'publish'].map((action) => ({
        action,
        documentId,
        collection: 'kizuna-manuscripts',
        title: '見本',
        actorName: '見本(編集)',
        actor,
        at: new Date(),
        ...writtenAgo(6),
      })),
    ),
  )
}

/** Saves of one manuscript before its newest, so that its history is as long as it gets. */
export async function insertHistory(payload: Payload, id: string, saves: number): Promise<void> {
  const manuscript = await payload.findByID({
    collection: 'kizuna-manuscripts',
    id,
    depth: 0,
    draft: true,
  })
  const { id: _id, series, authors: _authors, ...fields } = manuscript
  await insertRaw(
    payload,
    '_kizuna-manuscripts_versions',
    range(0, saves).map((at) => ({
      parent: rawId(payload, id),
      version: {
        ...fields,
        series: rawId(payload, String(series)),
        authors: [],
        body: `${fields.body} ${at}`,
        _status: 'draft',
        ...writtenAgo(1000 - at),
      },
      latest: false,
      autosave: false,
      ...writtenAgo(1000 - at),
    })),
  )
}

function wordsAt(words: readonly Words[], at: number): Words {
  return words[at % words.length] ?? { name: '見本', text: '見本' }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}
