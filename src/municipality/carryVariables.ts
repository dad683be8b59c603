import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { isPerson } from '../people/roles'
import { compose } from '../release/compose'
import { ComposeError } from '../release/composeError'
import type { ContactFooter } from '../release/contact'
import { findNewestReleases, type StoredRelease } from '../release/findReleases'
import { renderLine } from '../release/line'
import { renderMail } from '../release/mail'
import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { isTransient } from '../cms/transaction'
import {
  variableEffect,
  variablesOf,
  type StaleRelease,
  type VariableEffect,
  type VariableRow,
} from './variableReleases'

/** A municipality as far as its words and its contact go. */
export interface MunicipalWords {
  id: string
  senderName: string
  contact: ContactFooter
  contactVariables?: readonly VariableRow[] | null
}

/** What other values of the municipality's own words would touch. */
export async function findVariableEffect(
  req: PayloadRequest,
  municipality: string,
  rows: readonly VariableRow[] | null | undefined,
): Promise<VariableEffect<StoredRelease>> {
  const newest = await findNewestReleases(req, {
    where: { municipality: { equals: municipality } },
    sort: '-publishedAt',
    overrideAccess: true,
  })
  return variableEffect(newest, variablesOf(rows))
}

/**
 * Gives every add-on in force that uses a changed word a new release with the same approved content.
 *
 * The approvals stay: they were given for a content whose hash covers the placeholder, not its value
 * (review.md, rule 1), and the date of the next review stays with them. So this is no publication,
 * which is the chief's, but the municipality's word about its own telephone. It runs in the
 * transaction of the settings' change: both are there or neither is.
 *
 * @returns how many releases were made.
 * @throws ReviewRefusal INCOMPLETE when a text cannot be put together with the new value, BUSY when
 * somebody publishes or withdraws one of them at the same moment.
 */
export async function carryVariables(
  req: PayloadRequest,
  municipality: MunicipalWords,
  at: Date,
): Promise<number> {
  const { stale } = await findVariableEffect(req, municipality.id, municipality.contactVariables)
  for (const one of stale) {
    refuseUnlessSound(municipality, one)
    await insertCarried(req, { municipality, one, at })
  }
  return stale.length
}

interface Carried {
  municipality: MunicipalWords
  one: StaleRelease<StoredRelease>
  at: Date
}

async function insertCarried(
  req: PayloadRequest,
  { municipality, one, at }: Carried,
): Promise<void> {
  const { release, names } = one
  const note = `差し込み語「${names.join('」「')}」の変更`
  const { id: _, createdAt, ...before } = release
  const { title } = release.content
  const revision = release.revision + 1
  try {
    await req.payload.create({
      collection: 'kizuna-releases',
      data: toStore({
        ...before,
        revision,
        title: `${title} 第${revision}版`.trim(),
        variables: variablesOf(municipality.contactVariables),
        publishedAt: at.toISOString(),
        publishedBy: isPerson(req.user) ? req.user.id : null,
        reviewedAt: release.reviewedAt ?? createdAt,
        reason: note,
      }),
      depth: 0,
      overrideAccess: true,
      req,
    })
  } catch (error) {
    if (!isTransient(error)) throw error
    throw new ReviewRefusal('BUSY', BUSY)
  }
  await recordAudit(req, {
    action: 'carry',
    collection: 'kizuna-add-ons',
    title,
    at,
    note,
    documentId: relatedId(release.document) ?? '',
    beforeHash: release.contentHash,
    afterHash: release.contentHash,
  })
}

const BUSY =
  'この差し込み語を使う自治体原稿を、ほかの人が同時に公開か取り下げしています。少し待ってから、もう一度保存してください。'

function refuseUnlessSound(
  municipality: MunicipalWords,
  { release, names }: StaleRelease<StoredRelease>,
) {
  const { content } = release
  try {
    const composition = compose({
      manuscripts: [],
      addOns: [{ content, variables: variablesOf(municipality.contactVariables) }],
      isPlural: false,
      senderName: municipality.senderName,
      contact: municipality.contact,
    })
    renderLine(composition)
    renderMail(composition)
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error
    throw new ReviewRefusal(
      'INCOMPLETE',
      `差し込み語「${names.join('」「')}」の新しい内容では、公開中の自治体原稿「${content.title}」を組み立てられません。${error.message}`,
    )
  }
}
