import type { CollectionBeforeChangeHook, CollectionConfig } from 'payload'

import { municipalityOf } from '../src/cms/municipalityOf'
import { relatedId } from '../src/cms/relation'
import { INSERT_ONLY, STORED } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { refuseSecond } from '../src/numbers/oneOfEach'
import { statisticsAccess, writtenByHooks } from '../src/people/access'
import { monthLabel } from '../src/stage/japaneseDate'
import { readMonth } from '../src/stage/month'
import { readMonthFigures } from '../src/statistics/figures'

/** A municipality's figures of one month, told once when it is over; see src/statistics/figures.ts. */
export function createStatistics(): CollectionConfig {
  return {
    slug: 'kizuna-statistics',
    labels: { singular: '月の数字', plural: '月の数字' },
    access: statisticsAccess,
    admin: {
      hidden: true, // the page 「数字」 shows them
      group: false,
      useAsTitle: 'title',
      defaultColumns: ['title', 'month', 'municipality', 'createdAt'],
      description:
        '月が終わると、配信プログラムが 1 回だけ書きます。人数が少ない項目は、個人が分からないように隠してあります。「数字」の画面で読めます。',
    },
    defaultSort: '-month',
    ...INSERT_ONLY,
    indexes: [
      { fields: ['municipality', 'month'], unique: true },
      { fields: ['month', 'createdAt'] },
    ],
    hooks: {
      beforeChange: [
        refuseSecond('kizuna-statistics', ['municipality', 'month'], ALREADY),
        giveTitle,
      ],
    },
    fields: [
      { name: 'title', type: 'text', label: '題名', access: writtenByHooks },
      { ...municipalityField, required: true },
      {
        name: 'month',
        type: 'text',
        label: '月',
        required: true,
        validate: (value: unknown) =>
          readMonth(value) !== null || '月は 2026-10 の形で入れてください。',
      },
      {
        name: 'figures',
        type: 'json',
        label: '数字',
        required: true,
        admin: STORED,
        validate: (value: unknown, { siblingData }: { siblingData: unknown }) =>
          readMonthFigures(value)?.month === (siblingData as { month?: unknown }).month
            ? true
            : '配信プログラムの書いた数字を読めません。配信プログラムと管理画面の版をそろえてください。',
      },
    ],
  }
}

const ALREADY = 'この自治体のこの月の数字は、もう入っています。出した数字は変えられません。'

const giveTitle: CollectionBeforeChangeHook = async ({ data, req }) => {
  const municipality = await municipalityOf(relatedId(data.municipality), req)
  const month = readMonth(data.month)
  return {
    ...data,
    title: `${month ? monthLabel(month) : ''} ${municipality?.name ?? ''}の数字`,
  }
}
