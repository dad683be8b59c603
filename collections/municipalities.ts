import type { CollectionBeforeValidateHook, CollectionConfig, Field, Tab } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { adminFieldAccess, municipalitiesAccess, writtenOnce } from '../src/people/access'
import { isOnlyContributor } from '../src/people/roles'
import { CHANNELS, MAIL_AFTER_CRASH } from '../src/fields/choices'
import {
  MAX_AREAS,
  checkAccent,
  checkMunicipalityCode,
  checkSender,
  checkTime,
  normalizeSender,
} from '../src/fields/checks'
import { byField, keepWhileUsed } from '../src/cms/inUse'
import { contactTab } from '../src/municipality/contactField'
import { seriesTaken } from '../src/municipality/seriesRows'
import { proposalEndpointsOf } from '../src/municipality/changeEndpoints'
import {
  checkFreeName,
  checkWords,
  readOtherNames,
  whenNew,
  withOwnHost,
} from '../src/municipality/wordChecks'
import { refuseChangedWords, refuseUnconfirmedWords } from '../src/municipality/wordsGate'
import { carryWords } from '../src/municipality/words'
import { wordsEffect } from '../src/reach/endpoints'

/** The tenants: what a municipality is called, sends and takes. */
export function createMunicipalities(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'municipalities',
    labels: { singular: '自治体', plural: '自治体' },
    access: municipalitiesAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user),
      group: '自治体',
      useAsTitle: 'name',
      defaultColumns: ['name', 'code', 'senderName', 'channels', 'isActive'],
      listSearchableFields: ['name', 'code'],
      description: '配信元になる自治体です。名前・窓口・送る時間・使うシリーズを決めます。',
    },
    defaultSort: 'code',
    disableDuplicate: true,
    disableBulkEdit: true,
    endpoints: settings.isDisabled ? [] : [...proposalEndpointsOf(settings), wordsEffect(settings)],
    hooks: {
      beforeOperation: [refuseUnconfirmedWords],
      beforeValidate: [ownHostFirst, readOtherNames],
      afterChange: [refuseChangedWords, carryWords(settings)],
      beforeDelete: [keepWhileUsed(USES, ADVICE)],
    },
    fields: [
      {
        name: 'wordChange',
        type: 'ui',
        label: '変更の提案',
        admin: { components: { Field: 'kizuna/client#WordChange' }, disableListColumn: true },
      },
      {
        type: 'tabs',
        tabs: [nameTab(settings), channelTab, contactTab, { ...seriesTab, fields: [seriesTaken] }],
      },
      {
        name: 'isActive',
        type: 'checkbox',
        label: '配信する',
        defaultValue: true,
        access: adminFieldAccess,
        admin: { position: 'sidebar', description: '外すと、この自治体の配信がすべて止まります。' },
      },
    ],
  }
}

/** A new municipality's page stands on a host of its own. */
const ownHostFirst: CollectionBeforeValidateHook = ({ data, operation }) =>
  operation === 'create' && data ? withOwnHost(data) : data

const USES = [
  byField('add-ons', '自治体原稿', 'municipality'),
  byField('releases', '確定版', 'municipality'),
  byField('users', 'ユーザー', 'municipality'),
  byField('municipality-changes', '自治体の変更', 'municipality'),
  byField('hidden-texts', '出さない原稿', 'municipality'),
  byField('media', '画像', 'municipality'),
  byField('reports', '日報', 'municipality'),
]

/** A list of mails on a phone shows no more of it. */
const MAX_SENDER_NAME = 50

/** The longest name of a municipality with its prefecture has not half as many letters. */
const MAX_NAME = 30

/** A list on a phone shows no more of an area's name. */
const MAX_AREA = 30

const ADVICE = '配信をやめるときは、消さずに「配信する」のチェックを外してください。'

const seriesTab = {
  label: '使うシリーズ',
  description: 'どのシリーズを、いつの読者に送るかを決めます。',
}

function nameTab({ editions }: KizunaSettings): Tab {
  return {
    label: '名前',
    fields: [
      {
        name: 'name',
        type: 'text',
        label: '自治体名',
        required: true,
        maxLength: MAX_NAME,
        access: writtenOnce,
        admin: { description: '例: みなと町' },
        validate: whenNew((value, context) =>
          checkFreeName(value, { label: '自治体名', max: MAX_NAME }, context),
        ),
      },
      {
        name: 'code',
        type: 'text',
        label: '全国地方公共団体コード',
        required: true,
        unique: true,
        access: writtenOnce,
        admin: { description: '6 桁の数字です。最後の 1 桁は検査数字です。後から変えられません。' },
        hooks: { beforeValidate: [({ value }) => toHalfWidth(value)] },
        validate: (value: unknown) => checkMunicipalityCode(value),
      },
      {
        name: 'senderName',
        type: 'text',
        label: '差出人の名前',
        required: true,
        maxLength: MAX_SENDER_NAME,
        access: writtenOnce,
        admin: { description: '読者に見える名前です。例: みなと町 子育て便り' },
        validate: whenNew((value, context) =>
          checkFreeName(value, { label: '差出人の名前', max: MAX_SENDER_NAME }, context),
        ),
      },
      {
        name: 'editions',
        type: 'select',
        label: '選べる版',
        required: true,
        hasMany: true,
        options: editions.map(({ code, label }) => ({ value: code, label })),
        defaultValue: editions[0] ? [editions[0].code] : [],
        admin: {
          description:
            '登録のときに読者が選べます。先頭の版は、読者の版の原稿がない日に代わりに送られます。',
        },
        validate: (value: unknown) =>
          Array.isArray(value) && value.length > 0 ? true : '版を 1 つ以上選んでください。',
      },
      areas,
      consentVersions,
      {
        name: 'accent',
        type: 'text',
        label: '登録ページの色',
        admin: {
          description:
            '# と 6 桁の英数字で書きます。空なら標準の青です。白い文字が読める濃さが要ります。',
          placeholder: '例: #0017c1',
        },
        validate: (value: unknown) => checkAccent(value),
      },
    ],
  }
}

const MAX_CONSENT_VERSIONS = 50
const MAX_VERSION_LENGTH = 64

const consentVersions: Field = {
  name: 'consentVersions',
  type: 'text',
  hasMany: true,
  maxRows: MAX_CONSENT_VERSIONS,
  maxLength: MAX_VERSION_LENGTH,
  label: '同意文の版',
  admin: {
    description:
      '紙や前の仕組みで集めた同意の、文面の版です。書くと、読者の表の取り込みで、ここにない版を断ります。登録ページの同意文の版は書かなくてかまいません。',
  },
}

const areas: Field = {
  name: 'areas',
  type: 'array',
  label: '地区',
  maxRows: MAX_AREAS,
  labels: { singular: '地区', plural: '地区' },
  access: writtenOnce,
  admin: {
    description: '自治体原稿を地区で分けて送るときに使います。分けないなら空のままにします。',
    components: { RowLabel: 'kizuna/client#RowName' },
  },
  fields: [
    {
      name: 'name',
      type: 'text',
      label: '地区名',
      required: true,
      maxLength: MAX_AREA,
      validate: whenNew((value) => checkWords(value, '地区名', MAX_AREA)),
    },
  ],
  validate: (value: unknown) => {
    const names = Array.isArray(value) ? value.map((row) => (row as { name?: string }).name) : []
    const twice = names.find((name, index) => name && names.indexOf(name) !== index)
    return twice ? `地区「${twice}」が 2 回あります。1 つにしてください。` : true
  },
}

const channelTab: Tab = {
  label: '送る方法と時間',
  fields: [
    {
      name: 'channels',
      type: 'select',
      label: '送る方法',
      required: true,
      hasMany: true,
      options: CHANNELS,
      access: adminFieldAccess,
      admin: { description: '両方を選ぶと、読者は LINE かメールを選べます。' },
      validate: (value: unknown) =>
        Array.isArray(value) && value.length > 0 ? true : '送る方法を 1 つ以上選んでください。',
    },
    {
      name: 'lineAccount',
      type: 'relationship',
      label: 'LINE アカウント',
      relationTo: 'line-accounts',
      access: adminFieldAccess,
      admin: {
        description: 'LINE で送るときに要ります。先に「LINE アカウント」で登録してください。',
        condition: (data) => Array.isArray(data?.channels) && data.channels.includes('line'),
      },
      validate: (value: unknown, { data }: { data: unknown }) =>
        value || !takesLine(data)
          ? true
          : 'LINE で送るときは LINE アカウントを選んでください。まだ無ければ「LINE アカウント」で登録するか、送る方法から LINE を外してください。',
    },
    {
      name: 'mailFrom',
      type: 'text',
      label: 'メールの差出アドレス',
      required: true,
      access: adminFieldAccess,
      admin: { description: '例: kosodate@city.example.jp' },
      hooks: { beforeValidate: [({ value }) => normalizeSender(value)] },
      validate: (value: unknown) => checkSender(value),
    },
    {
      name: 'windows',
      type: 'group',
      label: '送る時間',
      admin: {
        description: 'この時間の間だけ送ります(日本時間)。間に合わなかった分は送りません。',
      },
      fields: [windowGroup('line', 'LINE'), windowGroup('mail', 'メール')],
    },
    {
      name: 'mailAfterCrash',
      type: 'select',
      label: 'メールが届いたか分からないとき',
      required: true,
      options: MAIL_AFTER_CRASH,
      defaultValue: 'at-most-once',
      admin: {
        description: '送っている途中で機械が止まったときの扱いです。LINE は二重に届きません。',
      },
    },
    {
      name: 'dailyCap',
      type: 'number',
      label: '1 日に 1 人へ送る数の上限(通)',
      required: true,
      defaultValue: 3,
      admin: { description: 'きょうだいの分を合わせた数です。1〜10 通。', step: 1 },
      validate: (value: unknown) =>
        Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10
          ? true
          : '1 から 10 までの整数にしてください。',
    },
  ],
}

function windowGroup(name: string, label: string): Field {
  return {
    name,
    type: 'group',
    label,
    fields: [
      {
        type: 'row',
        fields: [
          timeField('from', '始まり', '09:00'),
          {
            ...timeField('to', '終わり', '20:00'),
            validate: (value: unknown, { siblingData }: { siblingData: unknown }) =>
              checkEndOfWindow(value, (siblingData as { from?: unknown }).from),
          },
        ],
      },
    ],
  }
}

function timeField(name: string, label: string, defaultValue: string) {
  return {
    name,
    type: 'text' as const,
    label,
    required: true,
    defaultValue,
    hooks: { beforeValidate: [({ value }: { value?: unknown }) => toHalfWidth(value)] },
    validate: (value: unknown) => checkTime(value),
  }
}

function checkEndOfWindow(to: unknown, from: unknown): true | string {
  const verdict = checkTime(to)
  if (verdict !== true || checkTime(from) !== true) return verdict
  return String(to) > String(from)
    ? true
    : `終わり(${String(to)})を始まり(${String(from)})より後の時刻にしてください。日をまたぐ時間は使えません(24:00 までです)。`
}

function takesLine(data: unknown): boolean {
  const channels: unknown = (data as { channels?: unknown } | undefined)?.channels
  return Array.isArray(channels) && channels.includes('line')
}

function toHalfWidth(value: unknown): unknown {
  return typeof value === 'string' ? value.normalize('NFKC').trim() : value
}
