// Who may do what in the CMS: one table, tested over REST and GraphQL (access.test.ts).
// The municipal roles and the contributor belong to the municipality called `own`.

/** Everybody who can knock on the door; each of these people has exactly one role. */
export const ACTORS = [
  'anonymous',
  'worker',
  'stoppedWorker',
  'editor',
  'reviewer',
  'chief',
  'municipal-editor',
  'municipal-approver',
  'contributor',
  'admin',
] as const

export type Actor = (typeof ACTORS)[number]

/** People with two roles: they may do what either role may, and nothing else. */
export const TWO_ROLES = {
  'editor & chief': ['editor', 'chief'],
  'editor & municipal-editor': ['editor', 'municipal-editor'],
  'reviewer & municipal-approver': ['reviewer', 'municipal-approver'],
  'municipal-editor & contributor': ['municipal-editor', 'contributor'],
} as const satisfies Record<string, readonly [Actor, Actor]>

export type TwoRoles = keyof typeof TWO_ROLES

export const OPERATIONS = [
  ...(['create', 'read', 'list', 'update', 'delete', 'readVersions', 'unlock'] as const),
  ...(['trash', 'readTrash', 'restore'] as const),
] as const

export type Operation = (typeof OPERATIONS)[number]

/** What the documents of a collection are told apart by; `any` where access does not depend on it. */
export const TARGETS = {
  users: ['own', 'other', 'team'],
  'kizuna-service-accounts': ['any'],
  'kizuna-municipalities': ['own', 'other'],
  'kizuna-line-accounts': ['own', 'other'],
  'kizuna-series': ['any'],
  'kizuna-manuscripts': ['draft', 'live'],
  'kizuna-add-ons': [
    ...(['own', 'other', 'ownLive', 'otherLive'] as const),
    ...(['ownProposal', 'strangersProposal', 'takenProposal'] as const),
  ],
  'kizuna-media': ['own', 'other', 'common', 'public'],
  'kizuna-approvals': ['common', 'own', 'other'],
  'kizuna-comments': ['common', 'own', 'other'],
  'kizuna-review-requests': ['common', 'own', 'other'],
  'kizuna-schedules': ['common', 'own', 'other'],
  'kizuna-releases': ['common', 'own', 'other'],
  'kizuna-reports': ['own', 'other'],
  'kizuna-statistics': ['own', 'other'],
  'kizuna-denominators': ['own', 'other'],
  'kizuna-audit-log': ['any'],
  'kizuna-municipality-changes': ['own', 'other'],
  'kizuna-account-moves': ['own', 'other'],
  'kizuna-hidden-texts': ['own', 'other'],
  'kizuna-shared-add-ons': ['own', 'other'],
  'kizuna-sources': ['own', 'other'],
  'kizuna-voices': ['own', 'other'],
  'kizuna-alerts': ['own', 'other'],
  'kizuna-funding-reports': ['own', 'other'],
  'kizuna-surveys': ['own', 'other', 'common', 'ownApproved', 'commonApproved'],
  'kizuna-survey-results': ['own', 'other'],
  'kizuna-alignments': ['any'],
} as const

export type Collection = keyof typeof TARGETS

/** Whether the document is out; it is asked for and made without saying that it is a draft. */
export const isLive = (target: string) => /live$/i.test(target)

/** Collections that keep versions. */
export const VERSIONED: readonly Collection[] = ['kizuna-manuscripts', 'kizuna-add-ons']

/** Collections with a password that can be locked after wrong guesses. */
export const UNLOCKABLE: readonly Collection[] = ['users']

type Row = readonly Actor[]
/** Asked of some collections only, the last two of texts that are not live. */
type Sometimes = 'readVersions' | 'unlock' | 'trash' | 'readTrash' | 'restore'
type Rows<C extends Collection> = {
  [target in (typeof TARGETS)[C][number]]: Record<Exclude<Operation, Sometimes>, Row> & {
    [operation in Sometimes]?: Row
  }
}

const nobody: Row = []
const team: Row = ['editor', 'reviewer', 'chief', 'admin']
const municipal: Row = ['municipal-editor', 'municipal-approver']
const both: Row = [...team, ...municipal]
const admin: Row = ['admin']

const insertOnly = (readers: Row, writers: Row = nobody) => ({
  create: writers,
  read: readers,
  list: readers,
  update: nobody,
  delete: nobody,
})

/** The table: for each collection, target and operation, everybody who may; nobody else may. */
export const accessMatrix: { [collection in Collection]: Rows<collection> } = {
  users: {
    own: { create: admin, read: both, list: both, update: admin, delete: admin, unlock: admin },
    other: { create: admin, read: team, list: team, update: admin, delete: admin, unlock: admin },
    team: { create: admin, read: team, list: team, update: admin, delete: admin, unlock: admin },
  },
  'kizuna-service-accounts': {
    any: { create: admin, read: admin, list: admin, update: admin, delete: admin },
  },
  'kizuna-municipalities': {
    own: {
      create: admin,
      read: [...both, 'contributor', 'worker'],
      list: [...both, 'contributor', 'worker'],
      update: [...municipal, 'admin'],
      delete: nobody,
    },
    other: {
      create: admin,
      read: [...team, 'worker'],
      list: [...team, 'worker'],
      update: admin,
      delete: nobody,
    },
  },
  'kizuna-line-accounts': {
    own: {
      create: admin,
      read: [...municipal, 'admin', 'worker'],
      list: [...municipal, 'admin', 'worker'],
      update: admin,
      delete: admin,
    },
    other: {
      create: admin,
      read: ['admin', 'worker'],
      list: ['admin', 'worker'],
      update: admin,
      delete: admin,
    },
  },
  'kizuna-series': {
    any: {
      create: ['chief', 'admin'],
      read: [...both, 'contributor', 'worker'],
      list: [...both, 'contributor', 'worker'],
      update: ['chief', 'admin'],
      delete: nobody,
    },
  },
  'kizuna-manuscripts': {
    draft: {
      create: ['editor'],
      read: team,
      list: team,
      update: ['editor'],
      delete: nobody,
      trash: ['editor'],
      readTrash: team,
      restore: ['editor'],
      readVersions: team,
    },
    live: {
      create: nobody,
      read: both,
      list: both,
      update: ['editor'],
      delete: nobody,
      trash: nobody,
      readVersions: team,
    },
  },
  'kizuna-add-ons': {
    own: {
      create: ['municipal-editor', 'contributor'],
      read: both,
      list: both,
      update: ['municipal-editor'],
      delete: nobody,
      trash: ['municipal-editor'],
      readTrash: both,
      restore: ['municipal-editor'],
      readVersions: both,
    },
    other: {
      create: nobody,
      read: team,
      list: team,
      update: nobody,
      delete: nobody,
      trash: nobody,
      readTrash: team,
      restore: nobody,
      readVersions: team,
    },
    ownLive: {
      create: nobody,
      read: both,
      list: both,
      update: ['municipal-editor'], // a draft over it
      delete: nobody,
      trash: nobody,
      readVersions: both,
    },
    otherLive: {
      create: nobody,
      read: team,
      list: team,
      update: nobody,
      delete: nobody,
      trash: nobody,
      readVersions: team,
    },
    ownProposal: {
      create: ['municipal-editor', 'contributor'],
      read: [...both, 'contributor'],
      list: [...both, 'contributor'],
      update: ['municipal-editor', 'contributor'],
      delete: nobody,
      trash: ['municipal-editor'],
      readTrash: [...both, 'contributor'],
      restore: ['municipal-editor'],
      readVersions: both,
    },
    strangersProposal: {
      create: ['municipal-editor', 'contributor'],
      read: both,
      list: both,
      update: ['municipal-editor'],
      delete: nobody,
      trash: ['municipal-editor'],
      readTrash: both,
      restore: ['municipal-editor'],
      readVersions: both,
    },
    takenProposal: {
      create: ['municipal-editor', 'contributor'],
      read: [...both, 'contributor'],
      list: [...both, 'contributor'],
      update: ['municipal-editor'],
      delete: nobody,
      trash: ['municipal-editor'],
      readTrash: [...both, 'contributor'],
      restore: ['municipal-editor'],
      readVersions: both,
    },
  },
  'kizuna-media': {
    own: {
      create: ['editor', 'municipal-editor', 'contributor'],
      read: [...both, 'contributor'],
      list: [...both, 'contributor'],
      update: ['editor', 'chief', ...municipal],
      delete: ['editor', 'municipal-editor'],
    },
    other: {
      create: ['editor'],
      read: team,
      list: team,
      update: ['editor', 'chief'],
      delete: ['editor'],
    },
    common: {
      create: ['editor', 'municipal-editor', 'contributor'], // theirs becomes their municipality's
      read: team,
      list: team,
      update: ['editor', 'chief'],
      delete: ['editor'],
    },
    public: {
      create: ['editor', 'municipal-editor', 'contributor'],
      read: ACTORS,
      list: ACTORS,
      update: ['editor', 'chief'],
      delete: ['editor'],
    },
  },
  'kizuna-approvals': {
    common: insertOnly(team),
    own: insertOnly(both),
    other: insertOnly(team),
  },
  'kizuna-comments': {
    common: insertOnly(team),
    own: insertOnly(both),
    other: insertOnly(team),
  },
  'kizuna-review-requests': {
    common: insertOnly(team),
    own: insertOnly(both),
    other: insertOnly(team),
  },
  'kizuna-schedules': {
    common: insertOnly(team),
    own: insertOnly(both),
    other: insertOnly(team),
  },
  'kizuna-releases': {
    common: insertOnly([...both, 'worker']),
    own: insertOnly([...both, 'worker']),
    other: insertOnly([...team, 'worker']),
  },
  'kizuna-reports': {
    own: insertOnly(['chief', 'admin', ...municipal, 'worker'], ['worker']),
    other: insertOnly(['chief', 'admin', 'worker'], ['worker']),
  },
  'kizuna-statistics': {
    own: insertOnly(['chief', 'admin', ...municipal, 'worker'], ['worker']),
    other: insertOnly(['chief', 'admin', 'worker'], ['worker']),
  },
  'kizuna-denominators': {
    own: { create: municipal, read: both, list: both, update: municipal, delete: municipal },
    other: { create: nobody, read: team, list: team, update: nobody, delete: nobody },
  },
  'kizuna-funding-reports': {
    own: {
      create: municipal,
      read: ['chief', 'admin', ...municipal],
      list: ['chief', 'admin', ...municipal],
      update: municipal,
      delete: municipal,
    },
    other: {
      create: nobody,
      read: ['chief', 'admin'],
      list: ['chief', 'admin'],
      update: nobody,
      delete: nobody,
    },
  },
  'kizuna-audit-log': {
    any: insertOnly(['chief', 'admin']),
  },
  'kizuna-municipality-changes': {
    own: insertOnly(both),
    other: insertOnly(team),
  },
  'kizuna-account-moves': {
    own: insertOnly(['chief', 'admin', ...municipal, 'worker']),
    other: insertOnly(['chief', 'admin', 'worker']),
  },
  'kizuna-hidden-texts': {
    own: {
      create: municipal,
      read: [...both, 'worker'],
      list: [...both, 'worker'],
      update: municipal,
      delete: municipal,
    },
    other: {
      create: nobody,
      read: [...team, 'worker'],
      list: [...team, 'worker'],
      update: nobody,
      delete: nobody,
    },
  },
  'kizuna-sources': {
    own: {
      create: ['municipal-editor'],
      read: [...both, 'worker'],
      list: [...both, 'worker'],
      update: ['municipal-editor'],
      delete: nobody,
    },
    other: {
      create: nobody,
      read: [...team, 'worker'],
      list: [...team, 'worker'],
      update: nobody,
      delete: nobody,
    },
  },
  'kizuna-voices': {
    own: insertOnly([...both, 'worker'], ['worker']),
    other: insertOnly([...team, 'worker'], ['worker']),
  },
  'kizuna-alerts': {
    own: insertOnly([...both, 'worker'], ['worker']),
    other: insertOnly([...team, 'worker'], ['worker']),
  },
  'kizuna-surveys': {
    own: {
      create: ['municipal-editor'],
      read: both,
      list: both,
      update: ['municipal-editor'],
      delete: ['municipal-editor'],
    },
    other: { create: nobody, read: team, list: team, update: nobody, delete: nobody },
    common: {
      create: ['editor', 'municipal-editor'], // theirs is of their own town
      read: team,
      list: team,
      update: ['editor'],
      delete: ['editor'],
    },
    ownApproved: {
      create: ['municipal-editor'],
      read: [...both, 'worker'],
      list: [...both, 'worker'],
      update: nobody,
      delete: nobody,
    },
    commonApproved: {
      create: ['editor', 'municipal-editor'], // theirs is of their own town
      read: [...both, 'worker'],
      list: [...both, 'worker'],
      update: nobody,
      delete: nobody,
    },
  },
  'kizuna-survey-results': {
    own: insertOnly(['chief', 'admin', ...municipal, 'worker'], ['worker']),
    other: insertOnly(['chief', 'admin', 'worker'], ['worker']),
  },
  'kizuna-alignments': {
    any: insertOnly(team),
  },
  'kizuna-shared-add-ons': {
    own: { create: municipal, read: both, list: both, update: nobody, delete: municipal },
    other: { create: nobody, read: both, list: both, update: nobody, delete: nobody },
  },
}
