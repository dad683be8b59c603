import type { Payload, PayloadRequest } from 'payload'

import { recordAudit, type AuditAction } from '../../cms/audit'
import { ReviewRefusal } from '../../cms/refusal'
import { inTransaction } from '../../cms/transaction'
import { hasRole, STILL_HERE } from '../../people/roles'
import { findNewestRelease, releaseKey } from '../../release/findReleases'
import {
  findRequest,
  type RequestTarget,
  type WithdrawalRequest,
} from '../queries/withdrawalRequests'
import { canWithdraw } from '../rules/rights'
import { titleOf } from '../rules/title'
import { takeReviewTurn } from './act'

/** Somebody writes so many an hour at most: each is a mail to every chief. */
const MOST_IN_AN_HOUR = 10

const HOUR_MS = 3_600_000

/** Whether a person may ask for a withdrawal: everybody who works on what families read. *Pure.* */
export function canAskWithdrawal(user: PayloadRequest['user'] | undefined): boolean {
  if (canWithdraw(user)) return false // they do it
  return hasRole(user, 'editor', 'reviewer', 'admin', 'municipal-editor', 'municipal-approver')
}

/** What was asked, with what its mail needs. */
export interface Asked {
  request: WithdrawalRequest
  title: string
  /** False where the same was asked already: then nobody is written to again. */
  isNew: boolean
}

/**
 * Asks the chiefs to recall what is out; whoever asks a second time gets the first one's state.
 *
 * @throws ReviewRefusal NOT_ALLOWED, INCOMPLETE without a reason, NOT_FOUND, NOT_PUBLISHED, BUSY
 * after too many in an hour.
 */
export async function askWithdrawal(
  req: PayloadRequest,
  target: RequestTarget,
  { reason: given, at }: { reason: string; at: Date },
): Promise<Asked> {
  const reason = given.trim()
  if (!canAskWithdrawal(req.user)) {
    throw new ReviewRefusal(
      'NOT_ALLOWED',
      '取り下げを頼めるのは、制作監修チームと自治体の担当者です。',
    )
  }
  if (!reason) {
    throw new ReviewRefusal(
      'INCOMPLETE',
      '取り下げてほしい理由を書いてください。監修責任者に届きます。',
    )
  }
  return inTransaction(req, async () => {
    const title = await findTitle(req, target)
    await takeReviewTurn(req, target)
    await refuseUnlessOut(req, target)
    const open = await findRequest(req, target)
    if (open?.state === 'open') return { request: open, title, isNew: false }
    await refuseTooMany(req, at)
    await note(req, target, { action: 'ask-withdrawal', title, at, note: reason })
    const request = await findRequest(req, target)
    if (!request) throw new ReviewRefusal('NOT_FOUND', '依頼を記録できませんでした。')
    return { request, title, isNew: true }
  })
}

/**
 * Leaves the text as it is and tells the asker why.
 *
 * @throws ReviewRefusal NOT_ALLOWED, INCOMPLETE without a reason, NOT_FOUND where nothing is asked.
 */
export async function refuseWithdrawal(
  req: PayloadRequest,
  target: RequestTarget,
  { reason: given, at }: { reason: string; at: Date },
): Promise<WithdrawalRequest | null> {
  const reason = given.trim()
  if (!canWithdraw(req.user)) {
    throw new ReviewRefusal('NOT_ALLOWED', '取り下げの依頼に答えられるのは監修責任者だけです。')
  }
  if (!reason) {
    throw new ReviewRefusal(
      'INCOMPLETE',
      '取り下げない理由を書いてください。頼んだ人に伝わります。',
    )
  }
  return inTransaction(req, async () => {
    const title = await findTitle(req, target)
    await takeReviewTurn(req, target)
    const open = await findRequest(req, target)
    if (open?.state !== 'open') {
      throw new ReviewRefusal('NOT_FOUND', '答えを待っている取り下げの依頼はありません。')
    }
    await note(req, target, { action: 'refuse-withdrawal', title, at, note: reason })
    return findRequest(req, target)
  })
}

/** Addresses of everybody who can recall a text. */
export async function chiefsOf(
  payload: Payload,
  people: 'users',
): Promise<{ name: string; address: string }[]> {
  const { docs } = await payload.find({
    collection: people,
    where: { and: [{ kizunaRoles: { in: ['chief'] } }, STILL_HERE] },
    depth: 0,
    pagination: false,
    overrideAccess: true,
  })
  return docs.map(({ kizunaName: name, email }) => ({ name, address: email }))
}

async function findTitle(req: PayloadRequest, { collection, id }: RequestTarget): Promise<string> {
  const found = await req.payload.findByID({
    collection,
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
  if (!found) throw new ReviewRefusal('NOT_FOUND', 'この原稿は見つかりません。')
  return titleOf(found as unknown as Record<string, unknown>)
}

async function refuseUnlessOut(req: PayloadRequest, target: RequestTarget): Promise<void> {
  const key = releaseKey(target.collection, target.id)
  const newest = await findNewestRelease(req, key, { overrideAccess: true })
  if (newest?.action === 'publish') return
  throw new ReviewRefusal(
    'NOT_PUBLISHED',
    'この原稿はいま届けられていないので、取り下げは要りません。',
  )
}

async function refuseTooMany(req: PayloadRequest, at: Date): Promise<void> {
  const { totalDocs } = await req.payload.count({
    collection: 'kizuna-audit-log',
    where: {
      and: [
        { action: { equals: 'ask-withdrawal' } },
        { 'actor.value': { equals: req.user?.id } },
        { at: { greater_than: new Date(at.getTime() - HOUR_MS).toISOString() } },
      ],
    },
    overrideAccess: true,
    req,
  })
  if (totalDocs < MOST_IN_AN_HOUR) return
  throw new ReviewRefusal(
    'BUSY',
    `取り下げの依頼は 1 時間に ${MOST_IN_AN_HOUR} 件までです。急ぐときは、監修責任者に電話してください。`,
  )
}

interface Note {
  action: AuditAction
  title: string
  at: Date
  note: string
}

async function note(
  req: PayloadRequest,
  { collection, id }: RequestTarget,
  entry: Note,
): Promise<void> {
  await recordAudit(req, {
    ...entry,
    collection,
    documentId: id,
  })
}
