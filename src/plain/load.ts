import type { PayloadRequest, Where } from 'payload'

import { asStored } from '../cms/stored'
import type { PageSettings } from '../plugin/pageSettings'
import type { Review } from '../review/queries/load'
import { loadReviews } from '../review/queries/loadMany'
import { relatedId, type Related } from '../cms/relation'
import { pairsOf, type Alignment, type PairedText, type PlainPair } from './pairs'

/** Everything that is known of one alignment, for the difference since then. */
export interface StoredAlignment extends Alignment {
  subject: string
  body: string
}

/** All texts of the plain editions beside their standard ones, for the person of the request. */
export async function loadPairs(
  req: PayloadRequest,
  { editions, policy }: PageSettings,
): Promise<PlainPair[]> {
  const codes = editions.filter(({ isPlain }, index) => index === 0 || isPlain)
  const where: Where = { edition: { in: codes.map(({ code }) => code) } }
  const reviews = await loadReviews(req, { collection: 'kizuna-manuscripts', where }, policy)
  return pairsOf(reviews.flatMap(pairedText), editions, await findAlignments(req))
}

/** A loaded manuscript as one side of a pair; none for anything else. *Pure.* */
export function pairedText({ id, document, content, series, reviewInput }: Review): PairedText[] {
  if (content.type !== 'manuscript') return []
  const { contentHash, release } = reviewInput
  return [
    {
      id,
      content,
      contentHash,
      release,
      title: String(document.title ?? ''),
      series: series ?? '',
    },
  ]
}

interface Stored {
  manuscript: Related
  standardHash: string
  subject?: string | null
  body?: string | null
  isCompared?: boolean | null
  createdAt: string
}

/** The newest alignment of each easy text, by its id; of all texts or of some. */
export async function findAlignments(
  req: PayloadRequest,
  manuscripts?: readonly string[],
): Promise<Map<string, StoredAlignment>> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-alignments',
    where: manuscripts ? { manuscript: { in: [...manuscripts] } } : {},
    sort: 'createdAt',
    pagination: false,
    depth: 0,
    overrideAccess: true, // they say nothing that is not in the two texts
    req,
  })
  return new Map(
    asStored<Stored[]>(docs).map((stored) => [
      relatedId(stored.manuscript) ?? '',
      {
        standardHash: stored.standardHash,
        at: stored.createdAt,
        isCompared: stored.isCompared === true,
        subject: stored.subject ?? '',
        body: stored.body ?? '',
      },
    ]),
  )
}
