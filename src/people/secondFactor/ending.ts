import type { CollectionBeforeChangeHook, Config, PayloadRequest, Where } from 'payload'

import { recordAudit } from '../../cms/audit'
import { ON_PEOPLE } from '../../cms/auditActions'
import { ReviewRefusal } from '../../cms/refusal'
import { inTransaction } from '../../cms/transaction'
import { factorEndedMail } from '../accountMail'
import { nameOf } from '../names'
import { peopleIn } from '../usersSlug'
import { markAccount } from './endpoints'
import type { FactorSettings } from './logIn'
import { FACTOR_SINCE, factorStanding, needsFactor, type SecondFactorPolicy } from './policy'
import { findFactor, removeFactor } from './store'

/** Whose second factor is ended for them. */
interface Account {
  id: string
  email?: string | null
  kizunaName?: string | null
  kizunaRoles?: unknown
}

/** Said of who ended it at the shell, where nobody is logged in. */
const AT_SHELL = 'サーバーの担当者'

/**
 * Ends somebody's second factor for them, who has lost the phone and the recovery codes: their log-ins end,
 * the log has it, and they are told by mail.
 *
 * @returns whether the mail was taken.
 * @throws ReviewRefusal NOT_ALLOWED for oneself, OUT_OF_ORDER where there is none.
 */
export async function endForOther(
  req: PayloadRequest,
  account: Account,
  settings: FactorSettings,
): Promise<boolean> {
  const { id, kizunaName } = account
  if (id === String(req.user?.id ?? '')) throw new ReviewRefusal('NOT_ALLOWED', NOT_ONESELF)
  if ((await findFactor(req.payload, id)) === null) throw new ReviewRefusal('OUT_OF_ORDER', NONE)
  await inTransaction(req, async () => {
    await removeFactor(req, id)
    await markAccount(req, id, { since: null, keeps: null })
    await recordAudit(req, {
      action: 'factor-ended',
      collection: ON_PEOPLE,
      documentId: id,
      title: kizunaName ?? '',
      at: settings.now(),
    })
  })
  return tell(req, account, needsFactor(account, settings.secondFactor))
}

const NOT_ONESELF =
  '自分の二段階認証は、ここでは終わらせられません。自分のアカウントの画面でやめるか、ほかのシステム管理者に頼んでください。'
const NONE = 'この人は、二段階認証を使っていません。'

async function tell(req: PayloadRequest, account: Account, isRequired: boolean): Promise<boolean> {
  const { email, kizunaName } = account
  const name = kizunaName ?? ''
  if (!email) return false
  const mail = factorEndedMail({ name, by: nameOf(req.user) ?? AT_SHELL, isRequired })
  try {
    await req.payload.sendEmail({ to: { name, address: email }, ...mail })
    return true
  } catch {
    return false
  }
}

/** Who gets a role that must have a second factor, and has none, is out until it is set up. */
export function endWithRole(policy: SecondFactorPolicy): CollectionBeforeChangeHook {
  return ({ data, operation, originalDoc }) => {
    if (operation !== 'update') return data
    const after = factorStanding({ ...originalDoc, ...data }, policy)
    return after === 'owed' && factorStanding(originalDoc, policy) !== 'owed'
      ? { ...data, sessions: [] }
      : data
  }
}

/** At the start: log-ins from before somebody's role had to have a second factor end. */
export function endUnprovenOnInit(
  onInit: Config['onInit'],
  { requiredFor }: SecondFactorPolicy,
): NonNullable<Config['onInit']> {
  return async (payload) => {
    await onInit?.(payload)
    if (requiredFor.length === 0) return
    const unproven: Where = {
      and: [{ kizunaRoles: { in: [...requiredFor] } }, { [FACTOR_SINCE]: { exists: false } }],
    }
    const collection = peopleIn(payload)
    await payload.db.updateMany({
      collection,
      where: unproven,
      data: { sessions: [], updatedAt: null },
      returning: false,
    })
  }
}
