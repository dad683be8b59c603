import type { CollectionConfig, DateField, Field } from 'payload'

import { writtenByHooks } from '../people/access'

/** How an instant that only programs write is shown: in Japan's time, whatever the browser's zone. */
export const INSTANT: DateField['admin'] = {
  components: { Cell: 'kizuna/client#InstantCell', Field: 'kizuna/client#StoredInstant' },
}

/** As {@link INSTANT}; a list shows the day alone. */
export const INSTANT_DAY: DateField['admin'] = {
  components: { Cell: 'kizuna/client#InstantDayCell', Field: 'kizuna/client#StoredInstant' },
}

const timestamp = (name: 'createdAt' | 'updatedAt', label: string): DateField => ({
  name,
  type: 'date',
  label,
  index: true,
  access: writtenByHooks, // a date of one's own choosing would rewrite the order of things
  admin: {
    hidden: true,
    disableBulkEdit: true,
    components: { Cell: 'kizuna/client#InstantCell' },
  },
})

const TIMESTAMPS: Field[] = [timestamp('updatedAt', '更新日時'), timestamp('createdAt', '作成日時')]

/** Payload's own two timestamps, shown in Japan's time; none where there are to be none. *Pure.* */
export function withTimestamps(collection: CollectionConfig): CollectionConfig {
  if (collection.timestamps === false) return collection
  return { ...collection, fields: [...collection.fields, ...TIMESTAMPS] }
}
