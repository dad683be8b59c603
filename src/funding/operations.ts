import type { PayloadRequest } from 'payload'

import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { findTowns } from '../municipality/findTowns'
import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'
import { findFunding, FUNDING } from './load'
import { fundingTemplate, type FundingLine } from './templates'

interface Clock {
  now: () => Date
}

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
 * @returns its id. @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND
 */
export async function beginFunding(
  req: PayloadRequest,
  { template, ...place }: FundingPlace & { template: string },
  clock: Clock,
): Promise<string> {
  const known = fundingTemplate(template)
  if (!known) throw new ReviewRefusal('NOT_FOUND', 'ひな形が見つかりません。選び直してください。')
  const { label, lines } = known
  return insert(req, { ...place, title: label, lines, note: `ひな形「${label}」から` }, clock)
}

/**
 * Copies the lines of a report to another year or municipality: what was promised and typed in stays
 * with the one it is of.
 *
 * @returns the copy's id. @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND
 */
export async function copyFunding(
  req: PayloadRequest,
  { id, ...place }: FundingPlace & { id: string },
  clock: Clock,
): Promise<string> {
  const { title, lines } = await findFunding(req, id)
  const own = (lines ?? []).map(({ label, figure, note }) => ({
    label,
    figure,
    note: note ?? null,
  }))
  return insert(req, { ...place, title: title ?? '', lines: own, note: `「${title}」から` }, clock)
}

interface NewReport extends FundingPlace {
  title: string
  lines: readonly FundingLine[]
  note: string
}

async function insert(
  req: PayloadRequest,
  { municipality, fiscalYear, title, lines, note }: NewReport,
  { now }: Clock,
): Promise<string> {
  const [town] = await findTowns(req, municipality)
  if (!town) {
    throw new ReviewRefusal('NOT_FOUND', '自治体が見つからないか、見る権限がありません。')
  }
  if (!canMakeFunding(req.user, municipality)) {
    throw new ReviewRefusal('NOT_ALLOWED', 'この自治体の報告を作る権限がありません。')
  }
  return inTransaction(req, async () => {
    const made = await req.payload.create({
      collection: FUNDING,
      data: toStore({ municipality, fiscalYear, title, lines }),
      depth: 0,
      overrideAccess: true, // who may is asked above
      req,
    })
    const about = { collection: FUNDING, documentId: String(made.id), title }
    const said = `${town.name} ${fiscalYear}年度、${note}`
    await recordAudit(req, { action: 'create', ...about, at: now(), note: said })
    return String(made.id)
  })
}
