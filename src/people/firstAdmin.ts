import { createLocalReq, type Config, type Payload } from 'payload'

import { recordAudit } from '../cms/audit'
import { ON_PEOPLE } from '../cms/auditActions'
import { STILL_HERE } from './roles'
import { peopleIn } from './usersSlug'

type OnInit = NonNullable<Config['onInit']>

/**
 * In a host that has people already, somebody must be the first to give roles: the account that the
 * host names gets the system admin's when the CMS starts, if nobody has it.
 */
export function firstAdminOnInit(
  onInit: Config['onInit'],
  { firstAdmin, now }: { firstAdmin: string | null; now: () => Date },
): OnInit {
  return async (payload) => {
    await onInit?.(payload)
    if (firstAdmin !== null) await ensureAdmin(payload, { email: firstAdmin, now })
  }
}

interface First {
  email: string
  now: () => Date
}

async function ensureAdmin(payload: Payload, { email, now }: First): Promise<void> {
  const collection = peopleIn(payload)
  const admin = { and: [{ kizunaRoles: { in: ['admin'] } }, STILL_HERE] }
  if ((await payload.db.findOne({ collection, where: admin })) !== null) return
  const account = await payload.db.findOne<{ id: string; kizunaRoles?: string[] }>({
    collection,
    where: { email: { equals: email } },
  })
  if (account === null) {
    payload.logger.warn('kizuna: firstAdmin names no account; nobody can give roles yet')
    return
  }
  const kizunaRoles = [...(account.kizunaRoles ?? []), 'admin']
  await payload.db.updateOne({ collection, id: account.id, data: { kizunaRoles } })
  await recordAudit(await createLocalReq({}, payload), {
    action: 'account-rights',
    collection: ON_PEOPLE,
    documentId: String(account.id),
    at: now(),
    note: '設定の firstAdmin から → システム管理者',
  })
}
