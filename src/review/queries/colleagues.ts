import type { PayloadRequest, Where } from 'payload'

import { withRoles } from '../../people/names'
import { MUNICIPAL, STILL_HERE, type Role } from '../../people/roles'
import { peopleIn } from '../../people/usersSlug'
import { kindOfCollection, type ContentCollection } from '../../release/contentKind'
import type { ReviewRequest } from '../rules/reviewRequests'
import { disciplinesOf } from '../rules/rights'
import type { Review } from './load'

/** Somebody with whom a person works on a text. */
export interface Colleague {
  id: string
  name: string
  /** The account as the rules of rights read it. */
  user: NonNullable<PayloadRequest['user']>
}

const ON_TEXTS: readonly Role[] = ['editor', 'reviewer', 'chief']

/** The team, and of an add-on the staff of its municipality. *Pure.* */
export function whereWorksOn({ municipality }: Pick<Review, 'municipality'>): Where {
  const team: Where = { kizunaRoles: { in: [...ON_TEXTS] } }
  if (municipality === null) return team
  const own: Where[] = [
    { kizunaMunicipality: { equals: municipality } },
    { kizunaRoles: { in: [...MUNICIPAL] } },
  ]
  return { or: [team, { and: own }] }
}

/** People who are still here, whom the person of the request may see; by name. */
export async function findColleagues(req: PayloadRequest, where: Where): Promise<Colleague[]> {
  return readColleagues(req, { where, overrideAccess: false })
}

/** These people, whoever asks, for what their rights are now. */
export async function findAccounts(
  req: PayloadRequest,
  ids: readonly string[],
): Promise<Map<string, Colleague>> {
  if (ids.length === 0) return new Map()
  const where: Where = { id: { in: [...new Set(ids)] } }
  const found = await readColleagues(req, { where, overrideAccess: true })
  return new Map(found.map((one) => [one.id, one]))
}

async function readColleagues(
  req: PayloadRequest,
  { where, overrideAccess }: { where: Where; overrideAccess: boolean },
): Promise<Colleague[]> {
  const collection = peopleIn(req.payload)
  const { docs } = await req.payload.find({
    collection,
    where: { and: [where, STILL_HERE] },
    sort: 'kizunaName',
    depth: 0,
    pagination: false,
    overrideAccess,
    req,
  })
  return docs.map((account) => ({
    id: String(account.id),
    name: withRoles(account.kizunaName, account.kizunaRoles),
    user: { ...account, collection } as Colleague['user'],
  }))
}

/** What of a text decides who can approve it. */
interface AskedText {
  collection: ContentCollection
  /** Id. */
  municipality: string | null
  authors: readonly string[]
}

/** Whether who is asked can still give this approval: has not left, holds the discipline, is no author. *Pure.* */
export function isStillAble(
  { collection, municipality, authors }: AskedText,
  { reviewer, discipline }: Pick<ReviewRequest, 'reviewer' | 'discipline'>,
  account: Colleague | undefined,
): boolean {
  const held = disciplinesOf(account?.user, {
    type: kindOfCollection(collection),
    municipality,
  })
  return held.includes(discipline) && !authors.includes(reviewer)
}
