import type { PayloadRequest } from 'payload'
import { formatAdminURL } from 'payload/shared'

import { recordAudit } from '../cms/audit'
import { ON_PEOPLE } from '../cms/auditActions'
import { httpRefusal } from '../cms/endpoint'
import { municipalityOf } from '../cms/municipalityOf'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { INVITED_DAYS, invitationMail, RESET_HOURS, resetMail } from './accountMail'
import { LEFT_WORDS } from './leftWords'
import { nameOf } from './names'
import { rolesInWords, type Role } from './roles'
import { peopleIn } from './usersSlug'

/** What a link for a password is sent to. */
export interface LinkedAccount {
  id: string
  email?: string | null
  kizunaName?: string | null
  kizunaRoles?: Role[] | null
  kizunaMunicipality?: unknown
  kizunaLastLogInAt?: string | null
  kizunaHasLeft?: boolean | null
}

const HOUR_MS = 3_600_000

const NOT_SENT =
  'メールを送れませんでした。メールアドレスと、メールの設定を確かめて、もう一度押してください。'

/**
 * Sends the link by which somebody chooses a password: an invitation to who never was in, and
 * otherwise what they would get if they had asked at the door.
 *
 * @throws ReviewRefusal NOT_ALLOWED for who has left, INCOMPLETE without an address; an error with a
 * sentence when the mail is not taken.
 */
export async function sendPasswordLink(
  req: PayloadRequest,
  account: LinkedAccount,
  at: Date,
): Promise<void> {
  const { email, kizunaName } = account
  if (account.kizunaHasLeft) throw new ReviewRefusal('NOT_ALLOWED', LEFT_WORDS)
  if (!email)
    throw new ReviewRefusal('INCOMPLETE', 'メールアドレスを入れて保存してから、押してください。')
  const isNew = !account.kizunaLastLogInAt
  const url = passwordUrl(req, await newToken(req, email, isNew))
  const mail = isNew
    ? invitationMail({ ...(await invitationOf(req, account)), email, url })
    : resetMail({ name: kizunaName ?? '', url })
  try {
    await req.payload.sendEmail({ to: { name: kizunaName ?? '', address: email }, ...mail })
  } catch {
    throw httpRefusal(NOT_SENT, 503)
  }
  await noteSent(req, account, { isNew, at })
}

/** Where a password is chosen with a token; Payload's own page. */
export function passwordUrl({ payload, origin }: PayloadRequest, token: string): string {
  const { admin, routes, serverURL } = payload.config
  return formatAdminURL({
    adminRoute: routes.admin,
    path: `${admin.routes.reset}/${token}` as `/${string}`,
    serverURL: serverURL || origin || '',
  })
}

/** In a request of its own: the token is there before the mail is. */
function newToken({ payload }: PayloadRequest, email: string, isNew: boolean): Promise<string> {
  return payload.forgotPassword({
    collection: peopleIn(payload),
    data: { email },
    disableEmail: true,
    expiration: (isNew ? INVITED_DAYS * 24 : RESET_HOURS) * HOUR_MS,
  })
}

async function invitationOf(req: PayloadRequest, account: LinkedAccount) {
  const town = await municipalityOf(relatedId(account.kizunaMunicipality), req)
  const place = town ? `(${town.name})` : ''
  return {
    name: account.kizunaName ?? '',
    by: nameOf(req.user) ?? '担当者',
    roles: `${rolesInWords(account.kizunaRoles)}${place}`,
  }
}

async function noteSent(
  req: PayloadRequest,
  { id, kizunaName }: LinkedAccount,
  { isNew, at }: { isNew: boolean; at: Date },
): Promise<void> {
  await recordAudit(req, {
    action: isNew ? 'invite' : 'send-reset',
    collection: ON_PEOPLE,
    documentId: id,
    title: kizunaName ?? '',
    at,
  })
  if (!isNew) return
  await req.payload.db.updateOne({
    collection: peopleIn(req.payload),
    id,
    data: { kizunaInvitedAt: at.toISOString(), updatedAt: null },
    returning: false,
    req,
  })
}
