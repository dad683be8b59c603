import type { PayloadRequest, Where } from 'payload'

import { relatedId, type Related } from '../../cms/relation'
import { asStored } from '../../cms/stored'
import { findNames } from '../../people/names'
import { grouped } from '../../release/grouped'
import type { ReviewedCollection } from './load'

/** What a request to withdraw is about. */
export interface RequestTarget {
  collection: ReviewedCollection
  id: string
}

/** A request to withdraw, and what became of it. */
export interface WithdrawalRequest {
  state: 'open' | 'refused'
  reason: string
  /** Name of who asked. */
  by: string
  /** When it was asked, ISO. */
  at: string
  /** Why the chief left the text as it is; empty while it is open. */
  answer: string
}

/** Entries that say where a request stands; the newest counts. */
const STEPS = ['ask-withdrawal', 'refuse-withdrawal', 'withdraw', 'publish'] as const

/** The newest request about a text, as long as it was neither recalled nor published since. */
export async function findRequest(
  req: PayloadRequest,
  { collection, id }: RequestTarget,
): Promise<WithdrawalRequest | null> {
  const steps = await findSteps(req, {
    where: { and: [{ documentId: { equals: id } }, { collection: { equals: collection } }] },
    limit: 20,
  })
  const standing = standingOf(steps)
  return standing && asRequest(standing, await findNames(req, [askerOf(standing)]))
}

/** An entry of the log that says where a request to withdraw stands. */
export interface Step {
  action: string
  collection: string
  documentId: string
  title?: string | null
  note?: string | null
  at: string
  actor?: { value: Related } | null
}

/** Steps of requests, the newest first. */
export async function findSteps(
  req: PayloadRequest,
  { where, limit }: { where: Where; limit: number },
): Promise<Step[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-audit-log',
    where: { and: [{ action: { in: [...STEPS] } }, where] },
    sort: '-id',
    limit,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return asStored<Step[]>(docs)
}

interface Standing {
  asked: Step
  /** Null while nobody has answered. */
  refused: Step | null
}

/** Where the newest request of one text stands; null where it was recalled or published since. */
function standingOf(steps: readonly Step[]): Standing | null {
  const [newest] = steps
  if (newest?.action !== 'ask-withdrawal' && newest?.action !== 'refuse-withdrawal') return null
  const asked = steps.find(({ action }) => action === 'ask-withdrawal')
  return asked ? { asked, refused: newest === asked ? null : newest } : null
}

function askerOf({ asked }: Standing): string {
  return relatedId(asked.actor?.value) ?? ''
}

function asRequest(standing: Standing, nameOf: (id: string) => string): WithdrawalRequest {
  const { asked, refused } = standing
  return {
    state: refused ? 'refused' : 'open',
    reason: asked.note ?? '',
    by: nameOf(askerOf(standing)),
    at: asked.at,
    answer: refused?.note ?? '',
  }
}

/** A text whose recall somebody asks for. */
export interface OpenRequest extends RequestTarget, WithdrawalRequest {
  title: string
}

/** Every request that waits for an answer, the oldest first. */
export async function findOpenRequests(req: PayloadRequest): Promise<OpenRequest[]> {
  const asked = await findSteps(req, {
    where: { action: { equals: 'ask-withdrawal' } },
    limit: MOST_OPEN,
  })
  if (asked.length === 0) return []
  const about = { documentId: { in: [...new Set(asked.map(({ documentId }) => documentId))] } }
  const texts = grouped(
    await findSteps(req, { where: about, limit: 0 }),
    ({ collection, documentId }) => `${collection}:${documentId}`,
  )
  const open = [...texts.values()].flatMap((steps) => {
    const standing = standingOf(steps)
    return standing && !standing.refused ? [standing] : []
  })
  const nameOf = await findNames(req, open.map(askerOf))
  return open
    .map((standing) => {
      const { collection, documentId: id, title } = standing.asked
      const target = { collection: collection as ReviewedCollection, id }
      return { ...target, ...asRequest(standing, nameOf), title: title ?? '' }
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}

/** The newest so many are looked at. */
const MOST_OPEN = 200
