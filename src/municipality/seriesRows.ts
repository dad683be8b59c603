import type { ArrayField } from 'payload'

import { adminFieldAccess } from '../people/access'
import { relatedId } from '../cms/relation'
import { dayField, lastDayField } from '../fields/dayField'
import { checkPickedSeries } from '../fields/pickedSeries'
import {
  checkSlot,
  checkSlotRange,
  endIncludedField,
  readSlot,
  slotField,
} from '../fields/slotField'
import { slotSortKey } from '../stage/slot'

/** Which part of which series a municipality takes, and from when to when. */
export const seriesTaken: ArrayField = {
  name: 'series',
  type: 'array',
  label: '使うシリーズ',
  labels: { singular: 'シリーズ', plural: 'シリーズ' },
  access: adminFieldAccess,
  admin: {
    description:
      '空のままだと、自治体原稿のほかは何も送られません。「シリーズを追加」から始めます。',
  },
  validate: (rows: unknown) => checkOverlaps(rows),
  fields: [
    {
      name: 'series',
      type: 'relationship',
      label: 'シリーズ',
      relationTo: 'kizuna-series',
      required: true,
      filterOptions: { isActive: { not_equals: false }, isArchived: { not_equals: true } },
      validate: checkPickedSeries,
    },
    {
      type: 'row',
      fields: [
        slotField({
          name: 'from',
          label: 'ここから',
          description: '空なら、シリーズの初めからです。',
          isRequired: false,
        }),
        {
          ...slotField({
            name: 'to',
            label: 'ここまで',
            description: '空なら、シリーズの終わりまでです。',
            isRequired: false,
          }),
          validate: (value: unknown, { siblingData }: { siblingData: unknown }) => {
            const verdict = checkSlot(value, false)
            if (verdict !== true) return verdict
            return checkSlotRange((siblingData as { from?: unknown }).from, value)
          },
        },
      ],
    },
    endIncludedField,
    {
      type: 'row',
      fields: [
        dayField({
          name: 'effectiveFrom',
          label: '使い始める日',
          description: 'この日から送ります。空なら、すぐに送ります。',
        }),
        lastDayField({
          name: 'effectiveTo',
          first: 'effectiveFrom',
          label: '使い終わる日',
          description: 'この日まで送ります。空なら、終わりなしです。',
        }),
      ],
    },
  ],
}

/** A row of the array as the checks read it. */
interface SeriesRow {
  series?: unknown
  from?: unknown
  to?: unknown
  isEndIncluded?: unknown
  effectiveFrom?: unknown
  effectiveTo?: unknown
}

/** No two rows may take the same slot of one series on one day: families would get it twice. *Pure.* */
export function checkOverlaps(rows: unknown): true | string {
  if (!Array.isArray(rows)) return true
  const taken = rows as SeriesRow[]
  for (const [index, row] of taken.entries()) {
    const other = taken.findIndex((earlier, at) => at < index && areOverlapping(earlier, row))
    if (other >= 0) {
      return `${other + 1} 番目と ${index + 1} 番目は、同じシリーズの期間が重なっています。ステージの範囲か使う日を分けるか、1 つにまとめてください。`
    }
  }
  return true
}

function areOverlapping(one: SeriesRow, two: SeriesRow): boolean {
  const [a, b] = [relatedId(one.series), relatedId(two.series)]
  return a !== null && a === b && areStagesShared(one, two) && areDaysShared(one, two)
}

function areStagesShared(one: SeriesRow, two: SeriesRow): boolean {
  return startsBeforeEndOf(one, two) && startsBeforeEndOf(two, one)
}

function startsBeforeEndOf(one: SeriesRow, two: SeriesRow): boolean {
  const [start, end] = [readSlot(one.from), readSlot(two.to)]
  if (!start || !end) return true
  const distance = slotSortKey(end) - slotSortKey(start)
  return two.isEndIncluded === false ? distance > 0 : distance >= 0
}

function areDaysShared(one: SeriesRow, two: SeriesRow): boolean {
  const starts = (row: SeriesRow) => String(row.effectiveFrom || '0000-01-01')
  const ends = (row: SeriesRow) => String(row.effectiveTo || '9999-12-31')
  return starts(one) <= ends(two) && starts(two) <= ends(one)
}
