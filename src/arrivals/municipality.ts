import type { PayloadRequest, Where } from 'payload'

import type { KizunaHiddenText } from '../payload-types'
import {
  readHiddenTexts,
  readMunicipality,
  readRelease,
  readSeriesCodes,
  type SyncedMunicipality,
} from '../plan/readCmsDocuments'
import type { ExpectedSlot } from '../plan/holes'
import { findLiveReleases, OF_PLANNED, readableReleases } from '../release/findReleases'
import { liveContent, type LiveContent } from '../release/live'
import { findLiveContent } from '../review/queries/inForce'
import { contactVariablesOf } from '../review/queries/contentOwner'
import { expectedInSeries } from '../coverage/expected'

/** A municipality with everything it could send today, read as its reader may read it. */
export interface ArrivalMunicipality {
  settings: SyncedMunicipality
  content: LiveContent
  /** Values of the municipality's own contact words, as they are now. */
  variables: Record<string, string>
  /** Codes and names of the series by their id. */
  series: Record<string, { code: string; name: string }>
  /** Names of the series by their code. */
  seriesNames: ReadonlyMap<string, string>
  /** Slots where the series expect a text. */
  expected: ExpectedSlot[]
}

/**
 * Reads a municipality's settings, the series and the releases in force, mapped as the worker maps
 * them; null when the person may not read it. Who may not read releases gets none.
 */
export async function loadMunicipality(
  req: PayloadRequest,
  id: string,
): Promise<ArrivalMunicipality | null> {
  const [document, series, hidden, content] = await Promise.all([
    findMunicipality(req, id),
    findSeries(req),
    findHiddenTexts(req, id),
    findContent(req, id),
  ])
  if (!document) return null
  const codes = readSeriesCodes(series)
  return {
    settings: readMunicipality(document, codes, readHiddenTexts(hidden, codes)),
    content,
    variables: contactVariablesOf(document),
    series: Object.fromEntries(series.map(({ id: key, code, name }) => [key, { code, name }])),
    seriesNames: new Map(series.map(({ code, name }) => [code, name])),
    expected: series.flatMap((one) => expectedInSeries(one, editionsOf(document))),
  }
}

const editionsOf = ({ editions }: { editions?: unknown }): string[] =>
  Array.isArray(editions) ? editions.map(String) : []

/** A municipality as it is stored; null when the person may not read it. */
export function findMunicipality(req: PayloadRequest, id: string) {
  return req.payload.findByID({
    collection: 'kizuna-municipalities',
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
}

/** All series, in their order. */
export async function findSeries(req: PayloadRequest) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-series',
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    sort: 'order',
  })
  return docs
}

/** Texts the municipality hides; who may not read them is shown the day without that. */
export async function findHiddenTexts(
  req: PayloadRequest,
  municipality: string,
): Promise<KizunaHiddenText[]> {
  const found = req.payload.find({
    collection: 'kizuna-hidden-texts',
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    where: { municipality: { equals: municipality } },
  })
  return found.then(({ docs }) => docs).catch(noneWhenRefused)
}

function noneWhenRefused(error: unknown): never[] {
  if ((error as { status?: unknown }).status === 403) return []
  throw error
}

/** What is in force for it, as far as the person may read releases; who may read none gets none. */
async function findContent(req: PayloadRequest, municipality: string): Promise<LiveContent> {
  const where: Where = {
    or: [{ municipality: { exists: false } }, { municipality: { equals: municipality } }],
  }
  const allowed = await readableReleases(req)
  const isAll = allowed === true || JSON.stringify(allowed) === JSON.stringify(where)
  if (isAll) return findLiveContent(req.payload, municipality)
  const found = findLiveReleases(req, {
    where,
    fields: OF_PLANNED,
    sort: '-publishedAt',
    overrideAccess: false,
  })
  return liveContent((await found.catch(noneWhenRefused)).map(readRelease))
}
