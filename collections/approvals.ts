import type { CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { CHIEF, disciplineLabel, MUNICIPALITY } from '../src/review/rules/policy'
import { approvalsAccess } from '../src/people/access'
import { USERS } from '../src/people/roles'
import { VERDICTS } from '../src/fields/choices'
import { INSERT_ONLY, STORED, unseen } from '../src/fields/readOnly'
import { documentField, municipalityField } from '../src/fields/relations'

/** Verdicts on one exact content; inserted by the review's operations, never changed. */
export function createApprovals({ policy }: KizunaSettings): CollectionConfig {
  const disciplines = [CHIEF, MUNICIPALITY, ...policy.disciplines.map(({ code }) => code)]
  return {
    slug: 'kizuna-approvals',
    labels: { singular: '監修の記録', plural: '監修の記録' },
    access: approvalsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: ['title', 'verdict', 'discipline', 'reviewerName', 'comment', 'createdAt'],
      description: '誰が、どの内容を承認したかの記録です。後から変えることはできません。',
    },
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    indexes: [{ fields: ['reviewer', 'verdict', 'createdAt'] }],
    fields: [
      { name: 'title', type: 'text', label: '題名' },
      documentField,
      { name: 'verdict', type: 'select', label: '判断', required: true, options: VERDICTS },
      {
        name: 'discipline',
        type: 'select',
        label: '立場',
        options: disciplines.map((code) => ({ value: code, label: disciplineLabel(policy, code) })),
      },
      { name: 'reviewer', type: 'relationship', label: '人', relationTo: USERS, required: true },
      {
        name: 'reviewerName',
        type: 'text',
        label: '人(そのときの氏名)',
        admin: {
          description: '判断したときの氏名です。後で名前が変わっても、ここは変わりません。',
        },
      },
      { name: 'comment', type: 'textarea', label: 'コメント', admin: { rows: 4 } },
      {
        name: 'contentHash',
        type: 'text',
        label: '内容の指紋',
        required: true,
        index: true,
        admin: {
          description: '承認したときの内容を表す文字列です。内容が変わると別のものになります。',
        },
      },
      { name: 'policyHash', type: 'text', label: '監修ルールの指紋' },
      unseen({ name: 'submission', type: 'text', label: '監修に出された内容の印' }),
      {
        name: 'topics',
        type: 'json',
        label: 'そのときの話題',
        admin: { ...STORED, disableListColumn: true },
      },
      { name: 'sources', type: 'textarea', label: 'そのときの出典', admin: { rows: 3 } },
      {
        name: 'content',
        type: 'json',
        label: 'そのときの内容',
        admin: {
          ...STORED,
          disableListColumn: true,
          description: '次に監修するとき、ここからの変更だけを確かめられるように残します。',
        },
      },
      municipalityField,
    ],
  }
}
