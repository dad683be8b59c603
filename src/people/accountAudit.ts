import type {
  CollectionAfterChangeHook,
  CollectionAfterOperationHook,
  CollectionBeforeDeleteHook,
  CollectionConfig,
  PayloadRequest,
} from 'payload'

import { ON_PEOPLE } from '../cms/auditActions'
import { recordAudit, type AuditAction } from '../cms/audit'
import { municipalityOf } from '../cms/municipalityOf'
import { relatedId } from '../cms/relation'
import { holdsRole, ROLES, SERVICE_ACCOUNTS } from './roles'
import { releaseFactor } from './secondFactor/store'
import { peopleIn } from './usersSlug'

type Hooks = NonNullable<CollectionConfig['hooks']>

interface AccountAuditOptions {
  now: () => Date
  /** Code and name of each discipline. */
  disciplines: readonly { code: string; label: string }[]
}

/** Hooks that note what is done to people's accounts; never a password, never an address. */
export function auditPeople(options: AccountAuditOptions): Hooks {
  return {
    afterChange: [noteChange(options)],
    afterOperation: [noteReset(options), noteUnlock(options)],
    beforeDelete: [noteDeletion({ ...options, collection: ON_PEOPLE })],
  }
}

/** Hooks that note what is done to programs' accounts and their API keys. */
export function auditPrograms({ now }: Pick<AccountAuditOptions, 'now'>): Hooks {
  return {
    beforeOperation: [
      ({ args, operation, req }) => {
        if (operation !== 'create' && operation !== 'update') return
        const { data } = args as { data?: { apiKey?: unknown; enableAPIKey?: unknown } }
        req.context[NEW_KEY] = Boolean(data?.apiKey)
      },
    ],
    afterChange: [
      async ({ doc, operation, previousDoc, req }) => {
        const isNewKey = req.context[NEW_KEY] === true
        req.context[NEW_KEY] = false
        const on = {
          collection: SERVICE_ACCOUNTS,
          id: String(doc.id),
          title: doc.name,
          at: now(),
        }
        if (operation === 'create') await note(req, { ...on, action: 'create' })
        if (isNewKey && doc.enableAPIKey !== false) await note(req, { ...on, action: 'api-key' })
        if (previousDoc?.enableAPIKey && !doc.enableAPIKey) {
          await note(req, { ...on, action: 'api-key-off' })
        }
        if (operation === 'update' && previousDoc?.isActive !== doc.isActive) {
          await note(req, { ...on, action: doc.isActive ? 'account-on' : 'account-off' })
        }
      },
    ],
    beforeDelete: [noteDeletion({ now, collection: SERVICE_ACCOUNTS })],
  }
}

/**
 * Notes in the context whether a write sets a password: hooks never see one. Of a write that sets none
 * too: all that one GraphQL request asks for has the same context.
 */
export function markNewPassword(req: PayloadRequest, isNew: boolean): void {
  req.context[NEW_PASSWORD] = isNew
}

const NEW_PASSWORD = 'kizunaNewPassword'
const NEW_KEY = 'kizunaNewApiKey'

interface Note {
  action: AuditAction
  collection: string
  id: string
  title: unknown
  at: Date
  note?: string
}

async function note(req: PayloadRequest, { id, title, note: words, ...rest }: Note): Promise<void> {
  await recordAudit(req, {
    ...rest,
    documentId: id,
    title: String(title ?? ''),
    ...(words ? { note: words } : {}),
  })
}

function noteChange(options: AccountAuditOptions): CollectionAfterChangeHook {
  return async ({ doc, operation, previousDoc, req }) => {
    const isNewPassword = req.context[NEW_PASSWORD] === true
    req.context[NEW_PASSWORD] = false
    if (!holdsRole(doc) && !holdsRole(previousDoc)) return
    const on = {
      collection: ON_PEOPLE,
      id: String(doc.id),
      title: doc.kizunaName,
      at: options.now(),
    }
    const before = await rightsOf(req, operation === 'create' ? {} : previousDoc, options)
    const after = await rightsOf(req, doc, options)
    if (operation === 'create') {
      await note(req, { ...on, action: 'create', note: after })
      return
    }
    if (before !== after) {
      await note(req, { ...on, action: 'account-rights', note: `${before} → ${after}` })
    }
    if (Boolean(previousDoc?.kizunaHasLeft) !== Boolean(doc.kizunaHasLeft)) {
      const action = doc.kizunaHasLeft ? 'account-off' : 'account-on'
      await note(req, { ...on, action, ...(doc.kizunaHasLeft ? { note: '退職・異動' } : {}) })
    }
    if (previousDoc?.email !== doc.email) await note(req, { ...on, action: 'account-mail' })
    if (isNewPassword) await note(req, { ...on, action: 'account-password' })
    if (previousDoc?.kizunaName !== doc.kizunaName) {
      await note(req, {
        ...on,
        action: 'account-name',
        note: `${previousDoc?.kizunaName} → ${doc.kizunaName}`,
      })
    }
  }
}

/** What somebody may do, in words. */
async function rightsOf(
  req: PayloadRequest,
  account: Record<string, unknown>,
  { disciplines }: AccountAuditOptions,
): Promise<string> {
  const municipality = await municipalityOf(relatedId(account.kizunaMunicipality), req)
  const names = [
    ...wordsFor(account.kizunaRoles, (code) => ROLES.find(({ value }) => value === code)?.label),
    ...wordsFor(
      account.kizunaDisciplines,
      (code) => disciplines.find((one) => one.code === code)?.label,
    ),
    ...(municipality ? [municipality.name] : []),
  ]
  return names.join('、') || '役割なし'
}

function wordsFor(codes: unknown, labelOf: (code: string) => string | undefined): string[] {
  return Array.isArray(codes) ? codes.map((code) => labelOf(String(code)) ?? String(code)) : []
}

function noteReset({ now }: AccountAuditOptions): CollectionAfterOperationHook {
  return async ({ operation, result, req }) => {
    if ((operation as string) !== 'resetPassword') return result
    const { user } = result as unknown as { user?: { id: string } }
    if (!user) return result
    const account = await req.payload.db.findOne<{ id: string; kizunaName?: string }>({
      collection: peopleIn(req.payload),
      where: { id: { equals: user.id } },
      req,
    })
    if (!holdsRole(account)) return result
    const on = { collection: ON_PEOPLE, id: String(user.id), title: account?.kizunaName, at: now() }
    await note(req, { ...on, action: 'account-password', note: 'メールから決め直した' })
    return result
  }
}

/** Payload's own door to it, which asks for the address. */
function noteUnlock({ now }: AccountAuditOptions): CollectionAfterOperationHook {
  return async ({ args, operation, result, req }) => {
    if ((operation as string) !== 'unlock' || !result) return result
    const { data } = args as { data?: { email?: unknown } }
    const account = await req.payload.db.findOne<Named>({
      collection: peopleIn(req.payload),
      where: { email: { equals: String(data?.email).toLowerCase().trim() } },
    })
    if (!account || !holdsRole(account)) return result
    await releaseFactor(req.payload, account.id)
    const on = { collection: ON_PEOPLE, id: account.id, title: account.kizunaName, at: now() }
    await note(req, { ...on, action: 'login-unlocked' })
    return result
  }
}

interface Named {
  id: string
  kizunaName?: string
  name?: string
}

function noteDeletion(options: {
  now: () => Date
  collection: typeof ON_PEOPLE | typeof SERVICE_ACCOUNTS
}): CollectionBeforeDeleteHook {
  return async ({ collection, id, req }) => {
    const account = await req.payload.db.findOne<Named>({
      collection: collection.slug,
      where: { id: { equals: id } },
      req,
    })
    if (options.collection === ON_PEOPLE && !holdsRole(account)) return
    await note(req, {
      collection: options.collection,
      id: String(id),
      title: account?.kizunaName ?? account?.name,
      at: options.now(),
      action: 'delete',
    })
  }
}
