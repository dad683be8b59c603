import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { documentChanges } from '../inbox/documentChanges'
import { findPlaceNames } from '../inbox/placeNames'
import type { InboxOptions } from '../inbox/reviewInbox'
import type { ReviewTarget } from '../operations/act'
import { freezeDocument } from '../queries/contentOwner'
import { loadReview, type Review } from '../queries/load'
import { besideFields, besideOf } from '../rules/beside'
import type { FieldChange } from '../rules/changes'
import { allFields } from '../rules/fieldOf'
import type { StoredDocument } from '../rules/freeze'
import { reviewedFields, type FieldNames, type ReviewedField } from '../rules/reviewedFields'
import { canSubmit } from '../rules/rights'
import { titleOf } from '../rules/title'
import { changedPlaces, handsIn, typedFields, type Step, type TypedFields } from './steps'
import { findVersions, findVersionTexts, type NamedVersion } from './storedVersions'

/** A change between two versions, and who made it. */
export interface SignedChange extends FieldChange {
  /** 「2026年11月29日(日) 9:12 佐藤(編集)」, one a save that had a hand in it. */
  hands: string[]
}

/** An earlier version beside another one, and what a restore of it would change. */
export interface VersionScreen {
  title: string
  version: NamedVersion
  isNewest: boolean
  /** Every other version, the newest first. */
  others: NamedVersion[]
  /** The one it is compared with; null where there is no other. */
  other: NamedVersion | null
  /** From the other to this one. */
  changes: SignedChange[]
  /** The version as a whole; fields without a value are left out. */
  fields: ReviewedField[]
  /** Null for who may not write on the document, and of its newest version. */
  restore: {
    /** ISO instant of the newest version as it is now; a restore names it. */
    updatedAt: string
    /** Labels of what a restore changes. */
    changed: string[]
  } | null
}

interface Asked extends ReviewTarget {
  version: string
  /** Id of the version to compare with; another one: the newest, or of the newest the one before. */
  compareWith: string
}

/**
 * Reads an earlier version for the person of the request.
 *
 * @throws ReviewRefusal NOT_FOUND when it is not there or the person may not read it.
 */
export async function loadVersionScreen(
  req: PayloadRequest,
  asked: Asked,
  options: InboxOptions,
): Promise<VersionScreen> {
  const { collection } = asked
  const review = await loadReview(req, asked, options.policy)
  const rows = await findVersions(req, asked)
  const version = rows.find(({ id }) => id === asked.version)
  if (!version) throw new ReviewRefusal('NOT_FOUND', GONE)
  const others = rows.filter(({ id }) => id !== version.id)
  const other = others.find(({ id }) => id === asked.compareWith) ?? others[0] ?? null
  const names = (await findPlaceNames(req, [review], options)).fieldNamesOf(review)
  const texts = await findVersionTexts(req, asked, between(rows, version, other))
  const after = texts.get(version.id) ?? {}
  const before = other && (texts.get(other.id) ?? {})
  const from = (old: StoredDocument) =>
    documentChanges(req, { collection, before: old, after, names }, options.policy)
  const steps = await stepsOf(req, { collection, rows, texts, names }, options)
  const isNewest = version.id === rows[0]?.id
  return {
    title: titleOf(review.document),
    version,
    isNewest,
    others,
    other,
    changes: (before ? await from(before) : []).map((change) => ({
      ...change,
      hands: handsIn(change, steps),
    })),
    fields: await fieldsOf(req, { review, document: after, names }, options),
    restore:
      isNewest || !canSubmit(req.user, review)
        ? null
        : {
            updatedAt: String(review.document.updatedAt),
            changed: (await from(review.document)).map(({ label }) => label),
          },
  }
}

const GONE = 'この版は見つからないか、見る権限がありません。古い版は、新しい版がふえると消えます。'

/** Ids of two versions and of all that were saved between them. *Pure.* */
function between(
  rows: readonly NamedVersion[],
  version: NamedVersion,
  other: NamedVersion | null,
): string[] {
  const [one, two] = [rows.indexOf(version), other ? rows.indexOf(other) : rows.indexOf(version)]
  return rows.slice(Math.min(one, two), Math.max(one, two) + 1).map(({ id }) => id)
}

interface Read {
  collection: ReviewTarget['collection']
  /** The newest first. */
  rows: readonly NamedVersion[]
  texts: ReadonlyMap<string, StoredDocument>
  names: FieldNames
}

/** The saves that lead from the oldest of the texts to the newest. */
async function stepsOf(
  req: PayloadRequest,
  { collection, rows, texts, names }: Read,
  { policy }: InboxOptions,
): Promise<Step[]> {
  const steps: Step[] = []
  let before: TypedFields | null = null
  for (const { id, at, who } of rows.toReversed()) {
    const document = texts.get(id)
    if (!document) continue
    const content = await freezeDocument(req, collection, document)
    const after = typedFields(document, content, { names, policy })
    if (before) steps.push({ by: `${at} ${who}`, places: changedPlaces(before, after) })
    before = after
  }
  return steps
}

interface Shown {
  review: Review
  document: StoredDocument
  names: FieldNames
}

async function fieldsOf(
  req: PayloadRequest,
  { review, document, names }: Shown,
  { policy }: InboxOptions,
): Promise<ReviewedField[]> {
  const { blockIds: _, ...ownNames } = names
  const content = await freezeDocument(req, review.collection, document)
  const fields = allFields(reviewedFields(content, ownNames))
  return [...fields, ...besideFields(besideOf(document), policy)].filter(({ text }) => text !== '')
}
