import type { PayloadRequest } from 'payload'

import { relatedId, type Related } from '../cms/relation'
import { findVariableEffect } from '../municipality/carryVariables'
import {
  changedWords,
  changeLines,
  EVERYWHERE,
  type ChangeLine,
  type TownWords,
} from '../municipality/townWords'
import { missingSentence } from '../municipality/variableReleases'
import { findTown } from '../municipality/findChanges'
import { reachIn, sendsOn } from '../plan/reach'
import { readSeriesCodes, type SyncedMunicipality } from '../plan/readCmsDocuments'
import type { ManuscriptContent } from '../release/content'
import { findLiveReleases } from '../release/findReleases'
import { addDays, localDayOf } from '../stage/day'
import { loadFigures, loadMunicipalities } from './municipalities'
import { everywhereSentence, variablesSentence } from './townSentences'

/** What other words of a municipality would do to what its readers get. */
export interface TownEffect {
  lines: ChangeLine[]
  /** Add-ons that are out and get another value of a word, with the words' names. */
  releases: { title: string; names: string[] }[]
  /** Why it cannot be saved: texts use words that would be gone. */
  missing: string[]
  /** How many texts and readers it touches. */
  sentences: string[]
}

/** What other words would do, for the person of the request; nothing is saved. */
export async function loadTownEffect(
  req: PayloadRequest,
  { id, words }: { id: string; words: Partial<TownWords> },
  now: Date,
): Promise<TownEffect> {
  const town = await findTown(req, id)
  const named = changedWords(town.words, words)
  const figures = (await loadFigures(req, now)).get(id) ?? null
  const tomorrow = addDays(localDayOf(now), 1)
  const { stale, missing } = named.includes('variables')
    ? await findVariableEffect(req, id, words.variables)
    : { stale: [], missing: [] }
  const reaches = stale.map(
    ({ release }) => figures && reachIn(figures.forecast, release.content, tomorrow),
  )
  const told = reaches.filter((reach) => reach !== null)
  const isEverywhere = named.some((word) => EVERYWHERE.includes(word))
  return {
    lines: changeLines(town.words, words),
    releases: stale.map(({ release, names }) => ({ title: release.content.title, names })),
    missing: missing.map(missingSentence),
    sentences: [
      ...(isEverywhere
        ? [
            everywhereSentence({
              texts: await countTexts(req, id, now),
              readers: figures && readersIn(figures.forecast.editions),
              asOf: figures?.asOf ?? null,
            }),
          ]
        : []),
      ...(stale.length > 0
        ? [
            variablesSentence({
              texts: stale.length,
              week: told.length > 0 ? told.reduce((sum, { week }) => sum + week, 0) : null,
              asOf: figures?.asOf ?? null,
            }),
          ]
        : []),
      ...(named.includes('areas') ? ['地区の名前は、登録のページで読者が選びます。'] : []),
      ...(named.includes('hosts') ? ['ホスト名は、読者には見えません。'] : []),
    ],
  }
}

/** Readers of all editions; null where too few of each to be told. */
function readersIn(editions: Readonly<Record<string, number>>): number | null {
  const told = Object.values(editions)
  return told.length === 0 ? null : told.reduce((sum, readers) => sum + readers, 0)
}

/** How many texts that are out the municipality sends: those of its series, and its own. */
async function countTexts(req: PayloadRequest, id: string, now: Date): Promise<number> {
  const towns = await loadMunicipalities(req)
  const town = towns.find(({ cmsId }) => cmsId === id)
  if (!town) return 0 // half filled in: it sends nothing yet
  const series = await req.payload.find({
    collection: 'series',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  const codes = readSeriesCodes(series.docs)
  const live = await findLiveReleases(req, {
    where: { or: [{ municipality: { exists: false } }, { municipality: { equals: id } }] },
    fields: ['series', 'slot', 'edition', 'municipality'],
    overrideAccess: true, // they are counted only
  })
  return live.filter((release) => {
    if (relatedId(release.municipality as Related) === id) return true
    const code = codes.get(relatedId(release.series as Related) ?? '')
    return code !== undefined && isSent(town, { ...release, code }, now)
  }).length
}

/** Whether a text of a series is among those the municipality takes; where it stands is enough. */
function isSent(
  town: SyncedMunicipality,
  { code, slot, edition }: { code: string; slot?: string | null; edition?: string | null },
  now: Date,
): boolean {
  if (!slot || !edition) return false
  const placed = { type: 'manuscript', series: code, slot, edition } as ManuscriptContent
  return sendsOn({ ...town, isActive: true }, placed, addDays(localDayOf(now), 1))
}
