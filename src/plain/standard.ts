import type { PayloadRequest, Where } from 'payload'

import { asStored } from '../cms/stored'
import type { PageSettings } from '../plugin/pageSettings'
import type { ManuscriptContent } from '../release/content'
import { findRevision, releaseKey } from '../release/findReleases'
import { contentHash } from '../release/hash'
import type { StoredDocument } from '../review/rules/freeze'
import { findLatestRelease, loadReview } from '../review/queries/load'
import { freezeDocument } from '../review/queries/contentOwner'
import { ReviewRefusal } from '../cms/refusal'
import { findAlignments, pairedText, type StoredAlignment } from './load'
import { pairsOf, standardHashOf, type PairedText, type PlainPair } from './pairs'

/** One easy text beside what the standard edition says now and said when it was brought in line. */
export interface Comparison {
  pair: PlainPair
  /** What counts as the standard text now; null when there is none. */
  standard: { hash: string; content: ManuscriptContent } | null
  /** What it said when the easy text was last brought in line; null when it never was. */
  aligned: StoredAlignment | null
}

/**
 * Compares one text in plain Japanese with its standard one.
 *
 * @throws ReviewRefusal NOT_FOUND; INCOMPLETE when the text is of another edition.
 */
export async function compareWithStandard(
  req: PayloadRequest,
  id: string,
  { editions, policy }: PageSettings,
): Promise<Comparison> {
  const review = await loadReview(req, { collection: 'kizuna-manuscripts', id }, policy)
  const [plain] = pairedText(review)
  const edition = editions.find(({ code }) => code === plain?.content.edition)
  if (!plain || !edition?.isPlain) {
    throw new ReviewRefusal('INCOMPLETE', 'この原稿は、やさしい日本語の版ではありません。')
  }
  const standard = await findStandard(req, plain, { editions })
  const alignments = await findAlignments(req, [id])
  const texts = standard ? [plain, standard] : [plain]
  const [pair] = pairsOf(texts, editions, alignments).filter((one) => one.plain?.id === id)
  if (!pair) throw new ReviewRefusal('NOT_FOUND', '原稿が見つかりません。')
  return {
    pair,
    standard: standard && (await asStandard(req, standard)),
    aligned: alignments.get(id) ?? null,
  }
}

interface Place {
  series: string
  content: Pick<ManuscriptContent, 'slot' | 'kind'>
}

/** The text of the first edition for the same series, slot and kind, whoever asks. */
async function findStandard(
  req: PayloadRequest,
  { content, series }: Place,
  { editions }: Pick<PageSettings, 'editions'>,
): Promise<PairedText | null> {
  const place: Where[] = [
    { series: { equals: series } },
    { slot: { equals: content.slot } },
    { kind: { equals: content.kind } },
    { edition: { equals: editions[0]?.code } },
  ]
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { and: place },
    draft: true,
    limit: 1,
    depth: 0,
    overrideAccess: true,
    req,
  })
  const [found] = docs
  if (!found) return null
  const frozen = await freezeDocument(req, 'kizuna-manuscripts', asStored<StoredDocument>(found))
  if (frozen.type !== 'manuscript') return null
  const id = String(found.id)
  return {
    id,
    series,
    title: found.title,
    content: frozen,
    contentHash: contentHash(frozen),
    release: await findLatestRelease(req, releaseKey('kizuna-manuscripts', id)),
  }
}

/** What counts as the standard text of a place now, whoever asks; null when there is none. */
export async function standardAt(
  req: PayloadRequest,
  place: Place,
  settings: Pick<PageSettings, 'editions'>,
): Promise<Comparison['standard']> {
  const standard = await findStandard(req, place, settings)
  return standard && asStandard(req, standard)
}

async function asStandard(
  req: PayloadRequest,
  standard: PairedText,
): Promise<NonNullable<Comparison['standard']>> {
  return { hash: standardHashOf(standard), content: await standardContent(req, standard) }
}

/** What readers get, or the newest draft while they get nothing. */
async function standardContent(
  req: PayloadRequest,
  { id, content, contentHash, release }: PairedText,
): Promise<ManuscriptContent> {
  if (release?.action !== 'publish' || release.contentHash === contentHash) return content
  const key = releaseKey('kizuna-manuscripts', id)
  const live = await findRevision(req, key, release.revision)
  return live?.content.type === 'manuscript' ? live.content : content
}
