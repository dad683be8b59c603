import type { CollectionConfig, Field } from 'payload'

import { CONTENT_COLLECTIONS } from '../src/release/contentKind'
import type { KizunaSettings } from '../src/plugin/options'
import { noteLooks } from '../src/review/queries/workerLooks'
import { releasesAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { INSTANT, INSTANT_DAY } from '../src/fields/instants'
import { RELEASE_ACTIONS, WHEN_OVERDUE } from '../src/fields/choices'
import { INSERT_ONLY, STORED, unseen } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'

/** Frozen, approved copies: the only thing the worker sends (src/release/content.ts `Release`). */
export function createReleases({ editions, now }: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-releases',
    labels: { singular: '確定版', plural: '確定版' },
    access: releasesAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: [
        'title',
        'slot',
        'edition',
        'action',
        'revision',
        'approvals',
        'publishedBy',
        'publishedAt',
        'municipality',
      ],
      listSearchableFields: ['title', 'key'],
      description: '公開した瞬間の内容を固めたものです。読者に届くのは、いつもこの確定版です。',
    },
    defaultSort: '-publishedAt',
    ...INSERT_ONLY,
    hooks: { beforeOperation: [noteLooks({ now })] },
    indexes: [{ fields: ['key', 'revision'], unique: true }],
    fields: [
      ...contentFields,
      ...proofFields,
      ...listFields,
      {
        name: 'edition',
        type: 'select',
        label: '版',
        index: true,
        options: editions.map(({ code, label }) => ({ value: code, label })),
      },
    ],
  }
}

const contentFields: Field[] = [
  {
    name: 'title',
    type: 'text',
    label: '題名',
    admin: { description: '固めたときの題名(管理用)です。' },
  },
  {
    name: 'key',
    type: 'text',
    label: '原稿の番号',
    required: true,
    index: true,
    admin: { description: '同じ原稿の確定版は、同じ番号になります。' },
  },
  { name: 'revision', type: 'number', label: '第何版', required: true },
  { name: 'action', type: 'select', label: '内容', required: true, options: RELEASE_ACTIONS },
  { name: 'content', type: 'json', label: '固めた内容', required: true, admin: STORED },
  { name: 'contentHash', type: 'text', label: '内容の指紋', required: true, index: true },
  { name: 'variables', type: 'json', label: '差し込み語の内容', required: true, admin: STORED },
  {
    name: 'publishedAt',
    type: 'date',
    label: '公開した日時',
    required: true,
    index: true,
    admin: INSTANT,
  },
  {
    name: 'reviewDueAt',
    type: 'date',
    label: '見直しの期限',
    index: true,
    admin: INSTANT_DAY,
  },
  {
    name: 'whenOverdue',
    type: 'select',
    label: '見直しの期限が過ぎたら',
    required: true,
    options: WHEN_OVERDUE,
  },
]

const proofFields: Field[] = [
  {
    name: 'withdrawnSoFar',
    type: 'ui',
    label: '取り下げの前に送られた人数',
    admin: {
      components: { Field: 'kizuna/client#ReleaseWithdrawn' },
      condition: (data) => data?.action === 'withdraw',
      disableListColumn: true,
    },
  },
  {
    name: 'approvals',
    type: 'json',
    label: '承認した人',
    admin: {
      components: {
        Field: 'kizuna/client#ReleaseApprovals',
        Cell: 'kizuna/client#ReleaseApprovalsCell',
      },
    },
  },
  { name: 'policyHash', type: 'text', label: '監修ルールの指紋' },
  {
    name: 'topics',
    type: 'json',
    label: '話題',
    admin: {
      ...STORED,
      disableListColumn: true,
      description: '承認が要る専門は、この話題で決まりました。',
    },
  },
  { name: 'sources', type: 'textarea', label: '出典', admin: { rows: 3 } },
  unseen({ name: 'submission', type: 'text', label: '監修に出された内容の印' }),
  { name: 'publishedBy', type: 'relationship', label: '公開した人', relationTo: USERS },
  {
    name: 'authors',
    type: 'relationship',
    label: '書いた人',
    relationTo: USERS,
    hasMany: true,
    admin: {
      description:
        'この原稿をこれまでに書いた人です。取り下げたあとにもう一度公開するときも、書いた人の承認は数えません。',
    },
  },
  {
    name: 'reason',
    type: 'textarea',
    label: '取り下げ・作り直しの理由',
    admin: { rows: 3, condition: (data) => Boolean(data?.reason) },
  },
  {
    name: 'reviewedAt',
    type: 'date',
    label: '監修を経て公開した日時',
    admin: {
      ...INSTANT,
      condition: (data) => Boolean(data?.reviewedAt),
      description:
        '差し込み語だけが変わった確定版です。内容は、この日時に公開された、承認済みのものと同じです。',
    },
  },
]

const listFields: Field[] = [
  {
    name: 'document',
    type: 'relationship',
    label: '原稿',
    relationTo: [...CONTENT_COLLECTIONS],
  },
  {
    name: 'series',
    type: 'relationship',
    label: 'シリーズ',
    relationTo: 'kizuna-series',
    index: true,
  },
  {
    name: 'slot',
    type: 'text',
    label: '配信日',
    index: true,
    admin: { components: { Cell: 'kizuna/client#SlotCell' } },
  },
  municipalityField,
]
