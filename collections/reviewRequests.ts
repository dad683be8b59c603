import type { CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { CHIEF, disciplineLabel, MUNICIPALITY } from '../src/review/rules/policy'
import { reviewRequestsAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { REQUEST_STEPS } from '../src/fields/choices'
import { INSERT_ONLY, unseen } from '../src/fields/readOnly'
import { documentField, municipalityField } from '../src/fields/relations'
import { REVIEW_REQUESTS } from '../src/review/queries/reviewRequests'

/**
 * Who was asked to look at which text by when, and what was taken back. Documents of their own that
 * are only inserted: two people never write to one at the same time.
 */
export function createReviewRequests({ policy }: KizunaSettings): CollectionConfig {
  const disciplines = [CHIEF, MUNICIPALITY, ...policy.disciplines.map(({ code }) => code)]
  return {
    slug: REVIEW_REQUESTS,
    labels: { singular: '監修の依頼', plural: '監修の依頼' },
    access: reviewRequestsAccess,
    admin: {
      hidden: true, // it is read beside the text, and on the home
      useAsTitle: 'reviewerName',
    },
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    fields: [
      documentField,
      { name: 'step', type: 'select', label: '操作', required: true, options: REQUEST_STEPS },
      {
        name: 'reviewer',
        type: 'relationship',
        label: '頼まれた人',
        relationTo: USERS,
        required: true,
      },
      { name: 'reviewerName', type: 'text', label: '頼まれた人(そのときの氏名)' },
      {
        name: 'discipline',
        type: 'select',
        label: '立場',
        required: true,
        options: disciplines.map((code) => ({ value: code, label: disciplineLabel(policy, code) })),
      },
      { name: 'day', type: 'text', label: '期日', required: true },
      { name: 'askedOn', type: 'text', label: '頼んだ日', required: true },
      { name: 'by', type: 'relationship', label: '頼んだ人', relationTo: USERS, required: true },
      unseen({ name: 'submission', type: 'text', label: '監修に出された内容の印' }),
      municipalityField,
    ],
  }
}
