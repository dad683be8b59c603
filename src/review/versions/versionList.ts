import type { PayloadRequest } from 'payload'

import type { ReviewTarget } from '../operations/act'
import { findPlaceNames } from '../inbox/placeNames'
import type { InboxOptions } from '../inbox/reviewInbox'
import { freezeDocument } from '../queries/contentOwner'
import { loadReview } from '../queries/load'
import type { StoredDocument } from '../rules/freeze'
import { titleOf } from '../rules/title'
import { changedLabels, typedFields } from './steps'
import { findVersions, findVersionTexts, type NamedVersion } from './storedVersions'

/** Versions on one page of the list. */
export const VERSIONS_A_PAGE = 20

/** A version as the list tells of it. */
export interface ListedVersion extends NamedVersion {
  /** What its saver did, to stand behind their name: 「本文、話題を直した」. */
  did: string
  /** Id of the version it followed; null of the oldest that is kept. */
  previous: string | null
}

/** A page of a document's versions. */
export interface VersionList {
  title: string
  versions: ListedVersion[]
  page: number
  /** Number of the last page. */
  last: number
  total: number
}

/**
 * Reads a page of a document's versions for the person of the request, the newest first; of a page
 * that is not there the nearest.
 *
 * @throws ReviewRefusal NOT_FOUND when it is not there or the person may not read it.
 */
export async function loadVersionList(
  req: PayloadRequest,
  {
    page: asked,
    size = VERSIONS_A_PAGE,
    ...target
  }: ReviewTarget & { page: number; size?: number },
  options: InboxOptions,
): Promise<VersionList> {
  const review = await loadReview(req, target, options.policy)
  const all = await findVersions(req, target)
  const last = Math.max(1, Math.ceil(all.length / size))
  const page = Math.min(Math.max(1, asked), last)
  const from = (page - 1) * size
  const shown = all.slice(from, from + size + 1)
  const texts = await findVersionTexts(
    req,
    target,
    shown.map(({ id }) => id),
  )
  const names = (await findPlaceNames(req, [review], options)).fieldNamesOf(review)
  const fieldsOf = async (document: StoredDocument) =>
    typedFields(document, await freezeDocument(req, target.collection, document), {
      names,
      policy: options.policy,
    })
  const labelsOf = async (version: NamedVersion, previous: NamedVersion) => {
    const [before, after] = [texts.get(previous.id), texts.get(version.id)]
    return before && after ? changedLabels(await fieldsOf(before), await fieldsOf(after)) : []
  }
  const { versions: kept } = req.payload.collections[target.collection].config
  const isWhole = all.length < (kept ? kept.maxPerDoc : 0)
  const versions = await Promise.all(
    shown.slice(0, size).map(async (version, index): Promise<ListedVersion> => {
      const previous = shown[index + 1] ?? null
      const did = previous
        ? deedOf(version, await labelsOf(version, previous))
        : isWhole
          ? '書きはじめた'
          : deedOf(version, [])
      return { ...version, did, previous: previous?.id ?? null }
    }),
  )
  return { title: titleOf(review.document), versions, page, last, total: all.length }
}

/** What was done, as a list says it. *Pure.* */
function deedOf({ isPublication }: NamedVersion, labels: readonly string[]): string {
  if (isPublication) return '公開した'
  return labels.length > 0 ? `${labels.join('、')}を直した` : '保存した(文は変わっていません)'
}
