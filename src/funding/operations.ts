import type { PayloadRequest } from 'payload'

import { inLine } from '../cms/inLine'
import { ReviewRefusal } from '../cms/refusal'
import { toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { findTowns } from '../municipality/findTowns'
import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'
import { BEGUN_FROM } from './audit'
import { findFunding, FUNDING } from './load'
import { fundingTemplate, type FundingLine } from './templates'

/** Whether a person makes reports of a municipality: its staff, and the chief for any. *Pure.* */
export function canMakeFunding(user: PayloadRequest['user'], municipality: string): boolean {
  if (hasRole(user, 'chief')) return true
  return hasRole(user, ...MUNICIPAL) && municipalityIdOf(user) === municipality
}

/** Where a new report belongs. */
export interface FundingPlace {
  municipality: string
  fiscalYear: number
}

/**
 * Begins a report from a template.
 *
 * @returns its id. @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND, ALREADY_DONE where there is one
 */
export async function beginFunding(
  req: PayloadRequest,
  { template, ...place }: FundingPlace & { template: string },
): Promise<string> {
  const known = fundingTemplate(template)
  if (!known) throw new ReviewRefusal('NOT_FOUND', 'ひな形が見つかりません。選び直してください。')
  const { label, lines } = known
  return insert(req, { ...place, title: label, lines, from: `ひな形「${label}」から` })
}

/**
 * Copies the lines of a report to another year or municipality: what was promised and typed in stays
 * with the one it is of.
 *
 * @returns the copy's id. @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND, ALREADY_DONE as above
 */
export async function copyFunding(
  req: PayloadRequest,
  { id, ...place }: FundingPlace & { id: string },
): Promise<string> {
  const { title, lines } = await findFunding(req, id)
  const own = (lines ?? []).map(({ label, figure, note }) => ({
    label,
    figure,
    note: note ?? null,
  }))
  return insert(req, { ...place, title: title ?? '', lines: own, from: `「${title}」から` })
}

interface NewReport extends FundingPlace {
  title: string
  lines: readonly FundingLine[]
  /** Where the lines come from, in words. */
  from: string
}

async function insert(req: PayloadRequest, { from, ...report }: NewReport): Promise<string> {
  const { municipality } = report
  const [town] = await findTowns(req, municipality)
  if (!town) {
    throw new ReviewRefusal('NOT_FOUND', '自治体が見つからないか、見る権限がありません。')
  }
  if (!canMakeFunding(req.user, municipality)) {
    throw new ReviewRefusal('NOT_ALLOWED', 'この自治体の報告を作る権限がありません。')
  }
  return inLine(`funding:${municipality}`, () =>
    inTransaction(req, async () => {
      await refuseSecond(req, report)
      const made = await req.payload.create({
        collection: FUNDING,
        data: toStore(report),
        depth: 0,
        context: { [BEGUN_FROM]: from },
        overrideAccess: true, // who may is asked above
        req,
      })
      return String(made.id)
    }),
  )
}

/** Two of one name and year could not be told apart in the list. */
async function refuseSecond(
  req: PayloadRequest,
  { municipality, fiscalYear, title }: Omit<NewReport, 'from'>,
): Promise<void> {
  const { totalDocs } = await req.payload.count({
    collection: FUNDING,
    where: {
      and: [
        { municipality: { equals: municipality } },
        { fiscalYear: { equals: fiscalYear } },
        { title: { equals: title } },
      ],
    },
    overrideAccess: true, // who may is asked above
    req,
  })
  if (totalDocs === 0) return
  throw new ReviewRefusal(
    'ALREADY_DONE',
    `「${fiscalYear}年度 ${title}」は、もうあります。一覧から開いて使ってください。同じ年度にもう 1 つ作るときは、前の報告の題名を変えてからにします。`,
  )
}
