import {
  ValidationError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
} from 'payload'

import { systemNow } from '../config/clock'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { markNewPassword } from './accountAudit'
import { isPresentPassword } from './asking'
import { passwordProblem } from './password'
import { holdsRole } from './roles'
import { peopleIn } from './usersSlug'
import type { KizunaMunicipality } from '../payload-types'

/** Name of the field in which a person says their present password; it is never stored. */
export const PRESENT_PASSWORD = 'kizunaCurrentPassword'

/** Said of a present password that is not right. */
export const WRONG_PASSWORD =
  'いまのパスワードが違います。続けて何度も間違えると、しばらく変えられなくなります。'

/** What an account is written with, as far as it is guarded. */
interface AccountData extends Record<string, unknown> {
  email?: unknown
  password?: unknown
  [PRESENT_PASSWORD]?: unknown
  token?: unknown
}

/**
 * Guards what opens an account, whatever the door: a password is long and not a common one, and who
 * changes their own mail address or password says the present one (an unlocked screen at lunch is
 * enough otherwise). Of accounts that hold a role; the others are a host's.
 *
 * @throws ValidationError (in the operation) at the field, with a Japanese sentence.
 */
export const guardAccount: CollectionBeforeOperationHook = async (call) => {
  const { operation, overrideAccess, req } = call
  const args = call.args as { id?: number | string; data?: AccountData }
  const { data, id } = args
  if (operation === 'create' || operation === 'update') markNewPassword(req, false)
  if (!data) return
  if (operation === 'create' && (holdsRole(data) || (await isFirst(req)))) {
    await checkPassword(req, data.password, ownerIn(data))
  }
  if (operation === 'resetPassword') {
    const owner = await findByToken(req, data.token)
    if (holdsRole(owner)) await checkPassword(req, data.password, owner)
  }
  if (operation !== 'update') return
  const stored = id === undefined ? null : await findAccount(req, { id: { equals: id } })
  if (stored && !holdsRole(stored) && !holdsRole(data)) return
  const opens = changesIn(data, stored)
  markNewPassword(req, opens.password)
  if (opens.password) await checkPassword(req, data.password, { ...stored, ...ownerIn(data) })
  if (overrideAccess || !req.user || (!opens.password && !opens.email)) return
  if (id === undefined) {
    throw new ReviewRefusal('INCOMPLETE', 'メールアドレスとパスワードは、1 人ずつ変えてください。')
  }
  if (String(id) === String(req.user.id) && stored) await checkPresent(req, data, stored)
}

/**
 * Who changes the mail address of an account ends its other sessions, as Payload does for a new
 * password: whoever was in with the old one is out.
 */
export const endOtherSessions: CollectionBeforeChangeHook = (call) => {
  const { operation, originalDoc, req } = call
  const data = withoutPresent(call.data)
  if (operation !== 'update' || !holdsRole(originalDoc)) return data
  if (!changesIn(data, originalDoc).email) return data
  const { _sid: own } = (req.user ?? {}) as { _sid?: unknown }
  const sessions: { id: unknown }[] = Array.isArray(originalDoc?.sessions)
    ? originalDoc.sessions
    : []
  return { ...data, sessions: sessions.filter(({ id }) => id === own) }
}

/** A stored account with what is never shown. */
interface StoredAccount {
  id: string
  email?: string | null
  kizunaName?: string | null
  kizunaMunicipality?: unknown
  resetPasswordExpiration?: string | null
}

/** What of that which opens an account a write changes. *Pure.* */
export function changesIn(
  data: Readonly<AccountData>,
  stored: Pick<StoredAccount, 'email'> | null | undefined,
): { email: boolean; password: boolean } {
  const email = typeof data.email === 'string' ? data.email.toLowerCase().trim() : data.email
  return {
    email: email !== undefined && email !== (stored?.email ?? null),
    password: data.password !== undefined && data.password !== null && data.password !== '',
  }
}

function withoutPresent<D extends Record<string, unknown>>(data: D): D {
  const { [PRESENT_PASSWORD]: _said, ...rest } = data
  return rest as D
}

async function checkPassword(
  req: PayloadRequest,
  password: unknown,
  { email, kizunaName, kizunaMunicipality }: Partial<StoredAccount>,
): Promise<void> {
  const town = await findTown(req, relatedId(kizunaMunicipality))
  const problem = await passwordProblem(password, {
    email: email ?? null,
    name: kizunaName ?? null,
    municipality: town?.name ?? null,
  })
  if (problem !== null) throw wrongAt(req, 'password', problem)
}

async function checkPresent(
  req: PayloadRequest,
  data: AccountData,
  { email }: StoredAccount,
): Promise<void> {
  const present = data[PRESENT_PASSWORD]
  if (typeof present !== 'string' || present === '') {
    throw wrongAt(
      req,
      PRESENT_PASSWORD,
      'メールアドレスかパスワードを変えるときは、いまのパスワードを入れてください。',
    )
  }
  if (!(await isPresentPassword(req, { email: email ?? '', password: present }))) {
    throw wrongAt(req, PRESENT_PASSWORD, WRONG_PASSWORD)
  }
}

function wrongAt(req: PayloadRequest, path: string, message: string): ValidationError {
  const collection = peopleIn(req.payload)
  return new ValidationError({ collection, errors: [{ path, message }] }, req.t)
}

function ownerIn({ email, kizunaMunicipality, kizunaName }: AccountData): Partial<StoredAccount> {
  return {
    ...(typeof email === 'string' ? { email } : {}),
    ...(typeof kizunaName === 'string' ? { kizunaName } : {}),
    ...(kizunaMunicipality === undefined ? {} : { kizunaMunicipality }),
  }
}

/** The link is asked before the password: whoever has none learns nothing and costs nothing. */
async function findByToken(req: PayloadRequest, token: unknown): Promise<StoredAccount> {
  const isToken = typeof token === 'string' && token !== ''
  const account = isToken ? await findAccount(req, { resetPasswordToken: { equals: token } }) : null
  const until = account?.resetPasswordExpiration
  if (account === null || !until || new Date(until) <= systemNow())
    throw new ReviewRefusal('NOT_ALLOWED', DEAD_LINK)
  return account
}

const DEAD_LINK =
  'このリンクは使えません。期限が過ぎたか、もう使われたか、途中で切れています。ログインの画面の「パスワードをお忘れですか?」から、もう一度メールを受け取ってください。招待のリンクは、招いた人にもう一度送ってもらえます。'

/** Whether the account that is being made will be the first, and by that the admin's. */
async function isFirst(req: PayloadRequest): Promise<boolean> {
  return !req.user && (await findAccount(req, {})) === null
}

/** Outside the transaction, as {@link findAccount}. */
async function findTown(req: PayloadRequest, id: string | null) {
  if (id === null) return null
  const where = { id: { equals: id } }
  return req.payload.db.findOne<KizunaMunicipality>({ collection: 'kizuna-municipalities', where })
}

function findAccount(
  req: PayloadRequest,
  where: Record<string, { equals: number | string }>,
): Promise<StoredAccount | null> {
  const collection = peopleIn(req.payload)
  // Outside the transaction: asking for the present password writes the account, and a transaction
  // that had looked at it before would lose.
  return req.payload.db.findOne<StoredAccount>({ collection, where })
}
