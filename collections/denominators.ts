import type { CollectionBeforeChangeHook, CollectionConfig, Field } from 'payload'

import { checkOneLine } from '../src/fields/checks'
import { dayField } from '../src/fields/dayField'
import { ownMunicipalityField } from '../src/fields/relations'
import { auditDenominator, auditRemoval } from '../src/numbers/auditDenominator'
import {
  checkCount,
  checkCountedOn,
  checkPeriod,
  MAX_SOURCE,
} from '../src/numbers/denominatorChecks'
import { refuseSecond } from '../src/numbers/oneOfEach'
import { denominatorsAccess, writtenByHooks, writtenOnce } from '../src/people/access'
import type { KizunaSettings } from '../src/plugin/options'
import { ownMunicipalityFirst } from '../src/proposal/hooks'
import {
  DENOMINATOR_KINDS,
  denominatorTitle,
  isPeriodOf,
  kindOf,
} from '../src/statistics/denominators'

/** How many handbooks, births or people moving in a municipality counted, with source and day. */
export function createDenominators(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-denominators',
    labels: { singular: '分母', plural: '分母' },
    access: denominatorsAccess,
    admin: {
      group: false, // the page 「数字」 leads here
      useAsTitle: 'title',
      defaultColumns: ['title', 'count', 'source', 'countedOn', 'updatedAt'],
      listSearchableFields: ['title', 'source'],
      description:
        '登録率を出すために、自治体が数えて入れる数です。新しい数は「数字」の画面で入れ、ここでは直したり消したりします。',
    },
    defaultSort: '-period',
    disableDuplicate: true,
    disableBulkEdit: true,
    indexes: [{ fields: ['municipality', 'kind', 'period'], unique: true }],
    hooks: {
      beforeValidate: [ownMunicipalityFirst],
      beforeChange: [
        refuseSecond('kizuna-denominators', ['municipality', 'kind', 'period'], ALREADY),
        giveTitle,
      ],
      afterChange: [auditDenominator(settings)],
      afterDelete: [auditRemoval(settings)],
    },
    fields: [
      {
        name: 'title',
        type: 'text',
        label: '題名',
        access: writtenByHooks,
        admin: { hidden: true },
      },
      { ...ownMunicipalityField, admin: { position: 'sidebar', readOnly: true } },
      ...placeFields,
      ...numberFields,
    ],
  }
}

const ALREADY = 'この期間の数は、もう入っています。「数字」の画面から開いて直してください。'

const placeFields: Field[] = [
  {
    name: 'kind',
    type: 'select',
    label: '何の数か',
    required: true,
    access: writtenOnce,
    options: DENOMINATOR_KINDS.map(({ value, label }) => ({ value, label })),
  },
  {
    name: 'period',
    type: 'text',
    label: 'いつの分か',
    required: true,
    access: writtenOnce,
    admin: {
      description:
        '月ごとの数は 2026-10 の形、出生数は年度(4月から翌年3月まで)の 2026 の形で入れます。',
    },
    validate: checkPeriod,
  },
]

const numberFields: Field[] = [
  { name: 'count', type: 'number', label: '数', required: true, min: 0, validate: checkCount },
  {
    name: 'source',
    type: 'text',
    label: '出典',
    required: true,
    maxLength: MAX_SOURCE,
    admin: { description: 'どこから取った数か。例: 健康課の窓口の集計、住民基本台帳。' },
    validate: (value: unknown) => checkOneLine(value, '出典', MAX_SOURCE),
  },
  {
    ...dayField({
      name: 'countedOn',
      label: 'いつの数字か',
      description: '数えた日、または公表された日です。例: 2026-11-01',
    }),
    required: true,
    validate: checkCountedOn,
  },
]

const giveTitle: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  const { kind, period } = { ...originalDoc, ...data } as { kind: string; period: string }
  const known = kindOf(kind)
  const isRead = known !== null && isPeriodOf(known.value, period)
  return { ...data, title: isRead ? denominatorTitle({ kind: known.value, period }) : '' }
}
