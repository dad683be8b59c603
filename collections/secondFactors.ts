import type { CollectionConfig } from 'payload'

import { INSERT_ONLY } from '../src/fields/readOnly'
import { secondFactorsAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { SECOND_FACTORS } from '../src/people/secondFactor/store'

const admin = { hidden: true, disableListColumn: true, disableListFilter: true }

/**
 * The second factor of each person who has one. It is no part of the account: a log-in writes the whole
 * account as it was read before, and a code that was used meanwhile would be good again. Nobody reads
 * or writes it from outside; the key is sealed, recovery codes are hashed.
 */
export function createSecondFactors(): CollectionConfig {
  return {
    slug: SECOND_FACTORS,
    labels: { singular: '二段階認証', plural: '二段階認証' },
    access: secondFactorsAccess,
    admin: { hidden: true, useAsTitle: 'id' },
    timestamps: false,
    graphQL: false,
    endpoints: false,
    ...INSERT_ONLY,
    fields: [
      {
        name: 'user',
        type: 'relationship',
        relationTo: USERS,
        required: true,
        unique: true,
        admin,
      },
      { name: 'since', type: 'date', required: true, admin },
      { name: 'sealedKey', type: 'text', required: true, maxLength: 500, admin },
      { name: 'recoverySalt', type: 'text', required: true, maxLength: 64, admin },
      { name: 'recoveryHashes', type: 'text', hasMany: true, admin },
      { name: 'step', type: 'number', required: true, admin },
      { name: 'wrong', type: 'number', required: true, admin },
      { name: 'heldUntil', type: 'date', admin },
      { name: 'revision', type: 'number', required: true, admin },
    ],
  }
}
