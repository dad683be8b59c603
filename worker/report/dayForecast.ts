import type { Db } from 'mongodb'

import type { Needs } from '../../src/plan/yielding'

/** How many texts a municipality's day would have, as it was planned without a send. */
export interface DayForecast {
  /** `code:date` */
  _id: string
  at: Date
  deliveries: number
  /** Those through LINE, by account and by what leads them. */
  ofLine?: { account: string; needs: Needs }[]
}

/** Where it is stored. */
export function forecastsOf(db: Db) {
  return db.collection<DayForecast>('dayForecasts')
}
