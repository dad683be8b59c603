import type { Payload } from 'payload'

import type { ReleaseContent } from '../../../src/release/content'
import { CONTENT_KINDS } from '../../../src/release/contentKind'
import { releaseKey } from '../../../src/release/findReleases'
import { contentHash } from '../../../src/release/hash'
import { needsOf, parsePolicy, policyHash } from '../../../src/review/rules/policy'

/** Who writes, reviews and publishes them. */
export type Writer = 'hana' | 'doctor' | 'midori'

/** A CMS with the people who made the texts. */
export interface EditorialPeople {
  payload: Payload
  users: Readonly<Record<Writer, { id: string }>>
}

/** Where a text stands in its review; one that is rewritten is out in other words. */
export type ReviewStage = 'draft' | 'in_review' | 'approved' | 'rewritten' | 'published'

/** A text as it is written straight into the database. */
export interface PreparedText {
  standing: ReviewStage
  /** Fields of the newest version, relations as the database has them. */
  document: Readonly<Record<string, unknown>> & { topics: string[] }
  /** What readers see of it. */
  content: ReleaseContent
  /** Id of who writes on it; hana unless it is said. */
  writer?: string
  /** The same as it went out before it was rewritten. */
  before?: { document: Readonly<Record<string, unknown>>; content: ReleaseContent }
}

interface Raw {
  connection: {
    collection: (name: string) => { insertMany: (documents: object[]) => Promise<unknown> }
    base: { mongo: { ObjectId: new (id?: string) => object } }
  }
}

const HOUR_MS = 3_600_000

/** Writes documents of a collection straight into the database. */
export async function insertRaw(
  payload: Payload,
  collection: string,
  documents: object[],
): Promise<void> {
  const { connection } = payload.db as unknown as Raw
  if (documents.length > 0) await connection.collection(collection).insertMany(documents)
}

/** The kind of id that the database has; the given one, or a new one. */
export function rawId({ db }: Payload, id?: string): object {
  const { ObjectId } = (db as unknown as Raw).connection.base.mongo
  return new ObjectId(id)
}

/** When something was written, as the database has it. */
export function writtenAgo(hours: number) {
  const instant = new Date(Date.now() - hours * HOUR_MS)
  return { createdAt: instant, updatedAt: instant }
}

/**
 * Texts of one kind with their versions, verdicts and releases straight into the database: through
 * the gate it would take many minutes. Their states are not derived. Resolves with their ids, in the
 * order given.
 */
export async function insertTexts(
  { payload, users }: EditorialPeople,
  kind: ReleaseContent['type'],
  texts: readonly PreparedText[],
): Promise<string[]> {
  const { collection } = CONTENT_KINDS[kind]
  const made = texts.map((text) => {
    const id = rawId(payload)
    const { document, standing, writer = users.hana.id } = text
    const isOut = standing === 'published'
    return {
      ...text,
      id,
      about: { relationTo: collection, value: id },
      newest: {
        ...document,
        authors: isOut ? [] : [rawId(payload, writer)],
        _status: isOut ? 'published' : 'draft',
      },
      live: isOut ? text : text.before,
    }
  })
  await insertRaw(
    payload,
    collection,
    made.map(({ id, newest, before }) => ({
      _id: id,
      ...(before ? { ...before.document, authors: [], _status: 'published' } : newest),
      ...writtenAgo(9),
    })),
  )
  await insertRaw(
    payload,
    `_${collection}_versions`,
    made.map(({ id, newest }) => ({
      parent: id,
      version: { ...newest, ...writtenAgo(9) },
      latest: true,
      autosave: false,
      ...writtenAgo(9),
    })),
  )
  await insertRaw(
    payload,
    'kizuna-approvals',
    made.flatMap(({ standing, about, content, document }) => {
      const needs = needsOf(parsePolicy(), { type: kind, topics: document.topics })
      return verdictsOf(kind, standing).map(([verdict, discipline, person]) => ({
        document: about,
        verdict,
        discipline,
        reviewer: rawId(payload, users[person].id),
        reviewerName: person,
        content,
        contentHash: contentHash(content),
        policyHash: policyHash(needs),
        ...writtenAgo(8),
      }))
    }),
  )
  await insertRaw(
    payload,
    'kizuna-releases',
    made.flatMap(({ id, about, live, document: { series, municipality } }) =>
      live
        ? [
            {
              key: releaseKey(collection, String(id)),
              revision: 1,
              action: 'publish',
              document: about,
              content: live.content,
              contentHash: contentHash(live.content),
              variables: {},
              publishedAt: writtenAgo(7).createdAt,
              whenOverdue: 'warn',
              reviewDueAt: writtenAgo(-9000).createdAt,
              ...(series ? { series } : { municipality }),
              ...writtenAgo(0), // who keeps what is in force looks for what is new
            },
          ]
        : [],
    ),
  )
  return made.map(({ id }) => String(id))
}

type RawVerdict = readonly [verdict: string, discipline: string | null, person: Writer]

const SUBMIT: RawVerdict = ['submit', null, 'hana']
const CHIEF: RawVerdict = ['approve', 'chief', 'midori']
const MIDWIFERY: RawVerdict = ['approve', 'midwifery', 'doctor']
const MUNICIPALITY: RawVerdict = ['approve', 'municipality', 'doctor']

/** What was said of a text; an add-on is with the team once its municipality has approved it. */
function verdictsOf(kind: ReleaseContent['type'], standing: ReviewStage): readonly RawVerdict[] {
  if (standing === 'draft' || standing === 'rewritten') return []
  const handedIn = kind === 'manuscript' ? [SUBMIT] : [SUBMIT, MUNICIPALITY]
  if (standing === 'in_review') return handedIn
  return [...handedIn, ...(kind === 'manuscript' ? [MIDWIFERY] : []), CHIEF]
}
