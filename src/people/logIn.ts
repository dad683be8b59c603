import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

import {
  AuthenticationError,
  getLoginOptions,
  type AfterErrorHook,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type Where,
} from 'payload'

import { systemNow } from '../config/clock'
import { ON_PEOPLE } from '../cms/auditActions'
import { recordAudit } from '../cms/audit'
import { heldUntil } from './secondFactor/store'
import { peopleIn } from './usersSlug'

/** As Payload hashes a password: so much work tells nobody that there was nothing to compare. */
const WORK = { iterations: 600_000, length: 32, digest: 'sha256' } as const

const work = promisify(pbkdf2)

/** Id that no account has. */
const NOBODY = '000000000000000000000000'

/** Account that somebody tries to log in to; lives in the context, which goes along everywhere. */
const TRIED = 'kizunaTriedAccount'

/**
 * Answers a log-in to an account that is not there, or is stopped after wrong guesses, like one with
 * a wrong password: the same words after the same work. Otherwise the door tells who exists.
 *
 * @throws AuthenticationError (in the operation).
 */
export function hideWhoExists(): CollectionBeforeOperationHook {
  return async ({ args, operation, req }) => {
    if (operation !== 'login') return
    req.context[TRIED] = null // of another log-in that the same GraphQL request asked for
    await refuseUnseen(req, args)
  }
}

/** The clock. */
interface Clock {
  now: () => Date
}

async function refuseUnseen(req: PayloadRequest, args: unknown): Promise<void> {
  const { collection, data = {} } = args as LogIn
  const { password } = data
  const asked = whoIsAsked(data, getLoginOptions(collection.config.auth.loginWithUsername))
  if (asked === null || typeof password !== 'string' || password.trim() === '') return
  const account = await findAccount(req, asked)
  const isHeld = await isHeldBack(req, account?.id ?? NOBODY)
  if (account && !isStopped(account) && !isHeld) {
    req.context[TRIED] = account.id
    return
  }
  await findAccount(req, { id: { equals: NOBODY } })
  await work(password, randomBytes(32), WORK.iterations, WORK.length, WORK.digest)
  await countNothing(req)
  throw new AuthenticationError(req.t)
}

interface LogIn {
  collection: { config: SanitizedCollectionConfig }
  data?: { email?: unknown; password?: unknown; username?: unknown }
}

/** Whom Payload looks up: what it does not read, e.g. a name beside an address, changes nothing. */
function whoIsAsked(
  data: NonNullable<LogIn['data']>,
  { canLoginWithEmail, canLoginWithUsername }: ReturnType<typeof getLoginOptions>,
): Where | null {
  const name = canLoginWithUsername ? lowered(data.username) : ''
  const email = lowered(data.email)
  const said = name || email
  if (said === '' || (!canLoginWithEmail && name === '')) return null
  if (!canLoginWithUsername) return { email: { equals: said } }
  if (!canLoginWithEmail) return { username: { equals: said } }
  return { or: [{ email: { equals: said } }, { username: { equals: said } }] }
}

function lowered(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase().trim() : ''
}

/**
 * After a failed log-in: the sentence is the same whether the account was stopped or not, and it is
 * in the audit log. The note is taken beside the answer, which would come later for an account that
 * exists.
 */
export function answerFailedLogIn({ now }: Clock): AfterErrorHook {
  return ({ error, graphqlResult, req }) => {
    const { originalError = error } = error as Error & { originalError?: Error }
    const name = originalError.constructor.name
    if (name !== 'AuthenticationError' && name !== 'LockedAuth') return
    const id = req.context?.[TRIED]
    if (typeof id === 'string') void noteFailure(req, id, now())
    if (name !== 'LockedAuth') return
    const { message } = new AuthenticationError(req.t)
    if (!graphqlResult) return { status: 401, response: { errors: [{ message }] } }
    const { name: _name, ...extensions } = graphqlResult.extensions ?? {}
    return { graphqlResult: { ...graphqlResult, message, extensions } }
  }
}

interface Account {
  id: string
  kizunaName?: string
  lockUntil?: string | null
}

/** Payload stops an account by this machine's clock, whatever a practice clock shows. */
function isStopped({ lockUntil }: Account): boolean {
  return Boolean(lockUntil) && new Date(String(lockUntil)) > systemNow()
}

/** A wrong guess is counted in the database: here, at nobody. */
async function countNothing(req: PayloadRequest): Promise<void> {
  await req.payload.db.updateOne({
    collection: peopleIn(req.payload),
    where: { id: { equals: NOBODY } },
    data: { loginAttempts: 1 },
    select: { loginAttempts: true },
  })
}

/** Whether wrong codes of the second factor stopped it, by this machine's clock as well. */
async function isHeldBack({ payload }: Pick<PayloadRequest, 'payload'>, id: string) {
  const until = await heldUntil(payload, id)
  return until !== null && new Date(until) > systemNow()
}

/** Notes a log-in that failed, and whether the account is stopped by it; never throws. */
export async function noteFailure(req: PayloadRequest, id: string, at: Date): Promise<void> {
  await note(req, id, at).catch(() => warn(req))
}

async function note({ payload }: PayloadRequest, id: string, at: Date): Promise<void> {
  const account = await payload.db.findOne<Account>({
    collection: peopleIn(payload),
    where: { id: { equals: id } },
  })
  if (!account) return
  // A request of its own: the one that failed may have ended its transaction.
  const own = { payload, user: null, context: {} } as unknown as PayloadRequest
  const isOut = isStopped(account) || (await isHeldBack(own, id))
  await recordAudit(own, {
    action: isOut ? 'login-stopped' : 'login-failed',
    collection: ON_PEOPLE,
    documentId: id,
    title: account.kizunaName ?? '',
    at,
  })
}

function warn({ payload }: PayloadRequest): void {
  payload.logger.warn('failed log-in not noted')
}

function findAccount(req: PayloadRequest, where: Where): Promise<Account | null> {
  return req.payload.db.findOne<Account>({ collection: peopleIn(req.payload), where, req })
}
