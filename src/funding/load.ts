import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { relatedId, type Related } from '../cms/relation'
import { asStored } from '../cms/stored'
import { findTowns, type Town } from '../municipality/findTowns'
import { findDenominators, findMonths } from '../numbers/find'
import { localDayOf } from '../stage/day'
import { monthOf } from '../stage/month'
import { fiscalYearPeriod, type Period } from '../statistics/period'
import { fundingRows, type FundingRow } from './rows'
import type { FundingLine } from './templates'

/** Slug of the reports to grants. */
export const FUNDING = 'kizuna-funding-reports'

/** A report to a grant with its results. */
export interface FundingReport {
  id: string
  title: string
  fiscalYear: number
  town: Town
  /** Null while no month of the year is over. */
  period: Period | null
  rows: FundingRow[]
  /** Day on which it was made. */
  madeOn: string
}

/** A report as the CMS stores it. */
export interface StoredFunding {
  id: string | number
  title?: string | null
  fiscalYear: number
  municipality: Related
  lines?: FundingLine[] | null
}

/** A report the person may read. @throws ReviewRefusal NOT_FOUND */
export async function findFunding(req: PayloadRequest, id: string): Promise<StoredFunding> {
  const found = await req.payload.findByID({
    collection: FUNDING,
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  if (found) return asStored<StoredFunding>(found)
  throw new ReviewRefusal('NOT_FOUND', '報告が見つからないか、見る権限がありません。')
}

/** A report with its results of the months that are over. @throws ReviewRefusal NOT_FOUND */
export async function loadFunding(
  req: PayloadRequest,
  id: string,
  now: Date,
): Promise<FundingReport> {
  const { title, fiscalYear, municipality, lines } = await findFunding(req, id)
  const [town] = await findTowns(req, relatedId(municipality) ?? '')
  if (!town) {
    throw new ReviewRefusal('NOT_FOUND', '自治体が見つからないか、見る権限がありません。')
  }
  const today = localDayOf(now)
  const period = fiscalYearPeriod(fiscalYear, monthOf(today))
  const source = period ?? withoutMonths(fiscalYear)
  const [months, denominators] = await Promise.all([
    findMonths(req, town, source),
    findDenominators(req, town, source),
  ])
  const rows = fundingRows(lines ?? [], { months, denominators, period: source })
  return { id, title: title ?? '', fiscalYear, town, period, rows, madeOn: today }
}

/** Of a year of which nothing is over there is nothing to find. */
function withoutMonths(year: number): Period {
  return { key: String(year), label: `${year}年度`, first: `${year}-04`, last: `${year}-03` }
}
