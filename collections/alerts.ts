import type { CollectionConfig, Field } from 'payload'

import { alertEndpoints } from '../src/alert/endpoints'
import { ALERTS } from '../src/alert/find'
import { ALERT_STEPS } from '../src/fields/choices'
import { INSTANT } from '../src/fields/instants'
import { INSERT_ONLY, STORED, unseen } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { alertsAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import type { KizunaSettings } from '../src/plugin/options'

/** What was asked for, sent, stopped and corrected of urgent texts, step by step. */
export function createAlerts(settings: KizunaSettings): CollectionConfig {
  return {
    slug: ALERTS,
    labels: { singular: '緊急のお知らせの記録', plural: '緊急のお知らせの記録' },
    access: alertsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: ['title', 'step', 'municipality', 'byName', 'at'],
      description:
        '緊急のお知らせを、だれが頼み、だれが送ったかの記録です。後から変えることはできません。送るときは「緊急のお知らせ」を使います。',
    },
    defaultSort: '-at',
    ...INSERT_ONLY,
    endpoints: settings.isDisabled ? [] : alertEndpoints(settings),
    fields,
  }
}

const fields: Field[] = [
  { name: 'title', type: 'text', label: '見出し' },
  { name: 'isTraining', type: 'checkbox', label: '訓練' },
  { ...municipalityField, required: true },
  { name: 'step', type: 'select', label: 'したこと', required: true, options: ALERT_STEPS },
  {
    name: 'alert',
    type: 'relationship',
    label: 'どの緊急のお知らせを',
    relationTo: ALERTS,
    index: true,
    admin: { condition: (data) => data?.step !== 'ask' },
  },
  { name: 'content', type: 'json', label: '届く内容', admin: STORED },
  unseen({ name: 'contentHash', type: 'text', label: '内容の指紋' }),
  { name: 'variables', type: 'json', label: '差し込み語の内容', admin: STORED },
  {
    name: 'readers',
    type: 'number',
    label: '届く人数(およそ)',
    admin: { condition: (data) => typeof data?.readers === 'number' },
  },
  { name: 'numbers', type: 'json', label: '送った人数', admin: STORED },
  { name: 'by', type: 'relationship', label: '人', relationTo: USERS },
  { name: 'byName', type: 'text', label: '人(そのときの氏名)' },
  { name: 'note', type: 'textarea', label: '理由', admin: { rows: 3 } },
  { name: 'at', type: 'date', label: '日時', index: true, admin: INSTANT },
  // Each act is done once: two who press at the same moment write the same key.
  unseen({ name: 'key', type: 'text', label: '番号', required: true, unique: true }),
]
