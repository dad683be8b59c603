import type { CollectionConfig } from 'payload'

import { exportAuditLog } from '../src/audit/export'
import { auditLogAccess } from '../src/people/access'
import { SERVICE_ACCOUNTS, USERS } from '../src/people/roles'
import { AUDIT_ACTIONS, AUDIT_COLLECTIONS } from '../src/cms/auditActions'
import { INSTANT } from '../src/fields/instants'
import { INSERT_ONLY } from '../src/fields/readOnly'

/** Who did what to which document, in the transaction of the change itself. */
export function createAuditLog(): CollectionConfig {
  return {
    slug: 'audit-log',
    labels: { singular: '操作の記録', plural: '操作の記録' },
    access: auditLogAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      components: { beforeListTable: ['kizuna/client#AuditExport'] },
      defaultColumns: ['title', 'action', 'actor', 'at', 'collection', 'note'],
      description: '誰が、いつ、何をしたかの記録です。書き換えも削除もできません。',
    },
    defaultSort: '-at',
    endpoints: [exportAuditLog],
    ...INSERT_ONLY,
    fields: [
      { name: 'title', type: 'text', label: '題名' },
      {
        name: 'actor',
        type: 'relationship',
        label: '人',
        relationTo: [USERS, SERVICE_ACCOUNTS],
      },
      {
        name: 'action',
        type: 'select',
        label: '操作',
        required: true,
        options: [...AUDIT_ACTIONS],
      },
      {
        name: 'collection',
        type: 'select',
        label: '種類',
        required: true,
        options: AUDIT_COLLECTIONS,
      },
      { name: 'documentId', type: 'text', label: '番号', required: true, index: true },
      { name: 'beforeHash', type: 'text', label: '前の内容の指紋' },
      { name: 'afterHash', type: 'text', label: '後の内容の指紋' },
      { name: 'at', type: 'date', label: '日時', required: true, index: true, admin: INSTANT },
      { name: 'note', type: 'text', label: '備考' },
    ],
  }
}
