import type { CollectionConfig } from 'payload'

import { INSERT_ONLY } from '../src/fields/readOnly'
import { LINK_CHECKS } from '../src/links/checkLinks'
import { linkChecksAccess } from '../src/people/access'

/**
 * What was found last at each address in what is out (see src/links). Nobody reads or writes it from
 * outside; the list 「リンクの確かめ」 asks the texts' own rules.
 */
export function createLinkChecks(): CollectionConfig {
  return {
    slug: LINK_CHECKS,
    labels: { singular: 'リンクの確かめ', plural: 'リンクの確かめ' },
    access: linkChecksAccess,
    admin: { hidden: true, useAsTitle: 'address' },
    defaultSort: 'address',
    timestamps: false,
    graphQL: false,
    endpoints: false,
    ...INSERT_ONLY,
    fields: [
      { name: 'address', type: 'text', label: 'アドレス', required: true, unique: true },
      { name: 'keys', type: 'text', hasMany: true, label: '確定版の鍵' },
      { name: 'finding', type: 'text', label: '見つかったもの', required: true, index: true },
      { name: 'status', type: 'number', label: 'HTTP の答え' },
      { name: 'checkedOn', type: 'text', label: '確かめた日', index: true },
      { name: 'failingSince', type: 'text', label: '開けなくなった日' },
      { name: 'brokenOn', type: 'text', label: '切れているとした日', index: true },
    ],
  }
}
