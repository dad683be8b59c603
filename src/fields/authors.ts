import type { RelationshipField } from 'payload'

import { nobody } from '../people/access'
import { USERS } from '../people/roles'

/** Everybody who wrote on the document since its last release; the review's hooks keep it. */
export const authorsField: RelationshipField = {
  name: 'authors',
  type: 'relationship',
  relationTo: USERS,
  hasMany: true,
  label: '書いた人',
  access: { create: nobody, update: nobody },
  admin: {
    position: 'sidebar',
    readOnly: true,
    description:
      '前の公開のあとに書いた人です(採用された書き換え案や、写した文を書いた人も)。自分が書いた原稿は承認できません。取り下げた原稿では、それより前に書いた人も承認できません。',
  },
}
