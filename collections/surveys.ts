import type { CollectionConfig, Condition, Field } from 'payload'

import { KEEPS_NEWER, NEWER_RECORD } from '../src/cms/newerRecord'
import { isEmpty, checkOneLine } from '../src/fields/checks'
import { dayField } from '../src/fields/dayField'
import { STORED, unseen } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { surveysAccess, writtenByHooks, writtenOnce } from '../src/people/access'
import { hasRole, MUNICIPAL, TEAM, USERS } from '../src/people/roles'
import type { KizunaSettings } from '../src/plugin/options'
import { surveyEndpoints } from '../src/questionnaire/endpoints'
import {
  auditSurvey,
  auditSurveyRemoval,
  keepContent,
  placeSurvey,
} from '../src/questionnaire/hooks'
import { SURVEY_LIBRARY } from '../src/survey/library'
import { QUESTION_TYPES } from '../src/survey/question'
import {
  MAX_OPTIONS,
  MAX_QUESTIONS,
  OWN_QUESTION,
  SURVEY_STATES,
  SURVEYS,
} from '../src/questionnaire/surveys'

/** What families are asked: a municipality's own surveys, and the team's that are common to all. */
export function createSurveys(settings: KizunaSettings): CollectionConfig {
  return {
    slug: SURVEYS,
    labels: { singular: 'アンケート', plural: 'アンケート' },
    access: surveysAccess,
    admin: {
      hidden: ({ user }) => !hasRole(user as never, ...TEAM, ...MUNICIPAL),
      group: false, // the page 「アンケート」 leads here
      useAsTitle: 'title',
      defaultColumns: ['title', 'state', 'endsOn', 'municipality', 'updatedAt'],
      listSearchableFields: ['title'],
      description:
        '家族にたずねるアンケートです。下書きを書き、承認を受けてから、お子さんがその時期になった日か、決めた日に、家族に聞きます。承認されたアンケートは変えられません。',
    },
    defaultSort: '-updatedAt',
    disableDuplicate: true,
    disableBulkEdit: true,
    disableBulkDelete: true,
    endpoints: settings.isDisabled ? [] : surveyEndpoints(settings),
    hooks: {
      beforeOperation: KEEPS_NEWER.beforeOperation,
      beforeValidate: [...KEEPS_NEWER.beforeValidate, placeSurvey],
      beforeChange: [keepContent],
      afterChange: [auditSurvey(settings)],
      afterDelete: [auditSurveyRemoval(settings)],
    },
    fields: [NEWER_RECORD, ...ownFields, ...keptFields],
  }
}

const MAX_TITLE = 60
const MAX_WORDS = 200
const MAX_LABEL = 60

/** Empty ones are asked for when the survey is handed in: a draft may be saved half. */
interface WordsField {
  name: string
  label: string
  max: number
  description?: string
}

const words = ({ name, label, max, description }: WordsField): Field => ({
  name,
  type: 'text',
  label,
  maxLength: max,
  ...(description && { admin: { description } }),
  validate: (value: unknown) => isEmpty(value) || checkOneLine(value, label, max),
})

type Row = { library?: string; type?: string }

const isOwn: Condition = (_, row: Row) => (row?.library ?? OWN_QUESTION) === OWN_QUESTION
const isOwnOf =
  (...types: readonly string[]): Condition =>
  (data, row: Row, context) =>
    isOwn(data, row, context) && types.includes(row?.type ?? 'single')

const when = (field: Field, condition: Condition): Field =>
  ({ ...field, admin: { ...(field.admin as object), condition } }) as Field

const question: Field[] = [
  {
    name: 'library',
    type: 'select',
    label: 'どの質問か',
    required: true,
    defaultValue: OWN_QUESTION,
    options: [
      { value: OWN_QUESTION, label: '自分で書く' },
      ...SURVEY_LIBRARY.map(({ code, question: { text } }) => ({
        value: code,
        label: `全国と比べられる質問: ${text}`,
      })),
    ],
    admin: {
      description:
        '全国と比べられる質問は、言葉も選択肢も国の調査と同じで、変えられません。出典と数え方は、いちばん上の「見え方を確かめる」に出ます。',
    },
  },
  when(
    {
      name: 'type',
      type: 'select',
      label: '答え方',
      defaultValue: 'single',
      options: QUESTION_TYPES.map(({ value, label }) => ({ value, label })),
    },
    isOwn,
  ),
  when(
    words({
      name: 'text',
      label: '質問',
      max: MAX_WORDS,
      description: '例: 健診の会場は、行きやすい場所でしたか。',
    }),
    isOwn,
  ),
  when(
    words({
      name: 'easy',
      label: '質問(やさしい日本語)',
      max: MAX_WORDS,
      description: '短い文にして、漢字には(かな)を付けます。',
    }),
    isOwn,
  ),
  when(
    {
      name: 'options',
      type: 'array',
      label: '選択肢',
      labels: { singular: '選択肢', plural: '選択肢' },
      maxRows: MAX_OPTIONS,
      admin: { description: '5段階のときは、1 つめに「1」の言葉、2 つめに「5」の言葉を入れます。' },
      fields: [
        {
          type: 'row',
          fields: [
            words({ name: 'label', label: '選択肢', max: MAX_LABEL }),
            words({ name: 'easy', label: '選択肢(やさしい日本語)', max: MAX_LABEL }),
          ],
        },
      ],
    },
    isOwnOf('single', 'multiple', 'scale'),
  ),
  when(
    words({ name: 'unit', label: '何を数えるか', max: 10, description: '例: 回、人、分' }),
    isOwnOf('number'),
  ),
]

const ownFields: Field[] = [
  {
    name: 'status',
    type: 'ui',
    label: '承認と見え方',
    admin: {
      components: { Field: 'kizuna/client#SurveyPanel' },
      disableListColumn: true,
    },
  },
  {
    name: 'title',
    type: 'text',
    label: '題名',
    required: true,
    maxLength: MAX_TITLE,
    admin: { description: '家族の画面のいちばん上に出ます。例: 4か月のころの子育てについて' },
    validate: (value: unknown) => checkOneLine(value, '題名', MAX_TITLE),
  },
  words({
    name: 'easyTitle',
    label: '題名(やさしい日本語)',
    max: MAX_TITLE,
    description: '空なら、題名と同じになります。',
  }),
  dayField({
    name: 'endsOn',
    label: '答えられる最後の日',
    description: 'この日の終わりまで答えられます。結果は、その 2 日後に出ます。例: 2026-12-31',
  }),
  {
    name: 'core',
    type: 'relationship',
    label: 'はじめに入れる共通の質問',
    relationTo: SURVEYS,
    filterOptions: {
      and: [{ municipality: { exists: false } }, { state: { equals: 'approved' } }],
    },
    admin: {
      allowCreate: false,
      allowEdit: false,
      description:
        '制作監修チームの共通のアンケートを選ぶと、その質問がはじめに並び、ほかの自治体と比べられます。',
      condition: ({ municipality }, _, { user }) =>
        Boolean(municipality) || hasRole(user as never, ...MUNICIPAL),
    },
  },
  {
    name: 'questions',
    type: 'array',
    label: '質問',
    labels: { singular: '質問', plural: '質問' },
    maxRows: MAX_QUESTIONS,
    fields: question,
  },
]

const keptFields: Field[] = [
  {
    ...municipalityField,
    access: writtenOnce,
    admin: {
      position: 'sidebar',
      readOnly: true,
      description: '空のものは、すべての自治体に共通です。',
    },
  },
  {
    name: 'state',
    type: 'select',
    label: '状態',
    defaultValue: 'draft',
    index: true,
    options: SURVEY_STATES.map(({ value, label }) => ({ value, label })),
    access: writtenByHooks,
    admin: { position: 'sidebar', readOnly: true },
  },
  {
    name: 'authors',
    type: 'relationship',
    label: '書いた人',
    relationTo: USERS,
    hasMany: true,
    access: writtenByHooks,
    admin: { position: 'sidebar', readOnly: true, description: '書いた人は承認できません。' },
  },
  {
    name: 'approvedBy',
    type: 'relationship',
    label: '承認した人',
    relationTo: USERS,
    access: writtenByHooks,
    admin: { position: 'sidebar', readOnly: true, condition: ({ approvedBy }) => !!approvedBy },
  },
  unseen({ name: 'approvedAt', type: 'date', label: '承認した日時', access: writtenByHooks }),
  unseen({ name: 'note', type: 'text', label: '直してほしいこと', access: writtenByHooks }),
  unseen({ name: 'contentHash', type: 'text', label: '内容の印', access: writtenByHooks }),
  {
    name: 'content',
    type: 'json',
    label: '承認される内容',
    access: writtenByHooks,
    admin: { ...STORED, hidden: true, disableListColumn: true },
  },
]
