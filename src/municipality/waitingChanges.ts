import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { relatedId, type Related } from '../cms/relation'
import { hasRole, STILL_HERE } from '../people/roles'
import { peopleIn } from '../people/usersSlug'
import { canDecide } from './changeRights'
import { findOpenChanges, type WordChange } from './findChanges'
import { titleOf, type TownWord } from './townWords'

/** A change that waits, with whose it is and who may confirm it. */
export interface WaitingChange {
  id: string
  /** Id of the municipality. */
  municipality: string
  /** 「みなと町: 電話番号」 */
  title: string
  proposedBy: string
  proposedByName: string
  /** ISO instant. */
  at: string
  /** Whether the municipality has an approver besides who proposed it. */
  hasApprover: boolean
}

/** All changes that wait to be confirmed, whoever asks; {@link waitsFor} says for whom each is. */
export async function loadWaitingChanges(req: PayloadRequest): Promise<WaitingChange[]> {
  const open = await findOpenChanges(req)
  if (open.length === 0) return []
  const towns = open.map(({ municipality }) => municipality)
  const named = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { id: { in: towns } },
    select: { name: true },
    ...EVERY,
    req,
  })
  const approvers = await req.payload.find({
    collection: peopleIn(req.payload),
    where: {
      and: [
        { kizunaMunicipality: { in: towns } },
        { kizunaRoles: { in: ['municipal-approver'] } },
        STILL_HERE,
      ],
    },
    select: { kizunaMunicipality: true },
    ...EVERY,
    req,
  })
  const names = new Map(named.docs.map(({ id, name }) => [String(id), name]))
  const people = asStored<{ id: string; kizunaMunicipality?: Related }[]>(approvers.docs)
  return open.map((change) => waiting(change, { names, people }))
}

const EVERY = { depth: 0, pagination: false, overrideAccess: true } as const

function waiting(
  { id, municipality, proposedBy, proposedByName, at, after }: WordChange,
  known: {
    names: ReadonlyMap<string, string>
    people: readonly { id: string; kizunaMunicipality?: Related }[]
  },
): WaitingChange {
  const name = known.names.get(municipality) ?? ''
  return {
    id,
    municipality,
    proposedBy,
    proposedByName,
    at,
    title: `${name}: ${titleOf(Object.keys(after) as TownWord[])}`,
    hasApprover: known.people.some(
      (person) =>
        relatedId(person.kizunaMunicipality) === municipality && String(person.id) !== proposedBy,
    ),
  }
}

/**
 * Whether a change is this person's to look at: the municipality's approver's, and of the team only
 * where the municipality has nobody else. *Pure.*
 */
export function waitsFor(user: PayloadRequest['user'], change: WaitingChange): boolean {
  if (!canDecide(user, change)) return false
  return !change.hasApprover || !hasRole(user, 'chief', 'admin')
}
