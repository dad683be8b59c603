import type { PayloadRequest } from 'payload'

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
import { reachIn } from '../plan/reach'
import { addDays, localDayOf } from '../stage/day'
import { loadFigures } from './municipalities'
import { everywhereSentence, variablesSentence } from './townSentences'
import { findTownTexts } from './townTexts'

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
              texts: (await findTownTexts(req, id, tomorrow)).length,
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
export function readersIn(editions: Readonly<Record<string, number>>): number | null {
  const told = Object.values(editions)
  return told.length === 0 ? null : told.reduce((sum, readers) => sum + readers, 0)
}
