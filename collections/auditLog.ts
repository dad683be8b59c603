import type { CollectionConfig } from 'payload'

import { exportAuditLog } from '../src/audit/export'
import { auditLogAccess, SERVICE_ACCOUNTS, USERS } from './access'
import { AUDIT_ACTIONS, AUDIT_COLLECTIONS } from './auditWords'
import { INSTANT } from './instants'
import { INSERT_ONLY } from './readOnly'

const ACTIONS = [
  { value: 'create', label: '作成' },
  { value: 'edit', label: '編集' },
  { value: 'delete', label: '削除' },
  { value: 'submit', label: '監修に出した' },
  { value: 'approve', label: '承認' },
  { value: 'request-change', label: '修正の依頼' },
  { value: 'publish', label: '公開' },
  { value: 'withdraw', label: '取り下げ' },
  { value: 'comment', label: 'コメント' },
  { value: 'import', label: '取り込み' },
  { value: 'copy-forward', label: '新年度への引き継ぎ' },
  { value: 'switch', label: 'シリーズの切り替え' },
  { value: 'carry', label: '差し込み語の変更による公開' },
  { value: 'hide', label: '自治体で出さない' },
  { value: 'show', label: '自治体でまた出す' },
  { value: 'share', label: 'お手本にする' },
  { value: 'unshare', label: 'お手本をやめる' },
  { value: 'copy', label: 'お手本を写した' },
  { value: 'take', label: '提案の採用' },
  { value: 'decline', label: '提案の見送り' },
]

/** Who did what to which document, in the transaction of the change itself. */
export function createAuditLog(): CollectionConfig {
  return {
    slug: 'audit-log',
    labels: { singular: '操作の記録', plural: '操作の記録' },
    access: auditLogAccess,
    admin: {
      group: '監修と公開',
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
      { name: 'action', type: 'select', label: '操作', required: true, options: AUDIT_ACTIONS },
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
