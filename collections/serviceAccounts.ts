import type { CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { auditPrograms } from '../src/people/accountAudit'
import { serviceAccountsAccess } from '../src/people/access'
import { SERVICE_ACCOUNTS } from '../src/people/roles'

/** Programs that talk to the CMS with an API key; the delivery worker is one. */
export function createServiceAccounts({ now }: KizunaSettings): CollectionConfig {
  return {
    slug: SERVICE_ACCOUNTS,
    labels: { singular: '連携アカウント', plural: '連携アカウント' },
    access: serviceAccountsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'name',
      defaultColumns: ['name', 'isActive', 'updatedAt'],
      description:
        '配信プログラムが CMS を読むための合言葉(API キー)です。確定版・自治体の設定・シリーズ・LINE アカウントを読み、日報を書くことだけができます。',
    },
    auth: { useAPIKey: true, disableLocalStrategy: true },
    hooks: auditPrograms({ now }),
    disableDuplicate: true,
    disableBulkEdit: true,
    lockDocuments: false,
    fields: [
      {
        name: 'apiKeyPanel',
        type: 'ui',
        label: 'API キー',
        admin: { components: { Field: 'kizuna/client#ApiKeyPanel' }, disableListColumn: true },
      },
      {
        name: 'name',
        type: 'text',
        label: '名前',
        required: true,
        admin: { description: '例: 配信プログラム(本番)' },
      },
      {
        name: 'isActive',
        type: 'checkbox',
        label: '使う',
        defaultValue: true,
        admin: { description: '外すと、この API キーではすぐに何もできなくなります。' },
      },
      // Payload's own, which has no label.
      { name: 'hasAPIKey', type: 'checkbox', label: 'API キーがある', virtual: true },
    ],
  }
}
