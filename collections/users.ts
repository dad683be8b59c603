import type { CollectionBeforeChangeHook, CollectionConfig, Field, IncomingAuthType } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { endOtherSessions, guardAccount, PRESENT_PASSWORD } from '../src/people/accountGuard'
import { auditPeople } from '../src/people/accountAudit'
import { forgotPasswordEndpoint } from '../src/people/forgotPassword'
import { hideWhoExists } from '../src/people/logIn'
import { LOCK_MS, MAX_GUESSES } from '../src/people/lock'
import { accountEndpoints } from '../src/people/accountEndpoints'
import { HAS_LEFT, keepOutWhoLeft } from '../src/people/left'
import { resetMail } from '../src/people/accountMail'
import { passwordUrl } from '../src/people/passwordLink'
import { sessionEndpoints } from '../src/people/sessions'
import { auditSignIns } from '../src/people/signIn'
import {
  lastLogInAccess,
  mailAddressAccess,
  nobody,
  roleFieldAccess,
  usersAccess,
  writtenByHooks,
} from '../src/people/access'
import {
  FACTOR,
  hasRole,
  isOnlyContributor,
  MUNICIPAL,
  PERSON,
  ROLES,
  USERS,
} from '../src/people/roles'
import { endWithRole } from '../src/people/secondFactor/ending'
import { secondFactorEndpoints } from '../src/people/secondFactor/endpoints'
import { askSecondFactor, FIRST_ACCOUNT } from '../src/people/secondFactor/logIn'
import { FACTOR_SINCE, factorStanding } from '../src/people/secondFactor/policy'
import { removeFactor } from '../src/people/secondFactor/store'
import { byField, keepWhileUsed } from '../src/cms/inUse'

/** People who log in to the CMS. */
export function createUsers(settings: KizunaSettings): CollectionConfig {
  const { policy, now, admin, sessionHours, secondFactor } = settings
  const audit = auditPeople({ now, disciplines: policy.disciplines })
  // Without the plugin's parts of the admin nobody could be asked for it.
  const factor = settings.isDisabled ? NOT_ASKED : askSecondFactor(settings)
  const signIns = auditSignIns({ now })
  return {
    slug: USERS,
    labels: { singular: 'ユーザー', plural: 'ユーザー' },
    access: usersAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user), // their own account is behind the picture
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'kizunaName',
      defaultColumns: [
        'kizunaName',
        'email',
        'kizunaRoles',
        'kizunaMunicipality',
        'kizunaLastLogInAt',
        FACTOR_SINCE,
        HAS_LEFT,
      ],
      description: 'この管理画面にログインする人です。読者(保護者)の情報はここにはありません。',
    },
    auth: {
      maxLoginAttempts: MAX_GUESSES,
      lockTime: LOCK_MS,
      tokenExpiration: sessionHours * 3600,
      forgotPassword: resetByMail,
    },
    disableDuplicate: true,
    disableBulkEdit: true,
    endpoints: [
      forgotPasswordEndpoint,
      ...secondFactorEndpoints(settings),
      ...accountEndpoints(settings),
      ...sessionEndpoints({ now }),
    ],
    hooks: {
      ...audit,
      ...signIns,
      ...keepOutWhoLeft,
      beforeOperation: [
        ...factor.beforeOperation,
        hideWhoExists(),
        guardAccount,
        ...keepOutWhoLeft.beforeOperation,
      ],
      beforeLogin: [...keepOutWhoLeft.beforeLogin, ...factor.beforeLogin],
      afterLogin: [...(signIns.afterLogin ?? []), ...factor.afterLogin],
      afterOperation: [...(audit.afterOperation ?? []), ...factor.afterOperation],
      beforeChange: [
        firstUserIsAdmin,
        endOtherSessions,
        ...keepOutWhoLeft.beforeChange,
        endWithRole(secondFactor),
      ],
      afterDelete: [({ id, req }) => removeFactor(req, id)],
      beforeDelete: [keepWhileUsed(USES, ADVICE), ...(audit.beforeDelete ?? [])],
    },
    fields: [
      accountFieldOf(admin === 'whole'),
      presentPasswordField,
      {
        name: 'kizunaName',
        type: 'text',
        label: '氏名',
        required: true,
        access: { update: roleFieldAccess.update },
        admin: {
          description:
            '承認や記録に表示されます。変えられるのはシステム管理者だけで、自分の氏名は変えられません(ほかのシステム管理者に頼んでください)。',
        },
      },
      rolesField,
      {
        name: 'kizunaDisciplines',
        type: 'select',
        label: '専門',
        hasMany: true,
        saveToJWT: true,
        options: policy.disciplines.map(({ code, label }) => ({ value: code, label })),
        access: roleFieldAccess,
        admin: {
          description: '監修者のときに選びます。この専門が要る話題の原稿を承認できます。',
          condition: (data) => includesRole(data, 'reviewer'),
        },
        validate: (value: unknown, { data }: { data: unknown }) =>
          !includesRole(data, 'reviewer') || (Array.isArray(value) && value.length > 0)
            ? true
            : '監修者の専門を 1 つ以上選んでください。',
      },
      {
        name: 'kizunaMunicipality',
        type: 'relationship',
        label: '自治体',
        relationTo: 'kizuna-municipalities',
        index: true,
        saveToJWT: true,
        access: roleFieldAccess,
        admin: {
          description: '自治体の担当者と協力団体は、ここで選んだ自治体のものだけを見られます。',
          condition: needsMunicipality,
        },
        validate: (value: unknown, { data }: { data: unknown }) =>
          !needsMunicipality(data) || value
            ? true
            : '自治体の担当者と協力団体には、自治体を選んでください。',
      },
      leftField,
      // Payload's own, which everybody reads who reads the account.
      {
        name: 'email',
        type: 'email',
        label: 'メールアドレス',
        access: mailAddressAccess,
        admin: { components: { Field: false } }, // it stands above, beside the password
      },
      personField,
      {
        name: 'kizunaWantsDigest',
        type: 'checkbox',
        label: 'お知らせメール',
        defaultValue: true,
        admin: {
          description:
            'あなたを待っている原稿があるときに、1 日に 1 回までメールで知らせます。外すと届きません。',
        },
      },
      lastLogInField,
      factorSinceField,
      standingField(secondFactor),
      factorPanelField,
      sessionsField,
      { name: 'kizunaDevices', type: 'json', hidden: true, access: writtenByHooks },
      { name: 'kizunaInvitedAt', type: 'date', hidden: true, access: writtenByHooks },
      { name: 'kizunaLastDigestOn', type: 'text', hidden: true, access: writtenByHooks },
    ],
  }
}

const NOT_ASKED: ReturnType<typeof askSecondFactor> = {
  beforeOperation: [],
  beforeLogin: [],
  afterLogin: [],
  afterOperation: [],
}

/** Asked beside the new password and the new address; read by `guardAccount`, never stored. */
const presentPasswordField: Field = {
  name: PRESENT_PASSWORD,
  type: 'text',
  label: 'いまのパスワード',
  virtual: true, // there is nothing to read; without the right to read it the form leaves it out
  admin: {
    components: { Field: 'kizuna/client#PresentPassword' },
    disableListColumn: true,
    disableListFilter: true,
    disableBulkEdit: true,
  },
}

/** How it stands with the account, for who looks after it. */
function accountFieldOf(isWhole: boolean): Field {
  const Field = { path: 'kizuna/client#AccountPanel', clientProps: { isWhole } }
  return {
    name: 'kizunaAccount',
    type: 'ui',
    label: 'アカウントの様子',
    admin: { components: { Field }, disableListColumn: true },
  }
}

/** One's own second factor: set up, new recovery codes, ended. */
const factorPanelField: Field = {
  name: 'kizunaSecondFactorPanel',
  type: 'ui',
  label: '二段階認証',
  admin: {
    components: { Field: 'kizuna/client#SecondFactorPanel' },
    disableListColumn: true,
  },
}

/** Where one is logged in oneself. */
const sessionsField: Field = {
  name: 'kizunaSessions',
  type: 'ui',
  label: 'ログインしている端末',
  admin: { components: { Field: 'kizuna/client#SessionsPanel' }, disableListColumn: true },
}

/** What Payload mails to who has forgotten the password; its own words are English. */
const resetByMail: IncomingAuthType['forgotPassword'] = {
  generateEmailSubject: () => resetMail({ name: '', url: '' }).subject,
  generateEmailHTML: ({ req, token, user } = {}) =>
    req ? resetMail({ name: user?.kizunaName ?? '', url: passwordUrl(req, token ?? '') }).html : '',
}

/** Set by a system admin, of others; the account stays for what was written with it. */
const leftField: Field = {
  name: HAS_LEFT,
  type: 'checkbox',
  label: '退職・異動した',
  access: { ...roleFieldAccess, create: nobody },
  admin: {
    description:
      '印を付けて保存すると、この人はログインできなくなります(いま開いている画面も、すぐに使えなくなります)。氏名は、書いたものや承認の記録に残ります。自分と、ただ一人のシステム管理者には付けられません。',
    disableBulkEdit: true,
    // Whom it is not for need not read of it.
    condition: ({ email }, _siblings, { operation, user }) =>
      operation === 'update' && hasRole(user, 'admin') && email !== emailOf(user),
    components: { Cell: 'kizuna/client#HasLeftCell' },
  },
}

/** Written at each log-in; in a list it stands in words, in the form in the panel. */
const lastLogInField: Field = {
  name: 'kizunaLastLogInAt',
  type: 'date',
  label: '最後のログイン',
  access: { ...writtenByHooks, ...lastLogInAccess },
  admin: {
    hidden: true,
    disableBulkEdit: true,
    components: { Cell: 'kizuna/client#LastLogInCell' },
  },
}

/** Since when they have a second factor; beside the factor itself, for lists and for who asks. */
const factorSinceField: Field = {
  name: FACTOR_SINCE,
  type: 'date',
  label: '二段階認証',
  access: { ...writtenByHooks, ...lastLogInAccess },
  admin: {
    hidden: true,
    disableBulkEdit: true,
    components: { Cell: 'kizuna/client#SecondFactorCell' },
  },
}

/** How it stands with the second factor of who asks, see `isPerson`; never stored. */
function standingField(policy: KizunaSettings['secondFactor']): Field {
  return {
    name: FACTOR,
    type: 'text',
    label: '二段階認証の様子',
    virtual: true,
    access: { ...writtenByHooks, ...lastLogInAccess },
    admin: { hidden: true, disableListColumn: true, disableListFilter: true },
    hooks: { afterRead: [({ siblingData }) => factorStanding(siblingData, policy)] },
  }
}

/** Tells the plugin's people from other log-ins of a host; never stored, so nobody can write it. */
const personField: Field = {
  name: PERSON,
  type: 'text',
  label: '管理画面の利用者',
  virtual: true,
  access: writtenByHooks,
  admin: { hidden: true, disableListColumn: true, disableListFilter: true },
  hooks: { afterRead: [({ collection }) => collection?.slug] },
}

const USES = [
  byField('kizuna-manuscripts', '書いた原稿', 'authors'),
  byField('kizuna-add-ons', '書いた自治体原稿', 'authors'),
  byField('kizuna-add-ons', '提案', 'proposedBy'),
  byField('kizuna-approvals', '監修の記録', 'reviewer'),
  byField('kizuna-review-requests', '監修の依頼', 'reviewer'),
  byField('kizuna-review-requests', '頼んだ監修', 'by'),
  byField('kizuna-schedules', '公開の予約', 'by'),
  byField('kizuna-releases', '公開した確定版', 'publishedBy'),
  byField('kizuna-releases', '書いた確定版', 'authors'),
  byField('kizuna-municipality-changes', '自治体の変更', 'by'),
  byField('kizuna-audit-log', '操作の記録', 'actor.value'),
]

const ADVICE =
  '誰が書き、誰が承認したかの記録が読めなくなるためです。辞めた人や異動した人は、その人の画面で「退職・異動した」に印を付けて保存すると、ログインできなくなります。'

const rolesField: Field = {
  name: 'kizunaRoles',
  type: 'select',
  label: '役割',
  hasMany: true,
  required: true,
  saveToJWT: true,
  options: [...ROLES],
  access: roleFieldAccess,
  admin: {
    description:
      '役割を変えられるのはシステム管理者だけで、自分の役割は変えられません(別の管理者に頼んでください)。',
    condition: (_data, _siblings, { user }) => Boolean(user), // the first user becomes the admin
  },
  validate: (value) =>
    Array.isArray(value) && value.length > 0 ? true : '役割を 1 つ以上選んでください。',
}

/** The first account of an empty CMS is its admin; there is nobody who could make it one. */
const firstUserIsAdmin: CollectionBeforeChangeHook = async (args) => {
  const { collection, data, operation, req } = args
  if (operation !== 'create' || req.user) return data
  // Not count(): without a condition it estimates, which MongoDB refuses inside a transaction.
  const { docs } = await req.payload.find({
    collection: collection.slug,
    limit: 1,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  if (docs.length === 0) req.context[FIRST_ACCOUNT] = true
  return docs.length === 0
    ? { ...data, kizunaRoles: data.kizunaRoles?.length ? data.kizunaRoles : ['admin'] }
    : data
}

function emailOf(user: unknown): unknown {
  return (user as { email?: unknown } | null)?.email
}

function includesRole(data: unknown, role: string): boolean {
  const roles: unknown = (data as { kizunaRoles?: unknown } | undefined)?.kizunaRoles
  return Array.isArray(roles) && roles.includes(role)
}

function needsMunicipality(data: unknown): boolean {
  return [...MUNICIPAL, 'contributor'].some((role) => includesRole(data, role))
}
