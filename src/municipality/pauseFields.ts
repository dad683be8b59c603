import type { Field } from 'payload'

import { isEmpty, checkLines } from '../fields/checks'
import { dayField } from '../fields/dayField'
import { adminFieldAccess } from '../people/access'

/** A few sentences. */
const MAX_REASON = 500

/** Nothing begins to be sent without a person's hand: the day is what readers are told, no clock. */
const UNTIL = dayField({
  name: 'pausedUntil',
  label: 'お休みの最後の日(予定)',
  description:
    '読者の画面に「この日までの予定」と出ます。分からなければ空のまま。この日を過ぎても、ひとりでには再開しません。ホームに知らせが出るので、「配信する」を入れて再開します。',
})

const whilePaused = (data: { isActive?: unknown }) => data.isActive === false

/** Whether a municipality's deliveries go on; while they pause, why and until when. */
export const pauseFields: Field[] = [
  {
    name: 'isActive',
    type: 'checkbox',
    label: '配信する',
    defaultValue: true,
    access: adminFieldAccess,
    admin: { position: 'sidebar', description: '外すと、この自治体の配信がすべて止まります。' },
  },
  {
    name: 'pauseReason',
    type: 'textarea',
    label: 'お休みの理由',
    maxLength: MAX_REASON,
    access: adminFieldAccess,
    admin: {
      position: 'sidebar',
      rows: 3,
      condition: whilePaused,
      description: '自治体の担当者と制作監修チームが読みます。読者には見えません。',
    },
    validate: (value: unknown) =>
      isEmpty(value) ? true : checkLines(value, 'お休みの理由', MAX_REASON),
  },
  {
    ...UNTIL,
    access: adminFieldAccess,
    admin: { ...UNTIL.admin, position: 'sidebar', condition: whilePaused },
  },
  {
    name: 'pauseEffect',
    type: 'ui',
    label: '届かなくなるもの',
    admin: {
      position: 'sidebar',
      condition: whilePaused,
      components: { Field: 'kizuna/client#PauseEffect' },
      disableListColumn: true,
    },
  },
]
