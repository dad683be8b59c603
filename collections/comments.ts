import type { CollectionConfig } from 'payload'

import { commentsAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { COMMENT_KINDS } from '../src/fields/choices'
import { INSERT_ONLY } from '../src/fields/readOnly'
import { documentField, municipalityField } from '../src/fields/relations'

/**
 * What reviewers and writers say about a field of a text. Each step of a conversation is a document
 * of its own that is only inserted, so that two people never write to one at the same time.
 */
export function createComments(): CollectionConfig {
  return {
    slug: 'kizuna-comments',
    labels: { singular: 'コメント', plural: 'コメント' },
    access: commentsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'fieldLabel',
      defaultColumns: ['document', 'fieldLabel', 'kind', 'text', 'author', 'createdAt'],
      description: '監修の画面で書かれたコメントと書き換え案です。後から変えることはできません。',
    },
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    fields: [
      documentField,
      { name: 'kind', type: 'select', label: '種類', required: true, options: COMMENT_KINDS },
      {
        name: 'thread',
        type: 'relationship',
        label: '元のコメント',
        relationTo: 'kizuna-comments',
        index: true,
      },
      { name: 'field', type: 'text', label: '項目の名前(内部)', required: true },
      { name: 'fieldLabel', type: 'text', label: '項目' },
      { name: 'text', type: 'textarea', label: 'コメント', admin: { rows: 4 } },
      { name: 'proposal', type: 'textarea', label: '書き換え案', admin: { rows: 8 } },
      { name: 'quote', type: 'textarea', label: 'そのときの文', admin: { rows: 8 } },
      {
        name: 'author',
        type: 'relationship',
        label: '書いた人',
        relationTo: USERS,
        required: true,
      },
      {
        name: 'mentions',
        type: 'relationship',
        label: '呼びかけた人',
        relationTo: USERS,
        hasMany: true,
      },
      { name: 'contentHash', type: 'text', label: '内容の指紋' },
      municipalityField,
    ],
  }
}
