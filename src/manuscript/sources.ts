import type { ArrayField } from 'payload'

import { MANUSCRIPT_FIELDS } from '../release/manuscriptFields'
import { checkHttps } from '../fields/checks'
import { dayField } from '../fields/dayField'

/** What the author checked; never shown to readers. */
export const sourcesField: ArrayField = {
  name: 'sources',
  type: 'array',
  label: MANUSCRIPT_FIELDS.sources.label,
  labels: { singular: '出典', plural: '出典' },
  admin: { components: { RowLabel: 'kizuna/client#RowName' } },
  fields: [
    {
      name: 'title',
      type: 'text',
      label: '資料の名前',
      required: true,
      admin: { description: '例: こども家庭庁「○○ガイド」第3版' },
    },
    {
      type: 'row',
      fields: [
        {
          name: 'url',
          type: 'text',
          label: 'アドレス',
          admin: { description: 'https:// で始めます。本や冊子なら空のままにします。' },
          validate: (value: unknown) => checkHttps(value),
        },
        dayField({ name: 'accessedOn', label: '確認した日', description: '資料を見た日です。' }),
      ],
    },
  ],
}
