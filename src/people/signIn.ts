import type {
  CollectionAfterLoginHook,
  CollectionAfterLogoutHook,
  CollectionConfig,
  CollectionSlug,
  PayloadRequest,
} from 'payload'

import { recordAudit } from '../cms/audit'
import { ON_PEOPLE } from '../cms/auditActions'
import { ONLY_ASKING } from './asking'
import { deviceInWords } from './device'
import { holdsRole } from './roles'
import { passageOf, type Passage } from './secondFactor/logIn'
import { FACTOR_SINCE } from './secondFactor/policy'

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
    const passage = passageOf(req)
    if (req.context[ONLY_ASKING] === true || passage.kind === 'keptOut') {
      await keepSessions(req, { collection: collection.slug, user }, (all) => all.slice(0, -1))
      return
    }
    if (passage.kind === 'setUp') {
      await keepSessions(req, { collection: collection.slug, user }, (all) => all.slice(-1))
    }
    if (!holdsRole(user)) return
    const at = now()
    await req.payload.db.updateOne({
      collection: collection.slug,
      id: user.id,
      // Without the null Payload would say that somebody changed the account now.
      data: {
        kizunaLastLogInAt: at.toISOString(),
        kizunaDevices: devicesWith(user, req),
        [FACTOR_SINCE]: sinceOf(passage, at),
        updatedAt: null,
      },
      returning: false,
      req,
    })
    await recordAudit(req, { ...entryOn(user), action: 'login', at, note: WAYS[passage.kind] })
  }
}

const WAYS: Readonly<Record<Passage['kind'], string>> = {
  none: '',
  keptOut: '',
  code: '二段階認証あり',
  recovery: '二段階認証あり(予備のコード)',
  setUp: '二段階認証を用意して',
}

/** The account says what is so, whatever a log-in at the same moment wrote over it. */
function sinceOf(passage: Passage, at: Date): string | null {
  if (passage.kind === 'setUp') return at.toISOString()
  return 'since' in passage ? passage.since : null
}

interface Kept {
  collection: CollectionSlug
  user: unknown
}

/** Ends log-ins; Payload has put the new one last. */
async function keepSessions(
  req: PayloadRequest,
  { collection, user }: Kept,
  kept: (all: readonly { id: string }[]) => { id: string }[],
): Promise<void> {
  const { id, sessions } = user as Comer & { id: string }
  if (!sessions) return
  await req.payload.db.updateOne({
    collection,
    id,
    data: { sessions: kept(sessions), updatedAt: null },
    returning: false,
    req,
  })
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
