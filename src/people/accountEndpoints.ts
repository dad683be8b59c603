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
import { endForOther } from './secondFactor/ending'
import type { FactorSettings } from './secondFactor/logIn'
import { needsFactor } from './secondFactor/policy'
import { findFactor, releaseFactor, type StoredFactor } from './secondFactor/store'
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
  /** ISO instant since which they have a second factor; null where they have none. */
  factorSince: string | null
  /** Whether their role must have one. */
  needsFactor: boolean
}

/** The same after a second factor was ended, and whether the person could be told by mail. */
export interface FactorEndedState extends AccountState {
  isTold: boolean
}

const keepers = only(
  (user) => hasRole(user, 'chief', 'admin'),
  'アカウントの様子は、監修責任者とシステム管理者だけが見られます。',
)

/**
 * `GET /users/:id/kizuna-state`, and `POST /users/:id/kizuna-unlock`: ends the lock after wrong guesses.
 * `POST /users/:id/kizuna-link` mails the link by which they choose a password, see `sendPasswordLink`.
 * `POST /users/:id/kizuna-end-second-factor` ends their second factor, see `endForOther`.
 * Of accounts with a role alone; each answers {@link AccountState}.
 */
export function accountEndpoints(settings: FactorSettings): Endpoint[] {
  const tell = async (req: PayloadRequest, id: string) =>
    stateOf(req, await findAccount(req, id), settings)
  return [
    endpoint({
      method: 'get',
      path: '/:id/kizuna-state',
      who: keepers,
      run: ({ req, id }) => tell(req, id),
    }),
    endpoint({
      method: 'post',
      path: '/:id/kizuna-unlock',
      who: keepers,
      run: async ({ req, id }) => {
        await unlock(req, id, settings)
        return tell(req, id)
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/kizuna-link',
      who: only(
        (user) => hasRole(user, 'admin'),
        'このメールを送れるのは、システム管理者だけです。',
      ),
      run: async ({ req, id }) => {
        await sendPasswordLink(req, await findAccount(req, id), settings.now())
        return tell(req, id)
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/kizuna-end-second-factor',
      who: only(
        (user) => hasRole(user, 'admin'),
        '二段階認証を終わらせられるのは、システム管理者だけです。',
      ),
      run: async ({ req, id }): Promise<FactorEndedState> => {
        const isTold = await endForOther(req, await findAccount(req, id), settings)
        return { ...(await tell(req, id)), isTold }
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
async function stateOf(
  req: PayloadRequest,
  account: Account,
  { secondFactor }: FactorSettings,
): Promise<AccountState> {
  const { resetPasswordExpiration: until } = account
  const factor = await findFactor(req.payload, account.id)
  return {
    lockedMinutes: minutesLeft(account, factor),
    lastLogInAt: account.kizunaLastLogInAt ?? null,
    invitedAt: account.kizunaInvitedAt ?? null,
    linkUntil: until && new Date(until) > systemNow() ? until : null,
    hasLeft: account.kizunaHasLeft === true,
    factorSince: factor?.since ?? null,
    needsFactor: needsFactor(account, secondFactor),
  }
}

/** Wrong passwords and wrong codes stop it each by themselves. */
function minutesLeft({ lockUntil }: Account, factor: StoredFactor | null): number | null {
  const ends = [lockUntil, factor?.heldUntil].map((until) => lockedMinutes(until, systemNow()))
  return ends.reduce<number | null>((most, one) => (one && one > (most ?? 0) ? one : most), null)
}

async function unlock(req: PayloadRequest, id: string, { now }: FactorSettings): Promise<void> {
  const account = await findAccount(req, id)
  if (minutesLeft(account, await findFactor(req.payload, id)) === null) return
  await releaseFactor(req.payload, id)
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
