import type { Endpoint, PayloadRequest } from 'payload'

import { recordAudit } from '../cms/audit'
import { ON_PEOPLE } from '../cms/auditActions'
import { endpoint, only } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { asStored } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { systemNow } from '../config/clock'
import { lockedMinutes } from './lock'
import { sendPasswordLink, type LinkedAccount } from './passwordLink'
import { hasRole, holdsRole } from './roles'
import { peopleIn } from './usersSlug'

/** How it stands with somebody's account, for who looks after it. */
export interface AccountState {
  /** Minutes until log-ins are possible again; null when they are. */
  lockedMinutes: number | null
  /** ISO instant; null before the first. */
  lastLogInAt: string | null
  /** ISO instant of the last invitation; null where there was none. */
  invitedAt: string | null
  /** ISO instant until which a link to choose a password works; null when there is none. */
  linkUntil: string | null
  /** Whether they left (退職・異動) and cannot come in. */
  hasLeft: boolean
}

interface Clock {
  now: () => Date
}

const keepers = only(
  (user) => hasRole(user, 'chief', 'admin'),
  'アカウントの様子は、監修責任者とシステム管理者だけが見られます。',
)

/**
 * `GET /users/:id/kizuna-state`, and `POST /users/:id/kizuna-unlock`: ends the lock after wrong guesses.
 * `POST /users/:id/kizuna-link` mails the link by which they choose a password, see `sendPasswordLink`.
 * Of accounts with a role alone; each answers {@link AccountState}.
 */
export function accountEndpoints(clock: Clock): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/:id/kizuna-state',
      who: keepers,
      run: async ({ req, id }) => stateOf(await findAccount(req, id)),
    }),
    endpoint({
      method: 'post',
      path: '/:id/kizuna-unlock',
      who: keepers,
      run: async ({ req, id }) => stateOf(await unlock(req, id, clock)),
    }),
    endpoint({
      method: 'post',
      path: '/:id/kizuna-link',
      who: only(
        (user) => hasRole(user, 'admin'),
        'このメールを送れるのは、システム管理者だけです。',
      ),
      run: async ({ req, id }) => {
        await sendPasswordLink(req, await findAccount(req, id), clock.now())
        return stateOf(await findAccount(req, id))
      },
    }),
  ]
}

interface Account extends LinkedAccount {
  kizunaInvitedAt?: string | null
  lockUntil?: string | null
  resetPasswordExpiration?: string | null
}

/** Payload locks and ends links by this machine's clock, whatever a practice clock shows. */
function stateOf(account: Account): AccountState {
  const { resetPasswordExpiration: until } = account
  return {
    lockedMinutes: lockedMinutes(account.lockUntil, systemNow()),
    lastLogInAt: account.kizunaLastLogInAt ?? null,
    invitedAt: account.kizunaInvitedAt ?? null,
    linkUntil: until && new Date(until) > systemNow() ? until : null,
    hasLeft: account.kizunaHasLeft === true,
  }
}

async function unlock(req: PayloadRequest, id: string, { now }: Clock): Promise<Account> {
  const account = await findAccount(req, id)
  if (lockedMinutes(account.lockUntil, systemNow()) === null) return account
  await inTransaction(req, async () => {
    await req.payload.db.updateOne({
      collection: peopleIn(req.payload),
      id,
      data: { lockUntil: null, loginAttempts: 0, updatedAt: null },
      returning: false,
      req,
    })
    await recordAudit(req, {
      action: 'login-unlocked',
      collection: ON_PEOPLE,
      documentId: id,
      title: account.kizunaName ?? '',
      at: now(),
    })
  })
  return { ...account, lockUntil: null }
}

/** An account with a role that the person may read. */
async function findAccount(req: PayloadRequest, id: string): Promise<Account> {
  const account = await req.payload.findByID({
    collection: peopleIn(req.payload),
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    showHiddenFields: true,
    req,
  })
  if (!holdsRole(account)) throw new ReviewRefusal('NOT_FOUND', 'このアカウントは見つかりません。')
  return asStored<Account>(account)
}
