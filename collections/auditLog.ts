import type { CollectionConfig, Field } from 'payload'

import { noteActorName } from '../src/audit/actorName'
import { exportAuditLog } from '../src/audit/export'
import { auditLogAccess } from '../src/people/access'
import { SERVICE_ACCOUNTS, USERS } from '../src/people/roles'
import { AUDIT_ACTIONS, AUDIT_COLLECTIONS } from '../src/cms/auditActions'
import { INSTANT } from '../src/fields/instants'
import { INSERT_ONLY } from '../src/fields/readOnly'

/** Who did what to which document, in the transaction of the change itself. */
export function createAuditLog(): CollectionConfig {
  return {
    slug: 'kizuna-audit-log',
    labels: { singular: '操作の記録', plural: '操作の記録' },
    access: auditLogAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      components: { beforeListTable: ['kizuna/client#AuditExport'] },
      defaultColumns: ['at', 'actorName', 'action', 'title', 'note', 'collection'],
      description:
        '誰が、いつ、何をしたかの記録です。書き換えも削除もできません(ログインとログアウトの記録だけは 400 日で消えます)。',
    },
    defaultSort: '-at',
    endpoints: [exportAuditLog],
    hooks: { beforeChange: [noteActorName] },
    ...INSERT_ONLY,
    // the newest requests to withdraw are looked for on a chief's home
    indexes: [{ fields: ['action', 'at'] }, { fields: ['at', 'createdAt'] }],
    fields: [
      { name: 'at', type: 'date', label: '日時', required: true, index: true, admin: INSTANT },
      {
        name: 'actorName',
        type: 'text',
        label: '人',
        admin: { description: 'そのときの名前と役割です。' },
      },
      {
        name: 'action',
        type: 'select',
        label: '操作',
        required: true,
        options: [...AUDIT_ACTIONS],
      },
      {
        name: 'title',
        type: 'text',
        label: '題名',
        admin: { components: { Cell: 'kizuna/client#AuditTitleCell' } },
      },
      {
        name: 'note',
        type: 'text',
        label: '変わったこと・理由',
        admin: { components: { Cell: 'kizuna/client#AuditNoteCell' } },
      },
      {
        name: 'place',
        type: 'ui',
        label: '記録の文書',
        admin: { components: { Field: 'kizuna/client#AuditPlace' }, disableListColumn: true },
      },
      {
        name: 'collection',
        type: 'select',
        label: '種類',
        required: true,
        options: AUDIT_COLLECTIONS,
      },
      {
        type: 'collapsible',
        label: '照合のための番号',
        admin: {
          initCollapsed: true,
          description:
            'ふだんは使いません。プログラムや書き出したファイルと突き合わせるときのものです。',
        },
        fields: [
          {
            name: 'actor',
            type: 'relationship',
            label: '人のアカウント',
            relationTo: [USERS, SERVICE_ACCOUNTS],
          },
          ...numbers,
        ],
      },
    ],
  }
}

/** What programs compare; no list shows it. */
const numbers: Field[] = [
  { name: 'documentId', type: 'text', label: '番号', required: true, index: true },
  { name: 'beforeHash', type: 'text', label: '前の内容の指紋' },
  { name: 'afterHash', type: 'text', label: '後の内容の指紋' },
]
