import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { ReviewRefusal } from '../../cms/refusal'
import { findNames } from '../../people/names'
import { japaneseMoment } from '../../stage/japaneseDate'
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
import { documentChanges } from './documentChanges'
import { findPlaceNames } from './placeNames'
import type { InboxOptions } from './reviewInbox'

/** A version of a document, and its name in words: when, by whom, and whether it went out. */
export interface NamedVersion {
  id: string
  name: string
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
  changes: FieldChange[]
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
  const names = (await findPlaceNames(req, options)).fieldNamesOf(review)
  const after = await findVersion(req, asked, version.id)
  const from = (before: StoredDocument) =>
    documentChanges(req, { collection, before, after, names }, options.policy)
  const before = other && (await findVersion(req, asked, other.id))
  const isNewest = version.id === rows[0]?.id
  return {
    title: titleOf(review.document),
    version,
    isNewest,
    others,
    other,
    changes: before ? await from(before) : [],
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

interface VersionRow {
  id: string
  updatedAt: string
  version: StoredDocument
}

/** All versions of a document that the person may read, the newest first. */
async function findVersions(
  req: PayloadRequest,
  { collection, id }: ReviewTarget,
): Promise<NamedVersion[]> {
  const found = await req.payload.findVersions({
    collection,
    where: { parent: { equals: id } },
    sort: '-updatedAt',
    select: { updatedAt: true, version: { savedBy: true, _status: true } } as never,
    pagination: false,
    depth: 0,
    overrideAccess: false,
    showHiddenFields: true,
    req,
  })
  const rows = asStored<VersionRow[]>(found.docs)
  const savers = rows.map(({ version }) => version.savedBy).filter((one) => typeof one === 'string')
  const nameOf = await findNames(req, savers)
  return rows.map(({ id: own, updatedAt, version: { savedBy, _status } }) => {
    const who = typeof savedBy === 'string' ? `${nameOf(savedBy)}さんが` : ''
    const did = _status === 'published' ? '公開' : '保存'
    return { id: own, name: `${japaneseMoment(updatedAt)} に${who}${did}した版` }
  })
}

async function findVersion(
  req: PayloadRequest,
  { collection, id: parent }: ReviewTarget,
  id: string,
): Promise<StoredDocument> {
  const found = await req.payload.findVersionByID({
    collection,
    id,
    depth: 0,
    overrideAccess: false,
    showHiddenFields: true,
    req,
  })
  return { ...asStored<VersionRow>(found).version, id: parent }
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
