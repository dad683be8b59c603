import type { CollectionConfig, Field } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { hiddenTextsAccess, writtenByHooks, writtenOnce } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { ownMunicipalityFirst } from '../src/proposal/hooks'
import { checkLines } from '../src/fields/checks'
import { dayField, lastDayField } from '../src/fields/dayField'
import { unseen } from '../src/fields/readOnly'
import {
  auditHiding,
  auditShowing,
  checkHideable,
  keepPlace,
} from '../src/municipality/hiddenTextRules'
import { ownMunicipalityField } from '../src/fields/relations'

/** Common texts that a municipality keeps from its own readers, each with a reason and a period. */
export function createHiddenTexts(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-hidden-texts',
    labels: { singular: '出さない原稿', plural: '出さない原稿' },
    access: hiddenTextsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'slotLabel',
      defaultColumns: ['slotLabel', 'manuscript', 'municipality', 'from', 'to', 'reason'],
      listSearchableFields: ['slotLabel', 'reason'],
      description:
        '共通の原稿のうち、この自治体の読者には届けないものです。また届けるときは、ここから消します。',
    },
    disableDuplicate: true,
    disableBulkEdit: true,
    hooks: {
      beforeValidate: [ownMunicipalityFirst],
      beforeChange: [keepPlace],
      afterChange: [auditHiding(settings)],
      afterDelete: [auditShowing(settings)],
    },
    fields: [...decisionFields(settings), ...placeFields(settings)],
  }
}

/** A few sentences. */
const MAX_REASON = 500

function decisionFields(settings: KizunaSettings): Field[] {
  return [
    {
      name: 'manuscript',
      type: 'relationship',
      label: '出さない原稿',
      relationTo: 'kizuna-manuscripts',
      required: true,
      index: true,
      access: writtenOnce,
      filterOptions: { kind: { not_equals: 'question' }, _status: { equals: 'published' } },
      admin: { description: '公開中の共通の原稿から選びます。', allowCreate: false },
      validate: checkHideable(settings),
    },
    {
      name: 'reason',
      type: 'textarea',
      label: '出さない理由',
      required: true,
      maxLength: MAX_REASON,
      admin: {
        rows: 3,
        description: '制作監修チームも読みます。例: この健診は町では行っていないため。',
      },
      validate: (value: unknown) =>
        String(value ?? '').trim()
          ? checkLines(value, '出さない理由', MAX_REASON)
          : '出さない理由を書いてください(例: この健診は町では行っていないため)。',
    },
    {
      type: 'row',
      fields: [
        dayField({
          name: 'from',
          label: 'この日から出さない',
          description:
            '空なら、すぐに出さなくなります。その日の配信が始まったあとに保存すると、次の日からになります。',
        }),
        lastDayField({
          name: 'to',
          first: 'from',
          label: 'この日まで出さない',
          description: 'この日の次の日から、また届きます。空なら、消すまで続きます。',
        }),
      ],
    },
    {
      name: 'isAllEditions',
      type: 'checkbox',
      label: 'ほかの版(やさしい日本語など)の同じ日の原稿も出さない',
      defaultValue: true,
    },
  ]
}

/** What hooks write is shown once it is there. */
const isSaved = (data: { slot?: unknown }) => Boolean(data.slot)

function placeFields({ editions }: KizunaSettings): Field[] {
  return [
    {
      ...ownMunicipalityField,
      admin: { position: 'sidebar', readOnly: true },
    },
    {
      name: 'hiddenBy',
      type: 'relationship',
      label: '決めた人',
      relationTo: USERS,
      access: writtenByHooks,
      admin: { position: 'sidebar', readOnly: true, condition: isSaved },
    },
    {
      name: 'slotLabel',
      type: 'text',
      label: '配信日',
      access: writtenByHooks,
      admin: { position: 'sidebar', readOnly: true, condition: isSaved },
    },
    {
      name: 'series',
      type: 'relationship',
      label: 'シリーズ',
      relationTo: 'kizuna-series',
      access: writtenByHooks,
      admin: { position: 'sidebar', readOnly: true, condition: isSaved },
    },
    {
      name: 'edition',
      type: 'select',
      label: '版',
      options: editions.map(({ code, label }) => ({ value: code, label })),
      access: writtenByHooks,
      admin: { position: 'sidebar', readOnly: true, condition: isSaved },
    },
    unseen({ name: 'slot', type: 'text', label: '配信日のコード', access: writtenByHooks }),
  ]
}
