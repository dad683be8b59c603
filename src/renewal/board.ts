import type { PayloadRequest } from 'payload'

import { relatedId } from '../cms/relation'
import type { KizunaSeries } from '../payload-types'
import type { ManuscriptContent } from '../release/content'
import type { ReviewOptions } from '../review/operations/act'
import { releaseKey } from '../release/findReleases'
import { loadReviews } from '../review/queries/loadMany'
import { summarise } from '../review/queries/overview'
import type { ReviewState } from '../review/rules/state'
import { parseSlot, slotLabel, slotSortKey } from '../stage/slot'
import { findSeries } from './copyForward'
import { liveHashesOf } from './liveHashes'
import { carryOverStatusOf } from './carryOverStatus'
import type { CarryOverStatus } from './carryOverStatus'

/** One place of the new fiscal year's series. */
export interface BoardRow {
  standing: CarryOverStatus
  /** Id of the new text; null while it is missing. */
  id: string | null
  /** Id of the text it was taken over from; null for a new one. */
  origin: string | null
  title: string
  slotLabel: string
  sortKey: number
  edition: string
  /** Where the new text stands in its review; null while it is missing. */
  state: ReviewState | null
  /** Whether readers will get some release of it. */
  isLive: boolean
  /** Whether its newest release withdraws it. */
  isWithdrawn: boolean
  contentHash: string | null
}

/** The renewal of one series. */
export interface Board {
  id: string
  name: string
  old: { id: string; name: string; code: string; isArchived: boolean }
  startsOn: string
  /** In the order of the slots. */
  rows: BoardRow[]
}

/**
 * Compares the series of the new fiscal year with the one it was copied from, place by place, with a
 * handful of queries.
 *
 * @throws ReviewRefusal NOT_FOUND.
 */
export async function loadBoard(
  req: PayloadRequest,
  id: string,
  options: ReviewOptions,
): Promise<Board> {
  const { series, old, rows: taken } = await loadTaken(req, id, options)
  const missing = await findMissing(req, old.id, taken)
  return {
    id,
    name: series.name,
    startsOn: series.startsOn ?? '',
    old: { id: old.id, name: old.name, code: old.code, isArchived: old.isArchived === true },
    rows: [...taken, ...missing].sort((a, b) => a.sortKey - b.sortKey),
  }
}

/**
 * The places of the new series that have a text, in the collection's order, and the two series.
 *
 * @throws ReviewRefusal NOT_FOUND.
 */
export async function loadTaken(
  req: PayloadRequest,
  id: string,
  options: ReviewOptions,
): Promise<{ series: KizunaSeries; old: KizunaSeries; rows: BoardRow[] }> {
  const series = await findSeries(req, id)
  const old = await findSeries(req, relatedId(series.copiedFrom) ?? '')
  const where = { series: { equals: id } }
  const reviews = await loadReviews(
    req,
    { collection: 'kizuna-manuscripts', where },
    options.policy,
  )
  const hashes = await liveHashesOf(req, old.id)
  const rows = reviews.map((review): BoardRow => {
    const summary = summarise(review, options)
    const { document } = review
    const origin = relatedId(document.origin)
    const standing = origin
      ? carryOverStatusOf({
          content: review.content as ManuscriptContent,
          originHash: typeof document.originHash === 'string' ? document.originHash : null,
          originSeries: old.code,
          liveHash: hashes.get(releaseKey('kizuna-manuscripts', origin)) ?? null,
        })
      : 'new'
    return {
      standing,
      origin,
      id: review.id,
      title: summary.title,
      state: summary.state,
      slotLabel: summary.slotLabel,
      sortKey: summary.slotSortKey ?? 0,
      edition: summary.edition ?? '',
      contentHash: summary.contentHash,
      isLive: summary.isLive,
      isWithdrawn: summary.isWithdrawn,
    }
  })
  return { series, old, rows }
}

/** Texts of the old series whose place nobody stands on in the new one. */
async function findMissing(
  req: PayloadRequest,
  old: string,
  taken: readonly BoardRow[],
): Promise<BoardRow[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { series: { equals: old } },
    select: { title: true, slot: true, edition: true },
    draft: true,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: false,
  })
  const origins = new Set(taken.map(({ origin }) => origin))
  const places = new Set(taken.map(({ slotLabel: label, edition }) => `${label}|${edition}`))
  return docs.flatMap(({ id, title, slot, edition }) => {
    const label = labelOf(slot)
    if (origins.has(id) || places.has(`${label.text}|${edition}`)) return []
    return {
      standing: 'missing' as const,
      id: null,
      origin: id,
      title,
      edition,
      slotLabel: label.text,
      sortKey: label.sortKey,
      state: null,
      contentHash: null,
      isLive: false,
      isWithdrawn: false,
    }
  })
}

function labelOf(code: string): { text: string; sortKey: number } {
  try {
    const slot = parseSlot(code)
    return { text: slotLabel(slot), sortKey: slotSortKey(slot) }
  } catch {
    return { text: code, sortKey: 0 }
  }
}
