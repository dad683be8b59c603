import type { SelectField } from 'payload'

import { TOPICS_FIELD } from '../release/contentField'
import type { KizunaSettings } from '../plugin/options'

/** Topic tags; the policy says whose approval each needs. */
export function topicsField({ policy }: KizunaSettings): SelectField {
  return {
    name: 'topics',
    type: 'select',
    label: TOPICS_FIELD.label,
    hasMany: true,
    options: policy.topics.map(({ code, label }) => ({ value: code, label })),
    admin: {
      description:
        '当てはまるものをすべて選びます。話題によって、承認が要る専門(医師・助産・栄養・歯科など)が決まります。',
    },
  }
}
