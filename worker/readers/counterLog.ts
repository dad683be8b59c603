import type { Db, Filter } from 'mongodb'

import { addDays, instantOf, type LocalDay } from '../../src/stage/day'
import { readerCollections, type CounterEntry } from './collections'

/** A step at a counter as it may be read: ids alone, and no trace of an address. */
export type CounterStep = Omit<CounterEntry, '_id' | 'index' | 'removeAt'>

/** Which steps are asked for. */
export interface CounterPeriod {
  /** First and last day, both inclusive. */
  from: LocalDay
  to: LocalDay
  /** Six-digit code. @default all */
  municipality?: string | undefined
}

const SHOWN = { _id: 0, index: 0, removeAt: 0 } as const

/** What was done at the counters in a period, oldest first. */
export function findCounterSteps(
  db: Db,
  { from, to, municipality }: CounterPeriod,
): Promise<CounterStep[]> {
  const at = { $gte: instantOf(from, '00:00'), $lt: instantOf(addDays(to, 1), '00:00') }
  const filter: Filter<CounterEntry> = { at, ...(municipality !== undefined && { municipality }) }
  return readerCollections(db)
    .counterLog.find(filter, { projection: SHOWN })
    .sort({ at: 1, _id: 1 })
    .toArray()
}
