import type { PayloadRequest } from 'payload'

import { localDayOf } from '../stage/day'
import { monthOf } from '../stage/month'
import { lastQuarter, type Period } from '../statistics/period'
import { handbookRate, type Rate } from '../statistics/rates'
import { findDenominators, findMonths } from './find'

/** The rate of the newest quarter that is over, of what the person may read. */
export async function findQuarterRate(
  req: PayloadRequest,
  now: Date,
): Promise<{ period: Period; rate: Rate }> {
  const period = lastQuarter(monthOf(localDayOf(now)))
  const [months, denominators] = await Promise.all([
    findMonths(req, null, period),
    findDenominators(req, null, period),
  ])
  return { period, rate: handbookRate({ months, denominators, period }) }
}
