import type { CollectionConfig, Field } from 'payload'

import { MAX_NAME } from '../src/release/blocks/blockType'
import { LINE_MAX_TEXT } from '../src/release/lineMessageLimits'
import { MANUSCRIPT_FIELDS, MAX_SUBJECT } from '../src/release/manuscriptFields'
import { CONTENT_KINDS } from '../src/release/contentKind'
import type { KizunaSettings } from '../src/plugin/options'
import { manuscriptsAccess, writtenByHooks } from '../src/people/access'
import { authorsField } from '../src/fields/authors'
import { savedFields } from '../src/fields/saved'
import { checkOneLine, isEmpty } from '../src/fields/checks'
import { checkChoice } from '../src/fields/choices'
import { AGE_BASES, KINDS, MONTH_RULES } from '../src/release/choices'
import { checkManuscriptField, type FieldContext } from '../src/review/gate/contentChecks'
import { deriveSlotFields } from '../src/manuscript/slotFields'
import { checkManuscriptSlot, refuseTakenPlace } from '../src/manuscript/place'
import { asked, askedSeries } from '../src/fields/askedPlace'
import { checkSeriesOfDraft } from '../src/fields/pickedSeries'
import { slotField } from '../src/fields/slotField'
import { sourcesField } from '../src/manuscript/sources'
import { themeField } from '../src/fields/theme'
import { keepTextPicture, textPictureFields } from '../src/media/textPicture'
import { topicsField } from '../src/fields/topics'

/** Common texts: one for each series, slot and edition. */
export function createManuscripts(settings: KizunaSettings): CollectionConfig {
  return {
    slug: CONTENT_KINDS.manuscript.collection,
    labels: { singular: CONTENT_KINDS.manuscript.label, plural: CONTENT_KINDS.manuscript.label },
    access: manuscriptsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: ['title', 'slotLabel', 'series', 'edition', '_status', 'updatedAt'],
      listSearchableFields: ['title', 'slotLabel', 'subject'],
      description: 'すべての自治体に共通の文章です。1 つの配信日・版に 1 つだけ作ります。',
    },
    defaultSort: 'slotSortKey',
    disableDuplicate: true,
    trash: true,
    versions: { drafts: { validate: true }, maxPerDoc: 100 },
    indexes: [{ fields: ['series', 'slot', 'edition'] }],
    hooks: { beforeChange: [refuseTakenPlace, deriveSlotFields, keepTextPicture] },
    fields: [
      {
        type: 'tabs',
        tabs: [
          {
            label: '文章',
            fields: [
              ...textFields(),
              ...textPictureFields('manuscript'),
              topicsField(settings),
              themeField(settings),
            ],
          },
          { label: '配信日', fields: placeFields(settings) },
          {
            label: MANUSCRIPT_FIELDS.sources.label,
            description: '書くときに確かめた資料です。読者には見えません。',
            fields: [sourcesField],
          },
        ],
      },
      authorsField,
      ...savedFields,
      ...originFields,
      hiddenSlot('slotSortKey', 'number', '配信日の順'),
      hiddenSlot('slotKey', 'text', 'シリーズ・配信日・版の組み合わせ'),
      {
        name: 'slotLabel',
        type: 'text',
        label: '配信日',
        admin: { hidden: true },
      },
    ],
  }
}

function textFields(): Field[] {
  return [
    {
      name: 'title',
      type: 'text',
      label: MANUSCRIPT_FIELDS.title.label,
      required: true,
      maxLength: MAX_NAME,
      admin: { description: '一覧で見分けるための名前です。読者には見えません。' },
      validate: (value: unknown) =>
        isEmpty(value)
          ? '題名を入力してください(例: 24週 からだの変化)。'
          : checkOneLine(value, MANUSCRIPT_FIELDS.title.label, MAX_NAME),
    },
    {
      name: 'body',
      type: 'textarea',
      label: MANUSCRIPT_FIELDS.body.label,
      required: true,
      maxLength: LINE_MAX_TEXT,
      admin: {
        rows: 16,
        description:
          '読者に届く文章です。{{赤ちゃん}}・{{お子さん}} と書くと、ふたごの読者には「赤ちゃんたち」「お子さんたち」と届きます。{{担当課}}・{{電話}} は自治体の問い合わせ先になります。',
      },
      validate: (_: unknown, context: FieldContext) => checkManuscriptField('body', context),
    },
    {
      name: 'subject',
      type: 'text',
      label: MANUSCRIPT_FIELDS.subject.label,
      required: true,
      maxLength: MAX_SUBJECT,
      admin: { description: 'メールで届く読者に見えます。20 文字くらいまでが読みやすいです。' },
      validate: (_: unknown, context: FieldContext) => checkManuscriptField('subject', context),
    },
  ]
}

function placeFields({ editions }: KizunaSettings): Field[] {
  const slot = slotField({
    name: 'slot',
    label: MANUSCRIPT_FIELDS.slot.label,
    description: 'いつの読者に届くかです。',
  })
  return [
    {
      name: 'series',
      type: 'relationship',
      label: MANUSCRIPT_FIELDS.series.label,
      relationTo: 'kizuna-series',
      required: true,
      defaultValue: askedSeries,
      filterOptions: { isArchived: { not_equals: true } },
      validate: checkSeriesOfDraft,
      admin: { description: 'この原稿が入るまとまりです。' },
    },
    {
      ...slot,
      // Lists have the slot in words: `slotLabel`.
      admin: { ...slot.admin, disableListColumn: true, disableListFilter: true },
      defaultValue: asked('slot'),
      validate: checkManuscriptSlot,
    },
    {
      name: 'edition',
      type: 'select',
      label: MANUSCRIPT_FIELDS.edition.label,
      required: true,
      options: editions.map(({ code, label }) => ({ value: code, label })),
      defaultValue: asked('edition', editions[0]?.code),
      admin: { description: '同じ配信日でも、版ごとに 1 つずつ原稿を作れます。' },
    },
    {
      name: 'kind',
      type: 'select',
      label: MANUSCRIPT_FIELDS.kind.label,
      required: true,
      options: KINDS,
      defaultValue: 'stage',
      admin: { description: '迷ったら「通常」です。節目は同じ日の通常の文章の後ろに付きます。' },
    },
    {
      type: 'row',
      fields: [
        {
          name: 'ageBasis',
          type: 'select',
          label: MANUSCRIPT_FIELDS.ageBasis.label,
          required: true,
          options: AGE_BASES,
          defaultValue: 'calendar',
          validate: (value: unknown, context: FieldContext) =>
            checkChoice(value, AGE_BASES, () => checkManuscriptField('ageBasis', context)),
          admin: {
            description: '予防接種や制度の案内は「暦」にします。発達の話は「修正月齢」も選べます。',
          },
        },
        {
          name: 'monthRule',
          type: 'select',
          label: MANUSCRIPT_FIELDS.monthRule.label,
          required: true,
          options: MONTH_RULES,
          defaultValue: 'friendly',
          admin: { description: '配信日が「○か月」「○歳」のときだけ使います。' },
        },
      ],
    },
  ]
}

/** Where a text was taken over from, and with which approved content; renewal writes them. */
const originFields: Field[] = [
  {
    name: 'origin',
    type: 'relationship',
    relationTo: 'kizuna-manuscripts',
    label: '元の原稿',
    index: true,
    access: writtenByHooks,
    admin: {
      position: 'sidebar',
      readOnly: true,
      description: '前の年度から引き継いだ原稿です。',
      condition: (data) => Boolean(data?.origin),
    },
  },
  hiddenText('originHash', '引き継いだときの元の内容の指紋'),
  { ...hiddenText('copyKey', '引き継ぎ先と元の原稿の組み合わせ'), unique: true },
]

function hiddenText(name: string, label: string) {
  return {
    name,
    label,
    type: 'text' as const,
    access: writtenByHooks,
    admin: { hidden: true, disableListColumn: true, disableListFilter: true },
  }
}

function hiddenSlot(name: string, type: 'number' | 'text', label: string): Field {
  const shared = {
    name,
    label,
    admin: { hidden: true, disableListColumn: true, disableListFilter: true },
  }
  if (type === 'number') return { ...shared, type, index: true }
  return { ...shared, type, unique: true }
}
