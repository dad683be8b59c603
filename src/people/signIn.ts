import type {
  CollectionAfterLoginHook,
  CollectionAfterLogoutHook,
  CollectionConfig,
  PayloadRequest,
} from 'payload'

import { recordAudit } from '../cms/audit'
import { ON_PEOPLE } from '../cms/auditActions'
import { deviceInWords } from './device'
import { holdsRole } from './roles'

/** In the context of a log-in that only asks for the present password: nobody comes in by it. */
export const ONLY_ASKING = 'kizunaOnlyAsking'

interface Clock {
  now: () => Date
}

/** Hooks that note who signs in and out: in the log, and the last time in the account. */
export function auditSignIns(clock: Clock): NonNullable<CollectionConfig['hooks']> {
  return { afterLogin: [noteSignIn(clock)], afterLogout: [noteSignOut(clock)] }
}

/** In the transaction of the log-in itself. */
function noteSignIn({ now }: Clock): CollectionAfterLoginHook {
  return async ({ collection, req, user }) => {
    if (!holdsRole(user) || req.context[ONLY_ASKING] === true) return
    const at = now()
    await req.payload.db.updateOne({
      collection: collection.slug,
      id: user.id,
      // Without the null Payload would say that somebody changed the account now.
      data: {
        kizunaLastLogInAt: at.toISOString(),
        kizunaDevices: devicesWith(user, req),
        updatedAt: null,
      },
      returning: false,
      req,
    })
    await recordAudit(req, { ...entryOn(user), action: 'login', at })
  }
}

function noteSignOut({ now }: Clock): CollectionAfterLogoutHook {
  return async ({ req }) => {
    if (!holdsRole(req.user)) return
    const isEverywhere = req.searchParams?.get('allSessions') === 'true'
    await recordAudit(req, {
      ...entryOn(req.user as Named),
      action: 'logout',
      at: now(),
      ...(isEverywhere ? { note: 'すべての端末から' } : {}),
    })
  }
}

interface Comer {
  sessions?: readonly { id: string }[] | null
  kizunaDevices?: Readonly<Record<string, string>> | null
}

/** Which device each log-in is on; Payload has put the new one last, and taken out what has ended. */
function devicesWith(user: unknown, { headers }: PayloadRequest): Record<string, string> {
  const { sessions, kizunaDevices } = user as Comer
  const ids = (sessions ?? []).map(({ id }) => id)
  const newest = ids.at(-1)
  return Object.fromEntries(
    ids.flatMap((id) => {
      const known = kizunaDevices?.[id]
      const device = id === newest ? deviceInWords(headers.get('user-agent')) : known
      return device ? [[id, device]] : []
    }),
  )
}

interface Named {
  id: number | string
  kizunaName?: string | null
}

function entryOn({ id, kizunaName }: Named) {
  return { collection: ON_PEOPLE, documentId: String(id), title: kizunaName ?? '' }
}
