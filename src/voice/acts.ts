import type { PayloadRequest } from 'payload'

import { recordAudit, type AuditAction } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'
import { VOICES } from './voices'

type Clock = { now: () => Date }

/**
 * Notes that a voice was read. One that asks for help stays unread until somebody of its own
 * municipality has read it.
 *
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED.
 */
export function markRead(req: PayloadRequest, id: string, { now }: Clock): Promise<void> {
  return inTransaction(req, async () => {
    const voice = await findVoice(req, id)
    if (voice.isRead) return
    if (voice.asksForHelp && !isOwn(req, voice)) {
      throw new ReviewRefusal('NOT_ALLOWED', OWN_TOWN_READS)
    }
    const data = { isRead: true, readAt: now().toISOString(), readBy: req.user?.id }
    await change(req, voice, { data, action: 'read-voice', at: now() })
  })
}

/**
 * Chooses a voice as a quote, or takes that back.
 *
 * @throws ReviewRefusal NOT_FOUND; NOT_ALLOWED where its reader has not agreed, or personal details may
 *   stand in it.
 */
export function markQuote(
  req: PayloadRequest,
  { id, isQuote }: { id: string; isQuote: boolean },
  { now }: Clock,
): Promise<void> {
  return inTransaction(req, async () => {
    const voice = await findVoice(req, id)
    if (Boolean(voice.isQuote) === isQuote) return
    if (isQuote && !voice.mayQuote) throw new ReviewRefusal('NOT_ALLOWED', NOT_AGREED)
    if (isQuote && voice.hasPersonalDetails) throw new ReviewRefusal('NOT_ALLOWED', PERSONAL)
    const action = isQuote ? 'quote' : 'unquote'
    await change(req, voice, { data: { isQuote }, action, at: now() })
  })
}

const NOT_AGREED = '書いた方が「匿名で紹介してよい」に印を付けていない声です。引用には選べません。'

const PERSONAL =
  '個人の情報かもしれない言葉が入っている声です。引用には選べません。ほかの声を選んでください。'

const OWN_TOWN_READS =
  '相談が書かれている声です。その自治体の編集担当か承認者が読むと、読んだことになります。'

const NO_VOICE = 'この声は見つからないか、見る権限がありません。'

interface StoredVoice {
  id: string | number
  title?: string | null
  municipality?: unknown
  isRead?: boolean | null
  isQuote?: boolean | null
  mayQuote?: boolean | null
  asksForHelp?: boolean | null
  hasPersonalDetails?: boolean | null
}

async function findVoice(req: PayloadRequest, id: string): Promise<StoredVoice> {
  const voice = await req.payload.findByID({
    collection: VOICES,
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  if (!voice) throw new ReviewRefusal('NOT_FOUND', NO_VOICE)
  return voice
}

function isOwn({ user }: PayloadRequest, { municipality }: StoredVoice): boolean {
  return hasRole(user, ...MUNICIPAL) && relatedId(municipality as string) === municipalityIdOf(user)
}

async function change(
  req: PayloadRequest,
  { id, title }: StoredVoice,
  { data, action, at }: { data: object; action: AuditAction; at: Date },
): Promise<void> {
  await req.payload.update({
    collection: VOICES,
    id,
    data: toStore(data),
    depth: 0,
    overrideAccess: true, // marks alone: nobody may write the words
    req,
  })
  await recordAudit(req, {
    action,
    at,
    collection: VOICES,
    documentId: String(id),
    title: title ?? '',
  })
}
