import type { Access, AccessResult, CollectionConfig, Field, Where } from 'payload'

import { hasRole, holdsRole, isOnlyContributor, ROLES } from '../people/roles'

type Rules = NonNullable<CollectionConfig['access']>

/**
 * The host's collection of the admin's users with kizuna's part in it: labels, place in the menu,
 * columns and sign-in stay the host's; ours are the namespaced fields, the hooks that guard them, and
 * the rules for those accounts that hold a role of kizuna. *Pure.*
 */
export function joinUsers(own: CollectionConfig, host: CollectionConfig): CollectionConfig {
  return {
    ...host,
    auth: typeof host.auth === 'object' ? host.auth : own.auth,
    hooks: joinHooks(own.hooks, host.hooks),
    endpoints: [...(own.endpoints || []), ...(host.endpoints || [])],
    access: { ...host.access, ...joinAccess(own.access ?? {}, host.access ?? {}) },
    fields: [...host.fields, ...own.fields.filter(isNamespaced).map(forSome)],
  }
}

/**
 * Payload's default, any logged-in user, without those who only propose to a municipality: they were
 * let into kizuna and not into the host's other collections.
 */
export const signedIn = ({ req }: Parameters<Access>[0]): boolean =>
  Boolean(req.user) && !isOnlyContributor(req.user)

/**
 * Whether an account is the host's alone or one of kizuna's is asked of each: its rules hold for the
 * first, and for the others it takes kizuna's (to read them) or both (to change them). *Pure.*
 */
function joinAccess(own: Rules, host: Rules): Rules {
  const theirs = (name: Asked): Access => host[name] ?? signedIn
  const ours = (name: Asked): Access => own[name] ?? (() => false)
  return {
    create: host.create ?? signedIn,
    admin: async (args) =>
      hasRole(args.req.user, ...ALL_ROLES) || ((await host.admin?.(args)) ?? signedIn(args)),
    read: async (args) =>
      anyOf(
        bothOf(HOSTS_ALONE, await theirs('read')(args)),
        bothOf(OURS, await ours('read')(args)),
      ),
    update: guarded(theirs('update'), ours('update')),
    delete: guarded(theirs('delete'), ours('delete')),
    readVersions: guarded(theirs('readVersions'), ours('readVersions')),
    // Payload asks this of no account in particular, and takes a condition for a yes.
    unlock: async (args) =>
      (await ours('unlock')(args)) === true || (await host.unlock?.(args)) === true,
  }
}

type Asked = 'delete' | 'read' | 'readVersions' | 'unlock' | 'update'

/** The host's rule for its accounts; for one with a role of kizuna ours is asked too. */
function guarded(theirs: Access, ours: Access): Access {
  return async (args) =>
    bothOf(await theirs(args), anyOf(HOSTS_ALONE, bothOf(OURS, await ours(args))))
}

const ALL_ROLES = ROLES.map(({ value }) => value)

/** Accounts that kizuna gave nothing; an empty list is one of them too. */
const HOSTS_ALONE: Where = { kizunaRoles: { not_in: ALL_ROLES } }
const OURS: Where = { kizunaRoles: { in: ALL_ROLES } }

function bothOf(one: AccessResult, other: AccessResult): AccessResult {
  if (one === false || other === false) return false
  if (one === true) return other
  return other === true ? one : { and: [one, other] }
}

function anyOf(one: AccessResult, other: AccessResult): AccessResult {
  if (one === true || other === true) return true
  if (one === false) return other
  return other === false ? one : { or: [one, other] }
}

/** Whether a field of the users is our own; the address stands in the host's form as the host has it. */
export function isNamespaced(field: Field): boolean {
  return 'name' in field && field.name.startsWith(NAMESPACE)
}

/** What the names of kizuna's fields in the users' collection begin with. */
export const NAMESPACE = 'kizuna'

/** In a host most people have nothing to do with kizuna: what it must know is asked of the others. */
function forSome(field: Field): Field {
  if (!('name' in field) || !('required' in field) || !field.required) return field
  const said = `「${String(field.label)}」を入れてください(kizuna の役割がある人に要ります)。`
  const validate = (value: unknown, { data }: { data: unknown }) =>
    !holdsRole(data) || (value !== undefined && value !== null && value !== '') || said
  return { ...field, required: false, validate } as Field
}

type Hooks = CollectionConfig['hooks']

function joinHooks(own: Hooks, host: Hooks): Hooks {
  const names = new Set([...Object.keys(own ?? {}), ...Object.keys(host ?? {})]) as Set<
    keyof NonNullable<Hooks>
  >
  const joined = [...names].map((name) => [name, [...(own?.[name] ?? []), ...(host?.[name] ?? [])]])
  return Object.fromEntries(joined) as Hooks
}
