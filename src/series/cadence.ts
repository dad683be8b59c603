import type { ArrayField } from 'payload'

import { slotsOfCadence } from '../stage/cadence'
import { StageError } from '../stage/error'
import type { KizunaSettings } from '../plugin/options'
import { cadenceRow, type StoredCadence } from '../coverage/expected'
import { checkSlot, slotField } from '../fields/slotField'

const UNITS = [
  { value: 'day', label: '日ごと' },
  { value: 'week', label: '週ごと' },
  { value: 'month', label: 'か月ごと' },
]

/** Where a series should have texts; the coverage map shows what is lacking. */
export function cadenceField({ editions }: Pick<KizunaSettings, 'editions'>): ArrayField {
  return {
    name: 'cadence',
    type: 'array',
    label: '原稿を置く間隔',
    labels: { singular: '間隔', plural: '間隔' },
    admin: {
      description:
        'どの配信日に原稿があるはずかを決めます。「原稿の地図」が、まだない配信日を「穴」として知らせます。配信そのものは変わりません。空なら、穴は数えません。',
    },
    fields: [
      {
        type: 'row',
        fields: [
          slotField({ name: 'from', label: 'ここから', description: '最初の配信日です。' }),
          {
            ...slotField({
              name: 'to',
              label: 'ここまで',
              isRequired: false,
              description: '最後の配信日です。空なら「ここから」の 1 日だけです。',
            }),
            validate: (value: unknown, { siblingData }: { siblingData: unknown }) =>
              checkCadence(value, siblingData as StoredCadence),
          },
        ],
      },
      {
        type: 'row',
        fields: [
          {
            name: 'every',
            type: 'number',
            label: '間隔',
            required: true,
            defaultValue: 1,
            min: 1,
            max: 366,
            admin: { step: 1, description: '「7」と「日ごと」で、7 日に 1 通です。' },
          },
          {
            name: 'unit',
            type: 'select',
            label: '単位',
            required: true,
            defaultValue: 'day',
            options: UNITS,
          },
        ],
      },
      {
        name: 'editions',
        type: 'select',
        label: '版',
        hasMany: true,
        options: editions.map(({ code, label }) => ({ value: code, label })),
        admin: { description: 'この間隔を求める版です。空なら、すべての版です。' },
      },
    ],
  }
}

/** Whether a row can be counted; its slots have checks of their own. *Pure.* */
function checkCadence(to: unknown, row: StoredCadence): true | string {
  const verdict = checkSlot(to, false)
  if (verdict !== true || checkSlot(row.from) !== true) return verdict
  try {
    slotsOfCadence(cadenceRow({ ...row, to: typeof to === 'string' ? to : null }))
    return true
  } catch (error) {
    if (error instanceof StageError) return error.message
    throw error
  }
}
