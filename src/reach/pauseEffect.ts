import type { PayloadRequest } from 'payload'

import { deliveriesIn } from '../plan/reach'
import { addDays, daysBetween, localDayOf, type LocalDay } from '../stage/day'
import { findTown } from '../municipality/findChanges'
import { loadFigures } from './municipalities'
import { pauseSentences } from './pauseSentences'
import { readersIn } from './townEffect'
import { findTownTexts } from './townTexts'

/** Without a last day, what one week takes is told (days). */
const WEEK = 7

/** A forecast says nothing of later (days). */
const FARTHEST = 92

/** What pausing a municipality's deliveries from tomorrow on would take from its readers. */
export async function loadPauseEffect(
  req: PayloadRequest,
  { id, until }: { id: string; until: LocalDay | null },
  now: Date,
): Promise<{ sentences: string[] }> {
  await findTown(req, id) // refuses whoever may not read it
  const today = localDayOf(now)
  const tomorrow = addDays(today, 1)
  const texts = await findTownTexts(req, id, tomorrow)
  const figures = (await loadFigures(req, now)).get(id) ?? null
  const days = until === null ? WEEK : Math.min(FARTHEST, Math.max(1, daysBetween(today, until)))
  return {
    sentences: pauseSentences({
      texts: texts.length,
      readers: figures && readersIn(figures.forecast.editions),
      asOf: figures?.asOf ?? null,
      deliveries: figures && deliveriesIn(figures.forecast, texts, { day: tomorrow, days }),
      days,
      until: until !== null && daysBetween(today, until) <= FARTHEST ? until : null,
    }),
  }
}
