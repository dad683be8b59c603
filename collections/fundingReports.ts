import type { CollectionConfig, Field } from 'payload'

import { auditSettings } from '../src/audit/auditSettings'
import { KEEPS_NEWER, NEWER_RECORD } from '../src/cms/newerRecord'
import { checkOneLine } from '../src/fields/checks'
import { ownMunicipalityField } from '../src/fields/relations'
import { auditMadeFunding, auditRemovedFunding } from '../src/funding/audit'
import { fundingEndpoints } from '../src/funding/endpoints'
import { FUNDING_FIGURES } from '../src/funding/figures'
import { FUNDING } from '../src/funding/load'
import { fundingReportsAccess } from '../src/people/access'
import type { KizunaSettings } from '../src/plugin/options'
import { ownMunicipalityFirst } from '../src/proposal/hooks'

/** Most lines of a report. */
const MAX_LINES = 60

/** Reports to grants: which figures, what was planned, and what only the municipality knows. */
export function createFundingReports(settings: KizunaSettings): CollectionConfig {
  return {
    slug: FUNDING,
    labels: { singular: '交付金の報告', plural: '交付金の報告' },
    access: fundingReportsAccess,
    admin: {
      group: false, // the page 「交付金の報告」 leads here
      useAsTitle: 'title',
      defaultColumns: ['title', 'fiscalYear', 'municipality', 'updatedAt'],
      description:
        '交付金の報告に使う表です。項目と計画をここで直します。実績は、保存すると「交付金の報告」の画面に、数字から自動で入ります。',
    },
    defaultSort: '-fiscalYear',
    disableDuplicate: true,
    disableBulkEdit: true,
    endpoints: settings.isDisabled ? [] : fundingEndpoints(settings),
    hooks: {
      beforeOperation: KEEPS_NEWER.beforeOperation,
      beforeValidate: [...KEEPS_NEWER.beforeValidate, ownMunicipalityFirst],
      afterChange: [auditMadeFunding(settings), auditSettings({ now: settings.now })],
      afterDelete: [auditRemovedFunding(settings)],
    },
    fields: [NEWER_RECORD, ...fields],
  }
}

const lineFields: Field[] = [
  {
    type: 'row',
    fields: [
      {
        name: 'label',
        type: 'text',
        label: '項目',
        required: true,
        maxLength: 200,
        admin: { width: '50%' },
        validate: (value: unknown) => checkOneLine(value, '項目', 200),
      },
      {
        name: 'figure',
        type: 'select',
        label: '実績に入れる数字',
        required: true,
        defaultValue: 'typed',
        admin: { width: '50%', isClearable: false },
        options: [
          ...FUNDING_FIGURES.map(({ value, label }) => ({ value, label })),
          { value: 'typed', label: '自分で入れる' },
        ],
      },
    ],
  },
  {
    type: 'row',
    fields: [
      { name: 'plan', type: 'text', label: '計画', maxLength: 500, admin: { width: '50%' } },
      { name: 'note', type: 'text', label: '備考', maxLength: 500, admin: { width: '50%' } },
    ],
  },
  {
    name: 'typed',
    type: 'textarea',
    label: '実績(自分で入れる)',
    maxLength: 2000,
    admin: { rows: 2, condition: (_, line) => (line as { figure?: unknown }).figure === 'typed' },
  },
]

const fields: Field[] = [
  {
    name: 'table',
    type: 'ui',
    label: '計画と実績の表',
    admin: {
      components: { Field: 'kizuna/client#FundingTableLink' },
      disableListColumn: true,
      position: 'sidebar',
    },
  },
  {
    name: 'title',
    type: 'text',
    label: '題名',
    required: true,
    maxLength: 200,
    validate: (value: unknown) => checkOneLine(value, '題名', 200),
  },
  {
    name: 'fiscalYear',
    type: 'number',
    label: '年度',
    required: true,
    min: 2000,
    max: 2100,
    admin: { description: '4 月から翌年 3 月までの年度を、西暦で入れます。例: 2026' },
  },
  { ...ownMunicipalityField, admin: { position: 'sidebar', readOnly: true } },
  {
    name: 'lines',
    type: 'array',
    label: '項目',
    labels: { singular: '項目', plural: '項目' },
    maxRows: MAX_LINES,
    fields: lineFields,
  },
]
