import type { PayloadRequest } from 'payload'

import { localDayOf } from '../stage/day'
import { monthOf } from '../stage/month'
import { lastQuarter, type Period } from '../statistics/period'
import { handbookRate, type Rate } from '../statistics/rates'
import { findDenominators, findTold } from './find'

/** The rate of the newest quarter that is over, of what the person may read. */
export async function findQuarterRate(
  req: PayloadRequest,
  now: Date,
): Promise<{ period: Period; rate: Rate }> {
  const period = lastQuarter(monthOf(localDayOf(now)))
  const [{ registrations }, denominators] = await Promise.all([
    findTold(req, null, period),
    findDenominators(req, null, period),
  ])
  return { period, rate: handbookRate({ registrations, denominators, period }) }
}
