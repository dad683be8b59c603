import type { Field, Tab } from 'payload'

import { MAX_AREAS, checkAccent, checkMunicipalityCode } from '../fields/checks'
import { writtenOnce } from '../people/access'
import type { KizunaSettings } from '../plugin/options'
import { readCode } from '../table/invisible'
import { checkFreeName, checkWords, whenNew } from './wordChecks'

/** A list of mails on a phone shows no more of it. */
const MAX_SENDER_NAME = 50

/** The longest name of a municipality with its prefecture has not half as many letters. */
const MAX_NAME = 30

/** A list on a phone shows no more of an area's name. */
const MAX_AREA = 30

/** What a municipality is called and has families choose from. */
export function nameTab({ editions }: KizunaSettings): Tab {
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
        hooks: {
          beforeValidate: [({ value }) => (typeof value === 'string' ? readCode(value) : value)],
        },
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
      '紙や前の仕組みで集めた同意の、文面の版です。読者の表の取り込みで、ここにない版は断ります。登録ページの同意文の版は書かなくてかまいません。',
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
