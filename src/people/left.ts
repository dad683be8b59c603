import {
  ValidationError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeLoginHook,
  type CollectionBeforeOperationHook,
  type CollectionConfig,
  type PayloadRequest,
  type Where,
} from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { takeTurn } from '../cms/turn'
import { LEFT_SENTENCE } from './leftWords'
import { holdsRole, STILL_HERE, type Role } from './roles'

const NOT_ONESELF =
  '自分のアカウントは止められません。退職・異動のときは、ほかのシステム管理者に頼んでください。'

const NOT_THE_LAST =
  'この人は、ただ一人のシステム管理者です。先に別の人をシステム管理者にしてから、止めるか、役割を変えてください。'

const ONE_BY_ONE = '退職・異動の印は、1 人ずつ付けてください。'

/** Name of the field that says that somebody has left. */
export const HAS_LEFT = 'kizunaHasLeft'

interface Account {
  id: string
  email?: string | null
  kizunaRoles?: Role[] | null
  [HAS_LEFT]?: boolean | null
}

/**
 * Hooks for people who left: they come in by no door, what was open is closed with the mark, and their
 * account stays, so that their name stands beside what they wrote and approved.
 */
export const keepOutWhoLeft = {
  beforeOperation: [refuseOddMarks, refuseMail],
  beforeLogin: [refuseWhoLeft],
  beforeChange: [endWithMark],
} satisfies CollectionConfig['hooks']

/** Before Payload drops what somebody may not write, so that it is said. */
function refuseOddMarks({
  args,
  operation,
  overrideAccess,
  req,
}: Parameters<CollectionBeforeOperationHook>[0]): void {
  const { data, id } = args as { data?: Partial<Account>; id?: number | string }
  if (operation !== 'update' || overrideAccess || !req.user || data?.[HAS_LEFT] !== true) return
  if (id === undefined) throw new ReviewRefusal('INCOMPLETE', ONE_BY_ONE)
  if (String(id) === String(req.user.id)) throw atMark(req, NOT_ONESELF)
}

/** Who asks at the door is answered before this is asked, so it tells nobody anything. */
async function refuseMail({
  args,
  collection,
  operation,
  req,
}: Parameters<CollectionBeforeOperationHook>[0]): Promise<void> {
  if (operation !== 'forgotPassword') return
  const { data } = args as { data?: { email?: unknown } }
  const email = {
    equals: String(data?.email ?? '')
      .toLowerCase()
      .trim(),
  }
  const account = await req.payload.db.findOne<Account>({
    collection: collection.slug,
    where: { email },
  })
  if (holdsRole(account) && account?.[HAS_LEFT] === true) {
    throw new ReviewRefusal('NOT_ALLOWED', LEFT_SENTENCE)
  }
}

/**
 * Asked outside the log-in's transaction: into that Payload has written the account as it was before
 * the password was compared, and a mark that came meanwhile would be gone.
 */
async function refuseWhoLeft({
  collection,
  req,
  user,
}: Parameters<CollectionBeforeLoginHook>[0]): Promise<void> {
  if (!holdsRole(user)) return
  const where = { id: { equals: user.id } }
  const stored = await req.payload.db.findOne<Account>({ collection: collection.slug, where })
  if (stored?.[HAS_LEFT] === true) throw new ReviewRefusal('NOT_ALLOWED', LEFT_SENTENCE)
}

async function endWithMark({
  collection,
  data,
  operation,
  originalDoc,
  req,
}: Parameters<CollectionBeforeChangeHook>[0]): Promise<Record<string, unknown>> {
  if (operation !== 'update' || !holdsRole(originalDoc)) return data
  const before = originalDoc as Account
  const after = { ...before, ...data } as Account
  if (isAdmin(before) && !isAdmin(after)) await refuseLast(req, collection.slug, before.id)
  if (after[HAS_LEFT] !== true || before[HAS_LEFT] === true) return data
  const keyless = collection.auth.useAPIKey
    ? { apiKey: null, apiKeyIndex: null, enableAPIKey: false }
    : {}
  return { ...data, ...keyless, sessions: [] }
}

function isAdmin({ kizunaRoles, [HAS_LEFT]: hasLeft }: Account): boolean {
  return hasLeft !== true && (kizunaRoles ?? []).includes('admin')
}

/** Two admins who stop each other at the same instant take turns. */
async function refuseLast(req: PayloadRequest, collection: string, id: string): Promise<void> {
  await takeTurn(req, 'admins')
  const others: Where = {
    and: [{ kizunaRoles: { in: ['admin'] } }, STILL_HERE, { id: { not_equals: id } }],
  }
  if (
    (await req.payload.db.findOne({ collection: collection as 'users', where: others, req })) ===
    null
  ) {
    throw atMark(req, NOT_THE_LAST)
  }
}

function atMark(req: PayloadRequest, message: string): ValidationError {
  return new ValidationError({ errors: [{ path: HAS_LEFT, message }] }, req.t)
}
