import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { relatedId, type Related } from '../cms/relation'
import { asStored } from '../cms/stored'
import { wordsOf, type StoredWords, type TownWords } from './townWords'

/** A change somebody proposed. */
export interface WordChange {
  id: string
  municipality: string
  proposedBy: string
  proposedByName: string
  note: string
  before: Partial<TownWords>
  after: Partial<TownWords>
  /** ISO instant. */
  at: string
}

/** How a change ends. */
export type Ending = 'confirm' | 'decline' | 'take-back'

/** A municipality with its words. */
export interface Town {
  id: string
  title: string
  words: TownWords
}

/** The change of a municipality that waits to be confirmed, or null. */
export async function findOpenChange(
  req: PayloadRequest,
  municipality: string,
): Promise<WordChange | null> {
  const [open] = await findOpenChanges(req, [municipality])
  return open ?? null
}

/** Changes that wait to be confirmed, the oldest first; of all municipalities unless some are named. */
export async function findOpenChanges(
  req: PayloadRequest,
  municipalities?: readonly string[],
): Promise<WordChange[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipality-changes',
    where: municipalities ? { municipality: { in: [...municipalities] } } : {},
    sort: 'createdAt',
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  const steps = asStored<StoredStep[]>(docs)
  const ended = new Set(steps.map(({ change }) => relatedId(change)))
  return steps.filter(({ step, id }) => step === 'propose' && !ended.has(id)).map(asChange)
}

/** A municipality the person may read. @throws ReviewRefusal NOT_FOUND */
export async function findTown(req: PayloadRequest, id: string): Promise<Town> {
  const found = await req.payload.findByID({
    collection: 'kizuna-municipalities',
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
  if (!found) throw townNotFound()
  return { id: String(found.id), title: found.name, words: wordsOf(found as StoredWords) }
}

/** A municipality is not there, or not the person's to read. */
export function townNotFound(): ReviewRefusal {
  return new ReviewRefusal('NOT_FOUND', '自治体が見つからないか、見る権限がありません。')
}

interface StoredStep {
  id: string
  step: 'propose' | Ending
  municipality: Related
  change?: Related
  by: Related
  byName?: string | null
  note?: string | null
  before?: unknown
  after?: unknown
  createdAt: string
}

function asChange(stored: StoredStep): WordChange {
  return {
    id: String(stored.id),
    municipality: relatedId(stored.municipality) ?? '',
    proposedBy: relatedId(stored.by) ?? '',
    proposedByName: stored.byName ?? '',
    note: stored.note ?? '',
    before: (stored.before ?? {}) as Partial<TownWords>,
    after: (stored.after ?? {}) as Partial<TownWords>,
    at: stored.createdAt,
  }
}

/** A change by its id. @throws ReviewRefusal NOT_FOUND */
export async function findChange(req: PayloadRequest, id: string): Promise<WordChange> {
  const found = await req.payload.findByID({
    collection: 'kizuna-municipality-changes',
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
  const step = asStored<StoredStep | null>(found)
  if (step?.step === 'propose') return asChange(step)
  throw new ReviewRefusal('NOT_FOUND', '変更の提案が見つからないか、見る権限がありません。')
}

/** Whether a change was confirmed, turned down or taken back. */
export async function isEnded(req: PayloadRequest, id: string): Promise<boolean> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipality-changes',
    where: { change: { equals: id } },
    limit: 1,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs.length > 0
}
