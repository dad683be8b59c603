import type { CollectionConfig } from 'payload'

import { schedulesAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { SCHEDULE_STEPS } from '../src/fields/choices'
import { INSTANT } from '../src/fields/instants'
import { INSERT_ONLY, unseen } from '../src/fields/readOnly'
import { documentField, municipalityField } from '../src/fields/relations'
import { SCHEDULES } from '../src/review/queries/schedules'

/**
 * Which text a chief chose to be published when, what was taken back and what was refused at its time.
 * Documents of their own that are only inserted; Payload's own scheduling would pass by the gate.
 */
export function createSchedules(): CollectionConfig {
  return {
    slug: SCHEDULES,
    labels: { singular: '公開の予約', plural: '公開の予約' },
    access: schedulesAccess,
    admin: {
      hidden: true, // it is read beside the text, and on the home
      useAsTitle: 'step',
    },
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    fields: [
      documentField,
      { name: 'step', type: 'select', label: '操作', required: true, options: SCHEDULE_STEPS },
      { name: 'publishAt', type: 'date', label: '公開する日時', required: true, admin: INSTANT },
      { name: 'by', type: 'relationship', label: '予約した人', relationTo: USERS, required: true },
      { name: 'reason', type: 'textarea', label: '公開しなかった理由', admin: { rows: 3 } },
      { name: 'contentHash', type: 'text', label: '内容の指紋', required: true },
      unseen({ name: 'submission', type: 'text', label: '監修に出された内容の印' }),
      municipalityField,
    ],
  }
}
