import type { CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { municipalityChangesAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { CHANGE_STEPS } from '../src/fields/choices'
import { INSERT_ONLY, STORED, unseen } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { changeEndpoints } from '../src/municipality/changeEndpoints'

/** Proposed changes of what municipalities say of themselves, and what became of each. */
export function createMunicipalityChanges(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-municipality-changes',
    labels: { singular: '自治体の変更', plural: '自治体の変更' },
    access: municipalityChangesAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: ['title', 'municipality', 'step', 'byName', 'createdAt'],
      description:
        '自治体の名前・差出人・問い合わせ先・差し込み語の変更の、提案と確認の記録です。後から変えることはできません。',
    },
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    endpoints: settings.isDisabled ? [] : changeEndpoints(settings),
    fields: [
      { name: 'title', type: 'text', label: '変えるところ' },
      { ...municipalityField, required: true },
      { name: 'step', type: 'select', label: 'したこと', required: true, options: CHANGE_STEPS },
      {
        name: 'change',
        type: 'relationship',
        label: 'どの提案を',
        relationTo: 'kizuna-municipality-changes',
        index: true,
        admin: { condition: (data) => data?.step !== 'propose' },
      },
      { name: 'before', type: 'json', label: '前', admin: STORED },
      { name: 'after', type: 'json', label: '後', admin: STORED },
      { name: 'by', type: 'relationship', label: '人', relationTo: USERS, required: true },
      { name: 'byName', type: 'text', label: '人(そのときの氏名)' },
      { name: 'note', type: 'textarea', label: '理由', admin: { rows: 3 } },
      // A change ends once: two who decide at the same moment write the same key.
      unseen({ name: 'key', type: 'text', label: '番号', required: true, unique: true }),
    ],
  }
}
