import type { PayloadRequest } from 'payload'

import type { KizunaAddOn } from '../payload-types'
import type { ReviewOptions } from '../review/operations/act'
import { loadOverview } from '../review/queries/overview'
import { relatedId } from '../cms/relation'
import { peopleIn } from '../people/usersSlug'
import { proposalState, type ProposalState } from './state'

/** A proposal as the list shows it. */
export interface Proposal {
  id: string
  title: string
  /** First stage it is for, in words. */
  stage: string
  state: ProposalState
  /** Why it was declined; empty otherwise. */
  reason: string
  /** Name of who proposed it; empty where the person may not see it. */
  by: string
  /** ISO instant. */
  createdAt: string
}

/** The proposals a person may see, newest first: a contributor's own, or the municipality's. */
export async function listProposals(
  req: PayloadRequest,
  options: ReviewOptions,
): Promise<Proposal[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-add-ons',
    where: { proposedBy: { exists: true } },
    req,
    draft: true,
    depth: 0,
    limit: MOST,
    sort: '-createdAt',
    overrideAccess: false,
  })
  const ids = docs.map(({ id }) => id)
  if (ids.length === 0) return []
  const overview = await loadOverview(req, { collection: 'kizuna-add-ons', ids }, options)
  const names = await namesOf(req, docs)
  return docs.flatMap((document) => {
    const summary = overview.find(({ id }) => id === document.id)
    return summary ? [proposalOf(document, summary, names)] : []
  })
}

/** More than one municipality gets in years. */
const MOST = 200

function proposalOf(
  document: KizunaAddOn,
  { state, slotLabel }: { state: Parameters<typeof proposalState>[0]['review']; slotLabel: string },
  names: ReadonlyMap<string, string>,
): Proposal {
  const { id, title, isProposal, declinedReason, createdAt } = document
  const isDeclined = Boolean(document.declinedAt)
  return {
    id,
    title,
    stage: slotLabel,
    createdAt,
    state: proposalState({ isProposal: Boolean(isProposal), isDeclined, review: state }),
    reason: isProposal && isDeclined ? (declinedReason ?? '') : '',
    by: names.get(relatedId(document.proposedBy) ?? '') ?? '',
  }
}

async function namesOf(req: PayloadRequest, documents: readonly KizunaAddOn[]) {
  const ids = [...new Set(documents.map(({ proposedBy }) => relatedId(proposedBy)))]
  const { docs } = await req.payload.find({
    collection: peopleIn(req.payload),
    req,
    where: { id: { in: ids.filter((id) => id !== null) } },
    depth: 0,
    pagination: false,
    overrideAccess: false,
  })
  return new Map(docs.map(({ id, kizunaName }) => [id, kizunaName]))
}
