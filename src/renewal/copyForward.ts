import type { PayloadRequest } from 'payload'

import { asStored, toStore } from '../cms/stored'
import { relatedId } from '../cms/relation'
import { canCopySeries } from '../people/roles'
import type { PageSettings } from '../plugin/pageSettings'
import type { KizunaSeries } from '../payload-types'
import { carryAlignments, type CopiedText } from '../plain/carryAlignments'
import { recordAudit } from '../cms/audit'
import { releaseKey } from '../release/findReleases'
import { withCoAuthors } from '../review/gate/coAuthors'
import { loadEverybody } from '../review/queries/everybody'
import { ReviewRefusal } from '../cms/refusal'
import { placeKey, rememberContentOwners } from '../cms/requestMemory'
import { inTransaction } from '../cms/transaction'
import { localDayOf } from '../stage/day'
import { liveHashesOf } from './liveHashes'
import { pastDay } from './switchOver'

/** The new series as the editor names it. */
export interface NewSeries {
  /** Id of the series to copy. */
  series: string
  code: string
  name: string
  /** Day from which municipalities are to send it, `YYYY-MM-DD`. */
  startsOn: string
}

/** How far a copy is. */
export interface CopyProgress {
  done: number
  total: number
}

/** Texts copied in one go: a second or two, so that a lost connection loses little. */
const CHUNK = 100

/**
 * Makes the series of the new fiscal year, still empty; {@link continueCopy} fills it.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND; INCOMPLETE for a day that is over; ValidationError
 *   for a code that is taken.
 */
export async function startCopy(
  req: PayloadRequest,
  { series, code, name, startsOn }: NewSeries,
  now: () => Date,
): Promise<{ id: string }> {
  refuseStrangers(req)
  const today = localDayOf(now())
  if (startsOn < today) {
    throw new ReviewRefusal('INCOMPLETE', pastDay('使い始める日', startsOn, today))
  }
  const old = await findSeries(req, series)
  return inTransaction(req, async () => {
    const made = await req.payload.create({
      collection: 'kizuna-series',
      data: toStore({
        code,
        name,
        startsOn,
        copiedFrom: old.id,
        description: old.description,
        anchor: old.anchor,
        from: old.from,
        to: old.to,
        isEndIncluded: old.isEndIncluded,
        order: old.order,
        isActive: true,
        isArchived: false,
      }),
      depth: 0,
      overrideAccess: true, // editors may make a series only in this way; asked above
      req,
    })
    await recordAudit(req, {
      action: 'copy-forward',
      collection: 'kizuna-series',
      documentId: made.id,
      at: now(),
      title: name,
      note: `${old.name} から`,
    })
    return { id: made.id }
  })
}

/**
 * Copies the next texts as drafts with their origin; asked until `done` is `total`, whenever and by
 * whomever: what is there is left alone.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND.
 */
export async function continueCopy(
  req: PayloadRequest,
  id: string,
  { editions }: Pick<PageSettings, 'editions'>,
): Promise<CopyProgress> {
  refuseStrangers(req)
  const series = await findSeries(req, id)
  const old = relatedId(series.copiedFrom)
  if (old === null) {
    throw new ReviewRefusal('INCOMPLETE', 'このシリーズは、引き継いで作ったものではありません。')
  }
  return inTransaction(req, async () => {
    const originals = await findPlaces(req, old)
    const copies = await findPlaces(req, id)
    const places = new Map(copies.map((copy) => [placeKey(copy), copy]))
    const origins = new Set(copies.map(({ origin }) => relatedId(origin)))
    const isThere = (original: Place) =>
      origins.has(original.id) || places.has(placeKey({ ...original, series: id }))
    const open = originals.filter((original) => !isThere(original))
    const next = open.slice(0, CHUNK)
    rememberContentOwners(req).places = places
    const hashes = await liveHashesOf(req, old)
    const authors = await loadEverybody(req, 'kizuna-manuscripts', next)
    const copied: CopiedText[] = []
    for (const original of await findTexts(req, next)) {
      const hash = hashes.get(releaseKey('kizuna-manuscripts', original.id))
      const made = await withCoAuthors(req, authors.get(original.id) ?? [], () =>
        copy(req, original, { series: id, hash }),
      )
      copied.push({ original, copy: made, series: id })
    }
    await carryAlignments(req, copied, editions)
    return { total: originals.length, done: originals.length - open.length + next.length }
  })
}

/** Where a text stands. */
interface Place {
  id: string
  title: string
  series: unknown
  slot: string
  edition: string
  origin?: unknown
}

interface Text {
  id: string
  [field: string]: unknown
}

/** Fields of a text that go along; the rest belongs to the one document. */
const FIELDS = [
  'slot',
  'edition',
  'kind',
  'title',
  'subject',
  'body',
  'topics',
  'ageBasis',
  'monthRule',
  'theme',
  'picture',
  'pictureAlt',
]

async function copy(
  req: PayloadRequest,
  original: Text,
  { series, hash }: { series: string; hash: string | undefined },
): Promise<string> {
  const sources = Array.isArray(original.sources) ? original.sources : []
  const made = await req.payload.create({
    collection: 'kizuna-manuscripts',
    data: toStore({
      ...Object.fromEntries(FIELDS.map((field) => [field, original[field]])),
      sources: sources.map(({ id: _, ...source }: { id?: string }) => source),
      series,
      origin: original.id,
      originHash: hash ?? null,
      copyKey: `${series}|${original.id}`,
    }),
    draft: true,
    depth: 0,
    req,
    overrideAccess: true, // nobody else may write an origin; asked above
  })
  return made.id
}

/** Where the texts of a series stand, in the order of the slots. */
async function findPlaces(req: PayloadRequest, series: string): Promise<Place[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { series: { equals: series } },
    select: { title: true, series: true, slot: true, edition: true, origin: true },
    sort: 'slotSortKey',
    draft: true,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: false,
  })
  return docs
}

async function findTexts(req: PayloadRequest, places: readonly Place[]): Promise<Text[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { id: { in: places.map(({ id }) => id) } },
    sort: 'slotSortKey',
    draft: true,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: false,
  })
  return asStored<Text[]>(docs)
}

/** A series the person may read. @throws ReviewRefusal NOT_FOUND */
export async function findSeries(req: PayloadRequest, id: string): Promise<KizunaSeries> {
  const found = await req.payload.findByID({
    collection: 'kizuna-series' as const,
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
  if (found) return found
  throw new ReviewRefusal('NOT_FOUND', 'シリーズが見つからないか、見る権限がありません。')
}

function refuseStrangers(req: PayloadRequest): void {
  if (canCopySeries(req.user)) return
  throw new ReviewRefusal('NOT_ALLOWED', 'シリーズを引き継げるのは編集者だけです。')
}
