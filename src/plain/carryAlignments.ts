import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import type { Edition } from '../plugin/options'
import { contentHash } from '../release/hash'
import type { StoredDocument } from '../review/rules/freeze'
import { freezeDocument } from '../review/queries/contentOwner'
import { insertAlignment } from './align'
import { findAlignments } from './load'

/** A text and its copy in another series. */
export interface CopiedText {
  original: StoredDocument
  /** Id of the copy. */
  copy: string
  /** Id of the copy's series. */
  series: string
}

/**
 * A copied text in plain Japanese stays as near to its standard text as it was: what was in line
 * is in line with the standard text's copy, what had fallen behind is as far behind that one.
 */
export async function carryAlignments(
  req: PayloadRequest,
  copied: readonly CopiedText[],
  editions: readonly Edition[],
): Promise<void> {
  const plain = new Set(editions.filter(({ isPlain }) => isPlain).map(({ code }) => code))
  const easy = copied.filter(({ original }) => plain.has(String(original.edition)))
  if (easy.length === 0) return
  const ids = easy.map(({ original }) => String(original.id))
  const alignments = await findAlignments(req, ids)
  const standards = await findStandards(req, easy, editions[0]?.code ?? '')
  for (const { original, copy, series } of easy) {
    const aligned = alignments.get(String(original.id))
    const standard = standards.get(placeOf(original))
    if (!aligned) continue
    const { standardHash, subject, body, isCompared } = aligned
    const isInLine = standard && standardHash === (await hashOf(req, standard))
    const hash = isInLine ? await hashOf(req, { ...standard, series }) : standardHash
    await insertAlignment(req, copy, { hash, content: { subject, body }, isCompared })
  }
}

/** The newest standard texts of the originals' series, by their places. */
async function findStandards(
  req: PayloadRequest,
  easy: readonly CopiedText[],
  edition: string,
): Promise<Map<string, StoredDocument>> {
  const series = [...new Set(easy.map(({ original }) => String(original.series)))]
  const slots = [...new Set(easy.map(({ original }) => String(original.slot)))]
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: {
      and: [{ series: { in: series } }, { slot: { in: slots } }, { edition: { equals: edition } }],
    },
    draft: true,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: true, // they are compared and not shown
  })
  const standards = asStored<StoredDocument[]>(docs)
  return new Map(standards.map((standard) => [placeOf(standard), standard]))
}

function placeOf({ series, slot, kind }: StoredDocument): string {
  return [series, slot, kind].map(String).join('|')
}

async function hashOf(req: PayloadRequest, document: StoredDocument): Promise<string> {
  return contentHash(await freezeDocument(req, 'kizuna-manuscripts', document))
}
