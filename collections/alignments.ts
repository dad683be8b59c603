import type { CollectionConfig } from 'payload'

import { alignmentsAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { INSERT_ONLY } from '../src/fields/readOnly'

/**
 * Which content of the standard edition a text in plain Japanese was written against, and whether
 * somebody has compared the two. Documents of their own, only inserted: saying 「合わせました」 neither
 * makes a version of the text nor stands in the way of somebody who is writing in it.
 */
export function createAlignments(): CollectionConfig {
  return {
    slug: 'kizuna-alignments',
    labels: { singular: '標準版との照合', plural: '標準版との照合' },
    access: alignmentsAccess,
    admin: { hidden: true, useAsTitle: 'createdAt' },
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    fields: [
      {
        name: 'manuscript',
        type: 'relationship',
        label: 'やさしい日本語の原稿',
        relationTo: 'kizuna-manuscripts',
        required: true,
        index: true,
      },
      {
        name: 'standardHash',
        type: 'text',
        label: '標準版の内容の指紋',
        required: true,
      },
      { name: 'subject', type: 'text', label: 'そのときの標準版の件名' },
      { name: 'body', type: 'textarea', label: 'そのときの標準版の本文' },
      {
        name: 'isCompared',
        type: 'checkbox',
        label: '読み比べた',
        admin: { description: 'はじめに写したときは付かず、「標準版に合わせました」で付きます。' },
      },
      { name: 'by', type: 'relationship', label: '合わせた人', relationTo: USERS },
    ],
  }
}
