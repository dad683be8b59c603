import type { PayloadRequest, Where } from 'payload'

import type { SheetWord } from '../release/contentKind'
import { relatedId } from '../cms/relation'

/** Roles of the CMS's users; the only place where they are named. */
export const ROLES = [
  { value: 'editor', label: '編集者(制作)' },
  { value: 'reviewer', label: '監修者' },
  { value: 'chief', label: '監修責任者' },
  { value: 'municipal-editor', label: '自治体の編集担当' },
  { value: 'municipal-approver', label: '自治体の承認者' },
  { value: 'contributor', label: '地域の協力団体' },
  { value: 'admin', label: 'システム管理者' },
] as const

/** Code of a role. */
export type Role = (typeof ROLES)[number]['value']

/** What stands in brackets after a name, where there is room for one word. */
const SHORT_ROLES: Readonly<Record<Role, string>> = {
  editor: '編集',
  reviewer: '監修',
  chief: '監修責任者',
  'municipal-editor': '自治体の編集',
  'municipal-approver': '自治体の承認',
  contributor: '協力団体',
  admin: 'システム管理',
}

/** Roles in short words, in the order of {@link ROLES}; what is none is left out. *Pure.* */
export function shortRoles(held: unknown): string[] {
  const codes: readonly unknown[] = Array.isArray(held) ? held : []
  return ROLES.flatMap(({ value }) => (codes.includes(value) ? [SHORT_ROLES[value]] : []))
}

/** Roles as people read them: 編集者(制作)、監修責任者. *Pure.* */
export function rolesInWords(roles: readonly Role[] | null | undefined): string {
  const labels = ROLES.filter(({ value }) => roles?.includes(value)).map(({ label }) => label)
  return labels.join('、')
}

/**
 * Auth collections: people who log in, and programs with an API key. In a host whose admin has users
 * of another slug, the plugin gives that one to everything written with this (src/people/usersSlug.ts).
 */
export const USERS = 'users'
/** Slug of the programs' accounts. */
export const SERVICE_ACCOUNTS = 'kizuna-service-accounts'

/** The production and supervision team; they see every municipality. */
export const TEAM: readonly Role[] = ['editor', 'reviewer', 'chief', 'admin']
/** Those of the team who answer for all municipalities together. */
export const LEADS: readonly Role[] = ['chief', 'admin']
/** Staff of one municipality; they see only their own. */
export const MUNICIPAL: readonly Role[] = ['municipal-editor', 'municipal-approver']

/** Who approves what waits in the inbox. */
export const INBOX_REVIEWERS: readonly Role[] = ['reviewer', 'chief', 'municipal-approver']

/** Whose texts come back to the inbox. */
export const INBOX_WRITERS: readonly Role[] = ['editor', 'municipal-editor']

/** Who works with files of many documents at once. */
export const SHEET_PEOPLE: readonly Role[] = ['editor', 'chief', ...MUNICIPAL]

/** Who sends urgent texts: each municipality's staff, and the chief for any. */
export const ALERT_PEOPLE: readonly Role[] = ['chief', ...MUNICIPAL]

/** Who takes a series into the next fiscal year: writes, approves or runs it. */
export const RENEWAL_PEOPLE: readonly Role[] = ['editor', 'chief', 'admin']

// Who asks.

type RequestUser = PayloadRequest['user']

/** Name of the field that marks the plugin's people. */
export const PERSON = 'kizunaPerson'

/**
 * Whether somebody from the admin's own collection of users is logged in. It may have another slug
 * in a host's config, and a host's other log-ins (customers, members) may have roles of their own:
 * so the plugin's collection marks its people, see `personField`. Who has left is none; nor is who
 * comes in without the second factor that they have or must have. *Pure.*
 */
export function isPerson(user: RequestUser | undefined): user is NonNullable<RequestUser> {
  if (!user) return false
  const { [PERSON]: mark, collection, kizunaHasLeft } = user as Marked
  const isMarked = mark !== undefined && mark === collection
  return isMarked && kizunaHasLeft !== true && !lacksFactor(user)
}

/** Name of the field that says how it stands with somebody's second factor. */
export const FACTOR = 'kizunaSecondFactor'

/**
 * A log-in at the door has passed it, one from before its role was given has not, and an API key never
 * does. What a host's own ways to log in ask for is theirs. *Pure.*
 */
function lacksFactor(user: NonNullable<RequestUser>): boolean {
  const { [FACTOR]: standing, _strategy } = user as { [FACTOR]?: unknown; _strategy?: string }
  if (_strategy === 'api-key') return standing === 'on' || standing === 'owed'
  return _strategy === 'local-jwt' && standing === 'owed'
}

interface Marked {
  [PERSON]?: unknown
  collection?: unknown
  kizunaHasLeft?: unknown
}

/** Of accounts: those of people who have not left (退職・異動). */
export const STILL_HERE: Where = { kizunaHasLeft: { not_equals: true } }

/** Whether an account, or what is to be written in it, has any role; the others are a host's. *Pure.* */
export function holdsRole(account: unknown): boolean {
  const { kizunaRoles } = (account ?? {}) as { kizunaRoles?: unknown }
  return Array.isArray(kizunaRoles) && kizunaRoles.length > 0
}

/** Whether a person with one of these roles is logged in; accounts of programs never are. *Pure.* */
export function hasRole(user: RequestUser | undefined, ...roles: readonly Role[]): boolean {
  if (!isPerson(user)) return false
  const held: unknown = (user as { kizunaRoles?: unknown }).kizunaRoles
  return Array.isArray(held) && roles.some((role) => held.includes(role))
}

/** Whether a person only proposes: their menu has nothing but their proposals. *Pure.* */
export function isOnlyContributor(user: unknown): boolean {
  const person = user as RequestUser
  const others = ROLES.map(({ value }) => value).filter((role) => role !== 'contributor')
  return hasRole(person, 'contributor') && !hasRole(person, ...others)
}

/** Whether a person may propose add-ons and not write them. *Pure.* */
export function isOnlyProposing(user: RequestUser | undefined): boolean {
  return hasRole(user, 'contributor') && !hasRole(user, 'municipal-editor')
}

/** Whether the request comes from the delivery worker's account. *Pure.* */
export function isWorker(user: RequestUser | undefined): boolean {
  if (!user || user.collection !== SERVICE_ACCOUNTS) return false
  return (user as { isActive?: unknown }).isActive === true
}

/** Id of the municipality a person belongs to, or null. *Pure.* */
export function municipalityIdOf(user: RequestUser | undefined): string | null {
  if (!isPerson(user)) return null
  return relatedId((user as { kizunaMunicipality?: unknown }).kizunaMunicipality)
}

// What they may do besides reading and writing documents.

interface SheetRoles {
  /** Who may import such a file. */
  importers: readonly Role[]
  /** Who may export one. */
  exporters: readonly Role[]
}

const SHEET_ROLES: Readonly<Record<SheetWord, SheetRoles>> = {
  manuscripts: { importers: ['editor'], exporters: ['editor', 'chief'] },
  addons: { importers: ['municipal-editor'], exporters: MUNICIPAL },
}

/** Who acts for a reader who is there: a municipality's staff in their own, the operator in any. */
export const COUNTER_PEOPLE: readonly Role[] = [...MUNICIPAL, 'admin']

/** Who reads numbers: those who read the daily figures. */
export const NUMBERS_PEOPLE: readonly Role[] = [...LEADS, ...MUNICIPAL]

/** Whether a person may open the counter of a municipality, by its id. *Pure.* */
export function canOpenCounter(user: RequestUser | undefined, municipality: string): boolean {
  if (hasRole(user, 'admin')) return true
  return hasRole(user, ...MUNICIPAL) && municipalityIdOf(user) === municipality
}

/** Who takes away all that is a municipality's: whoever answers for it there, and the operator. */
export const TAKEOUT_PEOPLE: readonly Role[] = ['municipal-approver', 'admin']

/** Whether a person may take away all that is a municipality's, by its id. *Pure.* */
export function canTakeOut(user: RequestUser | undefined, municipality: string): boolean {
  if (hasRole(user, 'admin')) return true
  return hasRole(user, 'municipal-approver') && municipalityIdOf(user) === municipality
}

/** Whether a person may import this kind of file; each row is asked again. *Pure.* */
export function canImport(user: RequestUser | undefined, kind: SheetWord): boolean {
  return hasRole(user, ...SHEET_ROLES[kind].importers)
}

/** Whether a person may export this kind of file; it holds what they may read. *Pure.* */
export function canExport(user: RequestUser | undefined, kind: SheetWord): boolean {
  return hasRole(user, ...SHEET_ROLES[kind].exporters)
}

/** Whether a person may copy a series with its texts; the copies are drafts they have written. *Pure.* */
export function canCopySeries(user: RequestUser | undefined): boolean {
  return hasRole(user, 'editor')
}

/** Whether a person may change which series municipalities take, and put one away. *Pure.* */
export function canSwitchSeries(user: RequestUser | undefined): boolean {
  return hasRole(user, 'chief', 'admin')
}
