import type { Access, CollectionConfig, FieldAccess, PayloadRequest, Where } from 'payload'

import { relatedId } from '../cms/relation'
import {
  hasRole,
  isPerson,
  isWorker,
  MUNICIPAL,
  municipalityIdOf,
  ROLES,
  TEAM,
  type Role,
} from './roles'

/** For nobody, whoever asks. */
export const nobody = () => false

/** For logged-in people with one of these roles. */
export function forRoles(...roles: readonly Role[]): (args: { req: PayloadRequest }) => boolean {
  return ({ req }) => hasRole(req.user, ...roles)
}

/** For people with one of these roles, where the document's municipality is their own. */
export function forOwnMunicipality(field: string, ...roles: readonly Role[]): Access {
  return ({ req }) => {
    const own = municipalityIdOf(req.user)
    if (own === null || !hasRole(req.user, ...roles)) return false
    return { [field]: { equals: own } }
  }
}

/** The first rule that does not refuse decides; constraints are not joined. */
export function firstOf(...rules: readonly Access[]): Access {
  return async (args) => {
    for (const rule of rules) {
      const answer = await rule(args)
      if (answer !== false) return answer
    }
    return false
  }
}

type CollectionAccess = Required<NonNullable<CollectionConfig['access']>>

const closed: CollectionAccess = {
  admin: ({ req }) => hasRole(req.user, ...ROLES.map((role) => role.value)),
  create: nobody,
  read: nobody,
  update: nobody,
  delete: nobody,
  readVersions: nobody,
  unlock: nobody,
}

const readTeam = forRoles(...TEAM)
const worker: Access = ({ req }) => isWorker(req.user)
const admin = forRoles('admin')

const ownAccount: Access = ({ req }) => ({ id: { equals: req.user?.id ?? '' } })
const whenPerson: Access = ({ req }) => isPerson(req.user) && ownAccount({ req })

// The collections, in the order of the menu.

/** Manuscripts: editors write, municipalities see what is live. */
export const manuscriptsAccess: CollectionAccess = {
  ...closed,
  create: neverLive(forRoles('editor')),
  read: firstOf(readTeam, ({ req }) => hasRole(req.user, ...MUNICIPAL) && isLive),
  update: neverLive(forRoles('editor')),
  delete: intoTrash(forRoles('editor')),
  readVersions: readTeam,
}

/** Add-ons: written in the municipality, proposed by contributors, read by the team. */
export const addOnsAccess: CollectionAccess = {
  ...closed,
  create: neverLive(intoOwnMunicipality(forRoles('municipal-editor', 'contributor'))),
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL), ownProposals),
  update: neverLive(
    intoOwnMunicipality(
      firstOf(forOwnMunicipality('municipality', 'municipal-editor'), ownProposals),
    ),
  ),
  delete: intoTrash(forOwnMunicipality('municipality', 'municipal-editor')),
  readVersions: firstOf(readTeam, forOwnMunicipality('version.municipality', ...MUNICIPAL)),
}

/** Series: structure of the whole set of texts. */
export const seriesAccess: CollectionAccess = {
  ...closed,
  create: forRoles('chief', 'admin'),
  read: firstOf(readTeam, worker, forRoles(...MUNICIPAL, 'contributor')),
  update: forRoles('chief', 'admin'),
}

/** Pictures: files that are shown to readers are public, the rest is the municipality's. */
export const mediaAccess: CollectionAccess = {
  ...closed,
  create: firstOf(
    forRoles('editor'),
    intoOwnMunicipality(forRoles('municipal-editor', 'contributor')),
  ),
  read: firstOf(readTeam, publicOrOwn),
  update: firstOf(
    forRoles('editor', 'chief'),
    intoOwnMunicipality(forOwnMunicipality('municipality', ...MUNICIPAL)),
  ),
  delete: firstOf(forRoles('editor'), forOwnMunicipality('municipality', 'municipal-editor')),
}

/** Verdicts: inserted by the review's own operations, never changed. */
export const approvalsAccess: CollectionAccess = {
  ...closed,
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL)),
}

/** Comments: inserted by the review's own operations, never changed. */
export const commentsAccess: CollectionAccess = {
  ...closed,
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL)),
}

/** Who was asked to look at what: inserted by the review's own operations, never changed. */
export const reviewRequestsAccess: CollectionAccess = {
  ...closed,
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL)),
}

/** When a text is to be published: inserted by the review's own operations, never changed. */
export const schedulesAccess: CollectionAccess = {
  ...closed,
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL)),
}

/** Releases: inserted by the review's own operations, never changed. */
export const releasesAccess: CollectionAccess = {
  ...closed,
  read: firstOf(readTeam, worker, commonOrOwn),
}

/** The audit log: written by the review's own operations, never changed. */
export const auditLogAccess: CollectionAccess = {
  ...closed,
  read: forRoles('chief', 'admin'),
}

/** Municipalities: staff keep their own settings, the admin opens and closes them. */
export const municipalitiesAccess: CollectionAccess = {
  ...closed,
  create: admin,
  read: firstOf(readTeam, worker, forOwnMunicipality('id', ...MUNICIPAL, 'contributor')),
  update: firstOf(admin, forOwnMunicipality('id', ...MUNICIPAL)),
}

/** Proposed changes of a municipality's words: inserted by their own operations, never changed. */
export const municipalityChangesAccess: CollectionAccess = {
  ...closed,
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL)),
}

/**
 * Urgent texts: asked for and sent by operations of their own, never changed; the worker adds how many
 * got each.
 */
export const alertsAccess: CollectionAccess = {
  ...closed,
  create: ({ req, data }) =>
    isWorker(req.user) && (data === undefined || (data as { step?: unknown }).step === 'sent'),
  read: firstOf(readTeam, worker, forOwnMunicipality('municipality', ...MUNICIPAL)),
}

/** Texts a municipality hides: its own decision; the team sees them all, the worker obeys them. */
export const hiddenTextsAccess: CollectionAccess = {
  ...closed,
  create: intoOwnMunicipality(forRoles(...MUNICIPAL)),
  read: firstOf(readTeam, worker, forOwnMunicipality('municipality', ...MUNICIPAL)),
  update: intoOwnMunicipality(forOwnMunicipality('municipality', ...MUNICIPAL)),
  delete: forOwnMunicipality('municipality', ...MUNICIPAL),
}

/** Examples: each municipality offers its own and takes them back; the others see that it does. */
export const sharedAddOnsAccess: CollectionAccess = {
  ...closed,
  create: intoOwnMunicipality(forRoles(...MUNICIPAL)),
  read: forRoles(...TEAM, ...MUNICIPAL),
  delete: forOwnMunicipality('municipality', ...MUNICIPAL),
}

/** Sources of registrations: a municipality's own, never deleted, as their codes are printed. */
export const sourcesAccess: CollectionAccess = {
  ...closed,
  create: intoOwnMunicipality(forRoles('municipal-editor')),
  // the worker tells the known codes apart in a month's figures
  read: firstOf(readTeam, worker, forOwnMunicipality('municipality', ...MUNICIPAL)),
  update: intoOwnMunicipality(forOwnMunicipality('municipality', 'municipal-editor')),
}

/** LINE accounts: the secret is not part of this; see {@link lineSecretAccess}. */
export const lineAccountsAccess: CollectionAccess = {
  ...closed,
  create: admin,
  read: firstOf(admin, worker, ownLineAccount),
  update: admin,
  delete: admin,
}

/**
 * Moves between accounts: written by their own operations alone; who decides them sees them, with the
 * editors of the town, and the worker does what they say.
 */
export const accountMovesAccess: CollectionAccess = {
  ...closed,
  read: firstOf(
    worker,
    forRoles('chief', 'admin'),
    forOwnMunicipality('municipality', ...MUNICIPAL),
  ),
}

/** Daily figures: written by the worker, never changed. */
export const reportsAccess: CollectionAccess = {
  ...closed,
  create: worker,
  read: firstOf(
    worker,
    forRoles('chief', 'admin'),
    forOwnMunicipality('municipality', ...MUNICIPAL),
  ),
}

/** Figures of a month: written by the worker, never changed; read as the daily ones are. */
export const statisticsAccess: CollectionAccess = reportsAccess

/**
 * Voices of readers: the worker brings them and asks which are there. People read those with words;
 * the others are counted alone (src/voice), as a row of each would tell the small numbers. Nobody
 * changes what a reader wrote; marks are set by operations of their own.
 */
export const voicesAccess: CollectionAccess = {
  ...closed,
  create: worker,
  read: firstOf(worker, ({ req }) => {
    if (hasRole(req.user, ...TEAM)) return hasWords
    const own = municipalityIdOf(req.user)
    if (own === null || !hasRole(req.user, ...MUNICIPAL)) return false
    return { and: [{ municipality: { equals: own } }, hasWords] }
  }),
}

/** What a municipality counted itself: its staff write it, the team reads it. */
export const denominatorsAccess: CollectionAccess = {
  ...closed,
  create: intoOwnMunicipality(forRoles(...MUNICIPAL)),
  read: firstOf(readTeam, forOwnMunicipality('municipality', ...MUNICIPAL)),
  update: intoOwnMunicipality(forOwnMunicipality('municipality', ...MUNICIPAL)),
  delete: forOwnMunicipality('municipality', ...MUNICIPAL),
}

/**
 * Surveys: each is written where it is asked, the team's are common to all; what is approved stays as it
 * is, and the worker takes nothing else.
 */
export const surveysAccess: CollectionAccess = {
  ...closed,
  create: firstOf(intoNoMunicipality, intoOwnMunicipality(forRoles('municipal-editor'))),
  read: firstOf(readTeam, ({ req }) => isWorker(req.user) && isApproved, ownOrApprovedCommon),
  update: ownUnapproved('submitted'),
  delete: ownUnapproved('draft'),
}

/** What is told of surveys: brought by the worker, read as figures are. */
export const surveyResultsAccess: CollectionAccess = reportsAccess

/** Reports to grants: the staff's own; the chief and the administrator read them. */
export const fundingReportsAccess: CollectionAccess = {
  ...closed,
  create: intoOwnMunicipality(forRoles(...MUNICIPAL)),
  read: firstOf(forRoles('chief', 'admin'), forOwnMunicipality('municipality', ...MUNICIPAL)),
  update: intoOwnMunicipality(forOwnMunicipality('municipality', ...MUNICIPAL)),
  delete: forOwnMunicipality('municipality', ...MUNICIPAL),
}

/** People: the team sees the team and everybody's names; nobody but an admin changes others. */
export const usersAccess: CollectionAccess = {
  ...closed,
  create: admin,
  read: firstOf(
    admin,
    ({ req }) => hasRole(req.user, 'chief', 'editor', 'reviewer'),
    forOwnMunicipality('kizunaMunicipality', ...MUNICIPAL),
    whenPerson,
  ),
  update: firstOf(admin, whenPerson),
  delete: ({ req }) => hasRole(req.user, 'admin') && { id: { not_equals: req.user?.id ?? '' } },
  unlock: admin,
}

/** Programs' accounts: the admin's business; an account may read itself. */
export const serviceAccountsAccess: CollectionAccess = {
  ...closed,
  create: admin,
  read: firstOf(admin, ({ req }) => isWorker(req.user) && ownAccount({ req })),
  update: admin,
  delete: admin,
}

/** What easy texts were written against: inserted by the plugin's own operations, never changed. */
export const alignmentsAccess: CollectionAccess = { ...closed, read: readTeam }

/** What is derived of the texts: for our own queries, which ask the texts' rules. */
export const textStatesAccess: CollectionAccess = closed

/** What was found at the addresses in texts: for our own queries, which ask the texts' rules. */
export const linkChecksAccess: CollectionAccess = closed

/** Second factors: asked and written by their own operations alone. */
export const secondFactorsAccess: CollectionAccess = closed

// Fields.

/** A field that is written when the document is made and never again. */
export const writtenOnce: { update: FieldAccess } = { update: nobody }

/** A field that only hooks write. */
export const writtenByHooks: Record<'create' | 'update', FieldAccess> = {
  create: nobody,
  update: nobody,
}

const mayShowPicture: FieldAccess = ({ req, data, doc }) => {
  // What everybody sees can only be taken back, by whoever may change it at all.
  if (hasRole(req.user, 'chief') || doc?.isPublic === true) return true
  // Without a municipality it is a new one, or Payload only asks what to show as editable.
  const owner = relatedId(doc?.municipality ?? data?.municipality)
  return (
    hasRole(req.user, 'municipal-approver') &&
    (owner === null || owner === municipalityIdOf(req.user))
  )
}

/** Whether everybody sees a picture: who lets texts out decides, not who brings it. */
export const publicPictureAccess: Record<'create' | 'update', FieldAccess> = {
  create: mayShowPicture,
  update: mayShowPicture,
}

/** Contract-like settings of a municipality. */
export const adminFieldAccess: Record<'create' | 'update', FieldAccess> = {
  create: admin,
  update: admin,
}

/**
 * A mail address: one's own, those of one's own town, and all for who answers for the team. Outside
 * reviewers work with names.
 */
export const mailAddressAccess: { read: FieldAccess } = {
  read: ({ req, id, doc, data }) => {
    if (hasRole(req.user, 'chief', 'admin')) return true
    const account = doc ?? data // a form has no document, only its data
    if (!account || !isPerson(req.user)) return false // asked for in general, e.g. for a filter
    if (String(doc?.id ?? id ?? data?.id) === String(req.user.id)) return true
    const own = hasRole(req.user, ...MUNICIPAL) ? municipalityIdOf(req.user) : null
    return own !== null && relatedId(account.kizunaMunicipality) === own
  },
}

/** When somebody was last in: for who looks after the accounts, and for themselves. */
export const lastLogInAccess: { read: FieldAccess } = {
  read: ({ req, id, doc }) =>
    hasRole(req.user, 'chief', 'admin') ||
    (isPerson(req.user) && String(req.user.id) === String(doc?.id ?? id)),
}

/** Roles and what comes with them: an admin sets them, and never their own. */
export const roleFieldAccess: Record<'create' | 'update', FieldAccess> = {
  create: ({ req }) => hasRole(req.user, 'admin'),
  // Payload gives no id when it only asks what to show as editable.
  update: ({ req, id, doc }) =>
    hasRole(req.user, 'admin') && String(req.user?.id) !== String(id ?? doc?.id),
}

/**
 * The channel secret: an admin writes it, only the worker reads it. The admin's `read` shows the
 * input; the field's hook takes the value out for everybody but the worker.
 */
export const lineSecretAccess: Record<'create' | 'read' | 'update', FieldAccess> = {
  create: admin,
  read: ({ req }) => isWorker(req.user) || hasRole(req.user, 'admin'),
  update: admin,
}

// What the rules of the collections are put together from.

const hasWords: Where = { comment: { exists: true } }
const isLive: Where = { _status: { equals: 'published' } }
/**
 * Texts go into the trash, which Payload asks here with the mark it would set; for good they go by an
 * act of its own (src/review/operations/remove.ts), with a reason.
 *
 * For one document the rule holds only while it is neither live nor there: its form shows no button
 * that is refused. Of many at once the gate refuses the live ones, each by its name and with the reason.
 */
function intoTrash(rule: Access): Access {
  return async (args) => {
    if (!args.data?.deletedAt) return false
    const answer = await rule(args)
    if (answer === false || args.id === undefined) return answer
    return answer === true ? mayGo : { and: [mayGo, answer] }
  }
}

const mayGo: Where = {
  and: [{ _status: { not_equals: 'published' } }, { deletedAt: { exists: false } }],
}

/** Documents are written as drafts; the publish gate alone makes them live. */
function neverLive(rule: Access): Access {
  return (args) => (args.data?._status === 'published' ? false : rule(args))
}

/** The municipality in the data, if any, must be the person's own. */
function intoOwnMunicipality(rule: Access): Access {
  return (args) => {
    const target = args.data?.municipality
    const isOwn = target === undefined || relatedId(target) === municipalityIdOf(args.req.user)
    return municipalityIdOf(args.req.user) !== null && isOwn && rule(args)
  }
}

/**
 * Whether a proposal is still open is not asked here: where the newest version does not match,
 * Payload goes on with the older row that does. The add-ons' hook asks it.
 */
function ownProposals({ req }: { req: PayloadRequest }): false | Where {
  if (!hasRole(req.user, 'contributor') || !req.user) return false
  return { and: [{ proposedBy: { equals: req.user.id } }, ownMunicipality(req)] }
}

function ownMunicipality(req: PayloadRequest): Where {
  return { municipality: { equals: municipalityIdOf(req.user) ?? '' } }
}

function publicOrOwn({ req }: { req: PayloadRequest }): Where {
  const isPublic: Where = { isPublic: { equals: true } }
  if (!hasRole(req.user, ...MUNICIPAL, 'contributor')) return isPublic
  return { or: [isPublic, ownMunicipality(req)] }
}

function commonOrOwn({ req }: { req: PayloadRequest }): false | Where {
  if (!hasRole(req.user, ...MUNICIPAL)) return false
  return { or: [{ municipality: { exists: false } }, ownMunicipality(req)] }
}

const isApproved: Where = { state: { equals: 'approved' } }

const isCommon: Where = { municipality: { exists: false } }

function intoNoMunicipality({ req, data }: Parameters<Access>[0]): boolean {
  return hasRole(req.user, 'editor') && relatedId(data?.municipality) === null
}

function ownOrApprovedCommon({ req }: { req: PayloadRequest }): false | Where {
  if (!hasRole(req.user, ...MUNICIPAL)) return false
  return { or: [ownMunicipality(req), { and: [isCommon, isApproved] }] }
}

/** Surveys of who writes them that are no further than this. */
function ownUnapproved(last: 'draft' | 'submitted'): Access {
  const state: Where = { state: { in: last === 'draft' ? ['draft'] : ['draft', 'submitted'] } }
  return ({ req }) => {
    const whose = [
      ...(hasRole(req.user, 'editor') ? [isCommon] : []),
      ...(hasRole(req.user, 'municipal-editor') ? [ownMunicipality(req)] : []),
    ]
    return whose.length > 0 && { and: [{ or: whose }, state] }
  }
}

async function ownLineAccount({ req }: { req: PayloadRequest }): Promise<false | Where> {
  const own = municipalityIdOf(req.user)
  if (own === null || !hasRole(req.user, ...MUNICIPAL)) return false
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { id: { equals: own } },
    depth: 0,
    limit: 1,
    overrideAccess: false,
    req,
  })
  const account = relatedId(docs[0]?.lineAccount)
  return account !== null && { id: { equals: account } }
}
