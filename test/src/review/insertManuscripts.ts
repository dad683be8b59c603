import type { Payload } from 'payload'

import { contentHash } from '../../../src/release/hash'
import { freezeManuscript } from '../../../src/review/rules/freeze'
import { needsOf, parsePolicy, policyHash } from '../../../src/review/rules/policy'
import { insertStates } from './insertStates'

/** Who writes, reviews and publishes them. */
type Writer = 'hana' | 'doctor' | 'midori'

/** A CMS with the people who made the texts. */
export interface EditorialPeople {
  payload: Payload
  users: Readonly<Record<Writer, { id: string }>>
}

/** Where a text stands in its review. */
export type ReviewStage = 'draft' | 'in_review' | 'published'

/** A manuscript that is written straight into the database. */
export interface StoredManuscript {
  slot: string
  series: { id: string; code: string }
  standing: ReviewStage
}

interface Raw {
  connection: {
    collection: (name: string) => { insertMany: (documents: object[]) => Promise<unknown> }
    base: { mongo: { ObjectId: new (id?: string) => object } }
  }
}

const TOPICS = ['pregnancy']
const POLICY_HASH = policyHash(needsOf(parsePolicy(), { type: 'manuscript', topics: TOPICS }))
const HOUR_MS = 3_600_000

/** Letters of a text as long as those of the sample. */
const BODY = '見本の文です。'.repeat(80)

/**
 * Manuscripts with their verdicts and releases straight into the database: through the form it
 * would take many minutes. Resolves with their ids, in the order given.
 */
export async function insertManuscripts(
  { payload, users }: EditorialPeople,
  texts: readonly StoredManuscript[],
): Promise<string[]> {
  const { connection } = payload.db as unknown as Raw
  const { ObjectId } = connection.base.mongo
  const insert = (collection: string, documents: object[]) =>
    documents.length > 0 && connection.collection(collection).insertMany(documents)
  const at = (hours: number) => {
    const instant = new Date(Date.now() - hours * HOUR_MS)
    return { createdAt: instant, updatedAt: instant }
  }
  const made = texts.map(({ slot, series, standing }, place) => {
    const id = new ObjectId()
    const text = {
      slot,
      edition: 'standard',
      kind: 'stage',
      subject: `見本 ${slot}`,
      body: BODY,
      ageBasis: 'calendar',
      monthRule: 'friendly',
    }
    const content = freezeManuscript(text, series.code)
    const document = {
      ...text,
      title: `(見本)${slot}`,
      series: new ObjectId(series.id),
      slotSortKey: place,
      slotLabel: slot,
      topics: TOPICS,
      authors: standing === 'published' ? [] : [new ObjectId(users.hana.id)],
      _status: standing === 'published' ? 'published' : 'draft',
    }
    const about = { relationTo: 'kizuna-manuscripts', value: id }
    return { id, standing, document, about, content, hash: contentHash(content) }
  })
  const documents = made.map(({ id, document }) => ({ _id: id, ...document, ...at(9) }))
  await insert('kizuna-manuscripts', documents)
  await insert(
    '_kizuna-manuscripts_versions',
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
    [kind, discipline, person]: readonly [string, string | null, Writer],
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
  await insert(
    'kizuna-approvals',
    made.flatMap((one) => VERDICTS[one.standing].map((given) => verdict(one, given))),
  )
  await insert(
    'kizuna-releases',
    made
      .filter(({ standing }) => standing === 'published')
      .map(({ id, about, content, hash, document: { series } }) => ({
        key: `manuscript:${String(id)}`,
        revision: 1,
        action: 'publish',
        document: about,
        content,
        contentHash: hash,
        variables: {},
        publishedAt: at(7).createdAt,
        whenOverdue: 'warn',
        reviewDueAt: at(-9000).createdAt,
        series,
        ...at(7),
      })),
  )
  await insertStates(payload)
  return made.map(({ id }) => String(id))
}

const SUBMIT = ['submit', null, 'hana'] as const

const VERDICTS: Record<ReviewStage, readonly (readonly [string, string | null, Writer])[]> = {
  draft: [],
  in_review: [SUBMIT],
  published: [SUBMIT, ['approve', 'midwifery', 'doctor'], ['approve', 'chief', 'midori']],
}
