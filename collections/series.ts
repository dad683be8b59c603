import type { CollectionConfig } from 'payload'

import { auditCreation } from '../src/audit/auditExistence'
import { auditSettings } from '../src/audit/auditSettings'
import type { KizunaSettings } from '../src/plugin/options'
import { seriesAccess, writtenByHooks, writtenOnce } from '../src/people/access'
import { isOnlyContributor } from '../src/people/roles'
import { dayField } from '../src/fields/dayField'
import { checkSlot, checkSlotRange, readSlot, slotField } from '../src/fields/slotField'
import { cadenceField } from '../src/series/cadence'
import { ANCHORS } from '../src/fields/choices'
import { isEmpty } from '../src/fields/checks'
import { byField, keepWhileUsed } from '../src/cms/inUse'

const USES = [
  byField('kizuna-manuscripts', '原稿', 'series'),
  byField('kizuna-releases', '確定版', 'series'),
  byField('kizuna-municipalities', '使っている自治体', 'series.series'),
  byField('kizuna-hidden-texts', '出さない原稿', 'series'),
]

const ADVICE = '新しく選べないようにするには、消さずに「使う」のチェックを外してください。'

/** Named sets of manuscripts that a municipality takes as a whole or in part. */
export function createSeries(settings: Pick<KizunaSettings, 'editions' | 'now'>): CollectionConfig {
  const range = (name: 'from' | 'to', label: string, description: string) =>
    slotField({ name, label, description })
  return {
    slug: 'kizuna-series',
    typescript: { interface: 'KizunaSeries' }, // the word has no singular of its own
    graphQL: { singularName: 'KizunaSeries', pluralName: 'KizunaSeries' },
    labels: { singular: 'シリーズ', plural: 'シリーズ' },
    access: seriesAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user),
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'name',
      defaultColumns: ['name', 'code', 'anchor', 'from', 'to', 'isActive'],
      description:
        '原稿のまとまり(妊娠期、0〜3歳、就学など)です。自治体はシリーズを選んで使います。',
    },
    defaultSort: 'order',
    disableDuplicate: true,
    disableBulkEdit: true,
    hooks: {
      afterChange: [auditCreation(settings), auditSettings(settings)],
      beforeDelete: [keepWhileUsed(USES, ADVICE)],
    },
    fields: [
      { name: 'name', type: 'text', label: 'シリーズ名', required: true },
      {
        name: 'code',
        type: 'text',
        label: 'コード',
        required: true,
        unique: true,
        access: writtenOnce,
        admin: { description: '英小文字の短い名前です(例: pregnancy)。後から変えられません。' },
        validate: (value: unknown) =>
          /^[a-z][a-z0-9-]{1,39}$/.test(String(value ?? ''))
            ? true
            : 'コードは英小文字で始め、英小文字・数字・ハイフンだけで 2〜40 文字にしてください(例: pregnancy)。',
      },
      {
        name: 'description',
        type: 'textarea',
        label: '説明',
        admin: { rows: 3, description: '自治体の担当者が選ぶときに読みます。' },
      },
      {
        name: 'anchor',
        type: 'select',
        label: '数え始める日',
        required: true,
        options: ANCHORS,
        access: writtenOnce,
        admin: {
          description: 'このシリーズの原稿は、どれもこの日から数えます。後から変えられません。',
        },
      },
      {
        type: 'row',
        fields: [
          {
            ...range('from', '始まり', 'このシリーズの最初の配信日です。'),
            validate: (value: unknown, { data }: { data: unknown }) => checkEnd(value, data),
          },
          {
            ...range('to', '終わり', 'このシリーズの最後の配信日です。'),
            validate: (value: unknown, { data }: { data: unknown }) => {
              const verdict = checkEnd(value, data)
              return verdict === true ? checkSlotRange(fieldOf(data, 'from'), value) : verdict
            },
          },
        ],
      },
      {
        name: 'isEndIncluded',
        type: 'checkbox',
        label: '終わりの配信日を含む',
        defaultValue: true,
        admin: {
          description: '外すと「3歳の誕生日の前日まで」のように、終わりの日の前までになります。',
        },
      },
      cadenceField(settings),
      {
        name: 'order',
        type: 'number',
        label: '並び順',
        defaultValue: 100,
        admin: { position: 'sidebar', description: '小さい順に並びます。' },
      },
      {
        name: 'copiedFrom',
        type: 'relationship',
        relationTo: 'kizuna-series',
        label: '元のシリーズ',
        access: writtenByHooks,
        admin: {
          position: 'sidebar',
          readOnly: true,
          description: '前の年度から引き継いだときの、元のシリーズです。',
          condition: (data) => Boolean(data?.copiedFrom),
        },
      },
      {
        ...dayField({
          name: 'startsOn',
          label: '使い始める日',
          description: '引き継いだシリーズに切り替える日です。',
        }),
        access: writtenByHooks,
        admin: {
          position: 'sidebar',
          readOnly: true,
          condition: (data) => Boolean(data?.copiedFrom),
        },
      },
      {
        name: 'isArchived',
        type: 'checkbox',
        label: '保管済み',
        defaultValue: false,
        admin: {
          position: 'sidebar',
          description:
            '前の年度のシリーズです。一覧では読めますが、原稿や自治体の設定では選べなくなります。',
        },
      },
      {
        name: 'isActive',
        type: 'checkbox',
        label: '使う',
        defaultValue: true,
        admin: { position: 'sidebar', description: '外すと、自治体は新しく選べなくなります。' },
      },
    ],
  }
}

function checkEnd(value: unknown, data: unknown): true | string {
  const verdict = checkSlot(value)
  const slot = readSlot(value)
  const anchor = fieldOf(data, 'anchor')
  if (verdict !== true || !slot || isEmpty(anchor) || slot.anchor === anchor) return verdict
  const label = ANCHORS.find((choice) => choice.value === anchor)?.label ?? ''
  return `このシリーズは「${label}」から数えます。同じ数え方の配信日にしてください。`
}

function fieldOf(data: unknown, name: string): unknown {
  return (data as Record<string, unknown> | undefined)?.[name]
}
