import type { CollectionConfig } from 'payload'

import { reportsAccess } from './access'
import { checkDay, isEmpty } from './checks'
import { INSERT_ONLY, STORED } from './readOnly'

/** A municipality's figures of one day; numbers only, never a person. */
export function createReports(): CollectionConfig {
  return {
    slug: 'reports',
    labels: { singular: '日報', plural: '日報' },
    access: reportsAccess,
    admin: {
      group: '自治体',
      useAsTitle: 'date',
      defaultColumns: ['date', 'municipality', 'createdAt'],
      description:
        '配信プログラムが 1 日に 1 回書きます。人数が少ない項目は、個人が分からないように隠してあります。',
    },
    defaultSort: '-date',
    ...INSERT_ONLY,
    fields: [
      {
        name: 'municipality',
        type: 'relationship',
        label: '自治体',
        relationTo: 'municipalities',
        required: true,
        index: true,
      },
      {
        name: 'date',
        type: 'text',
        label: '配信した日',
        required: true,
        index: true,
        validate: (value: unknown) =>
          isEmpty(value) ? '日付を 2026-04-01 の形で入れてください。' : checkDay(value),
      },
      {
        name: 'numbers',
        type: 'json',
        label: '数字',
        required: true,
        admin: STORED,
        validate: (value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? true
            : '数字は { "名前": 数 } の形にしてください。',
      },
    ],
  }
}
