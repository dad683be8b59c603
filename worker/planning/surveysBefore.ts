import type { Db } from 'mongodb'

import { deliveryId } from '../../src/plan/candidate'
import { surveySlot } from '../../src/plan/notice'
import { monthOf } from '../../src/stage/month'
import { surveysAsked } from '../content/askedSurveys'
import { createPairNames } from '../ledger/pairNames'
import type { Run } from '../ledger/documents'
import type { ExistingDelivery, ExistingDeliveries, PlannedRun } from './existingDeliveries'

/** What a reader was asked, about whichever of their children. */
export interface AskedBefore extends ExistingDelivery {
  reader: string
}

/** The readers that are to be asked these surveys today. */
export interface ToAsk {
  readers: readonly string[]
  /** Slots of the surveys. */
  slots: readonly string[]
}

type FindExisting = (ids: string[], run: PlannedRun) => Promise<ExistingDeliveries>

/** Reads which surveys readers were asked: these ones ever, and any in the month of a run. */
export function createSurveysBefore(db: Db, findExisting: FindExisting) {
  const names = createPairNames(db)
  return async (
    { readers, slots }: ToAsk,
    run: PlannedRun & Pick<Run, 'municipality' | 'date'>,
  ): Promise<AskedBefore[]> => {
    if (readers.length === 0) return []
    const { municipality, date } = run
    const month = { municipality, from: `${monthOf(date)}-01`, to: date }
    const ofMonth = (await surveysAsked(db, month)).map(surveySlot)
    const all = [...new Set([...slots, ...ofMonth])]
    // A child that is due nothing today may be one that was asked about before.
    const pairs = await names.ofReaders(readers)
    const readerOf = new Map(
      pairs.flatMap(({ _id, former = [], reader }) =>
        [_id, ...former].flatMap((pair) =>
          all.map((slot) => [deliveryId(pair, slot), reader] as const),
        ),
      ),
    )
    const { existing } = await findExisting([...readerOf.keys()], run)
    return existing.map((one) => ({ ...one, reader: readerOf.get(one._id) ?? '' }))
  }
}
