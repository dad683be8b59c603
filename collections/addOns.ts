import type { CollectionConfig, Field } from 'payload'

import { ADD_ON_FIELDS } from '../src/release/addOnFields'
import { MAX_NAME } from '../src/release/blocks/blockType'
import { SURVEY } from '../src/release/blocks/survey'
import { CONTENT_KINDS } from '../src/release/contentKind'
import type { KizunaSettings } from '../src/plugin/options'
import { addOnsAccess, writtenByHooks } from '../src/people/access'
import { hasRole, USERS } from '../src/people/roles'
import { blockForms } from '../src/addOn/blocks'
import { blocksFor, checkAreas, checkBlocks } from '../src/addOn/checks'
import { fillSurveys } from '../src/questionnaire/asking'
import { keepProposals, ownMunicipalityFirst } from '../src/proposal/hooks'
import { proposalEndpoints } from '../src/proposal/endpoints'
import { asked } from '../src/fields/askedPlace'
import { authorsField } from '../src/fields/authors'
import { savedFields } from '../src/fields/saved'
import {
  checkFirstDay,
  checkHour,
  goesByItself,
  isNoticeForm,
  keepNotice,
} from '../src/addOn/notice'
import {
  MONTH_RULES,
  NOTICE_CHANNELS,
  NOTICE_HOURS,
  NOTICE_RELATIONS,
  TIMINGS,
  type Choice,
} from '../src/release/choices'
import { checkAddOnField, type FieldContext } from '../src/review/gate/contentChecks'
import { dayField, lastDayField } from '../src/fields/dayField'
import { MAX_AREAS, type Verdict } from '../src/fields/checks'
import { INSTANT_DAY } from '../src/fields/instants'
import { unseen } from '../src/fields/readOnly'
import { ownMunicipalityField } from '../src/fields/relations'
import { endIncludedField, slotField } from '../src/fields/slotField'
import { themeField } from '../src/fields/theme'
import { keepBlockPictures, keepTextPicture, textPictureFields } from '../src/media/textPicture'
import { topicsField } from '../src/fields/topics'

/** A municipality's own texts: stage range × calendar validity × area. */
export function createAddOns(settings: KizunaSettings): CollectionConfig {
  return {
    slug: CONTENT_KINDS.addOn.collection,
    labels: { singular: CONTENT_KINDS.addOn.label, plural: CONTENT_KINDS.addOn.label },
    access: addOnsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: ['title', 'municipality', 'from', 'to', 'isProposal', '_status', 'updatedAt'],
      listSearchableFields: ['title'],
      description: '自治体が共通の原稿に付け足す、地域のお知らせや絵本・団体の紹介です。',
    },
    disableDuplicate: true,
    trash: true,
    versions: { drafts: { validate: true }, maxPerDoc: 100 },
    endpoints: settings.isDisabled ? [] : proposalEndpoints(settings),
    hooks: {
      beforeValidate: [ownMunicipalityFirst, keepNotice, fillSurveys(settings)],
      beforeChange: [keepProposals, keepTextPicture, keepBlockPictures],
    },
    fields: [
      section('1. 何を伝えますか', contentFields(settings)),
      section('2. いつ、どこの家庭に届けますか', rangeFields(settings)),
      section('細かい設定(ふつうは、このままで大丈夫です)', detailFields(settings), true),
      ...sidebarFields(),
    ],
  }
}

/** A page of a survey leads here to have it asked. */
function askedSurvey(asking: Parameters<ReturnType<typeof asked>>[0]) {
  const survey = asked('survey')(asking)
  return survey ? [{ blockType: SURVEY.blockType, survey }] : undefined
}

/** LINE takes twelve cards; with the books that share cards and short words this is ample. */
const MAX_BLOCKS = 50

/** The form is one page: a clerk in the first week need not find a second tab. */
function section(label: string, fields: Field[], initCollapsed = false): Field {
  return { type: 'collapsible', label, fields, admin: { initCollapsed } }
}

function contentFields(settings: KizunaSettings): Field[] {
  const { policy } = settings
  return [
    {
      name: 'title',
      type: 'text',
      label: ADD_ON_FIELDS.title.label,
      required: true,
      maxLength: MAX_NAME,
      admin: { description: '読者に見えます。例: 4か月健診のご案内' },
      validate: (value: unknown, context: FieldContext) =>
        String(value ?? '').trim()
          ? checkAddOnField('title', context)
          : '見出しを入力してください(例: 4か月健診のご案内)。',
    },
    {
      name: 'blocks',
      type: 'blocks',
      label: '中身',
      labels: { singular: '部品', plural: '部品' },
      required: true,
      maxRows: MAX_BLOCKS,
      blocks: blockForms(),
      defaultValue: askedSurvey,
      filterOptions: ({ user }) => blocksFor(user),
      admin: {
        initCollapsed: false,
        description: '文章・リンク・絵本・団体の部品を、読ませたい順に並べます。',
      },
      validate: checkBlocks,
    },
    ...textPictureFields('addOn'),
    {
      ...topicsField(settings),
      defaultValue: policy.topics.some(({ code }) => code === 'local') ? ['local'] : [],
    } as Field,
    themeField(settings),
  ]
}

function rangeFields({ now }: KizunaSettings): Field[] {
  return [
    {
      type: 'row',
      fields: [
        rangeEnd('from', 'この時期になった家庭から届き始めます。'),
        rangeEnd('to', 'この時期を過ぎた家庭には届きません。'),
      ],
    },
    {
      name: 'timing',
      type: 'select',
      label: ADD_ON_FIELDS.timing.label,
      required: true,
      options: TIMINGS,
      defaultValue: asked('timing', 'once'),
      admin: {
        description:
          '「1回だけ」は「ここから」の日を迎えた家庭に届き、その日をもう過ぎた家庭には届きません。いま期間の中にいる家庭みんなに、行事などを決まった日時に知らせたいときは「お知らせ」です。アンケートは、その時期になった家庭に 1 回ずつ聞くなら「1回だけ」、決めた日にまとめて聞くなら「お知らせ」です。',
      },
    },
    {
      type: 'row',
      fields: [firstDay(now), lastDay(), noticeChoice('hour', NOTICE_HOURS, checkHour)],
    },
    {
      type: 'row',
      fields: [
        noticeChoice('relation', NOTICE_RELATIONS),
        noticeChoice('channel', NOTICE_CHANNELS),
      ],
    },
    {
      name: 'areas',
      type: 'text',
      hasMany: true,
      maxRows: MAX_AREAS,
      label: ADD_ON_FIELDS.areas.label,
      admin: {
        components: { Field: 'kizuna/client#AreaChoice' },
        description: '選ばなければ、全域の読者に届きます。',
      },
      validate: checkAreas,
    },
  ]
}

function firstDay(now: () => Date): Field {
  const field = dayField({
    name: 'validFrom',
    label: ADD_ON_FIELDS.validFrom.label,
    description: 'この日より前には送りません。空なら制限なし。',
  })
  const components = { ...field.admin?.components, Field: 'kizuna/client#PeriodBegin' }
  return {
    ...field,
    admin: { ...field.admin, components },
    validate: (value: unknown, context: FieldContext) => checkFirstDay(value, context, now),
  }
}

function lastDay(): Field {
  const field = lastDayField({
    name: 'validTo',
    first: 'validFrom',
    label: ADD_ON_FIELDS.validTo.label,
    description: 'この日より後には送りません。行事の日や募集の締め切りを入れます。',
  })
  return { ...field, admin: { ...field.admin, condition: (data) => !isNoticeForm(data) } }
}

/** What is only asked of what goes by itself; the first choice is everybody, and frozen as nothing. */
function noticeChoice(
  name: 'hour' | 'relation' | 'channel',
  options: Choice[],
  validate?: (value: unknown, context: FieldContext) => Promise<Verdict>,
): Field {
  return {
    name,
    type: 'select',
    label: ADD_ON_FIELDS[name].label,
    options,
    defaultValue: options[0]?.value,
    admin: { condition: goesByItself, isClearable: false, width: '50%' },
    ...(validate && { validate }),
  } as Field
}

function rangeEnd(name: 'from' | 'to', description: string): Field {
  const { label } = ADD_ON_FIELDS[name]
  return {
    ...slotField({ name, label, description }),
    defaultValue: asked(name),
    admin: {
      description,
      width: '50%',
      components: { Field: 'kizuna/client#StageInput', Cell: 'kizuna/client#SlotCell' },
    },
    validate: (_: unknown, context: FieldContext) => checkAddOnField(name, context),
  }
}

function detailFields({ editions }: KizunaSettings): Field[] {
  return [
    endIncludedField,
    {
      name: 'editions',
      type: 'select',
      hasMany: true,
      label: ADD_ON_FIELDS.editions.label,
      options: editions.map(({ code, label }) => ({ value: code, label })),
      admin: { description: '空なら、どの版の読者にも送ります。' },
    },
    {
      type: 'row',
      fields: [
        {
          name: 'monthRule',
          type: 'select',
          label: ADD_ON_FIELDS.monthRule.label,
          required: true,
          options: MONTH_RULES,
          defaultValue: 'friendly',
          admin: { description: '予防接種や健診の対象年齢は「法律」にします。' },
        },
        {
          name: 'order',
          type: 'number',
          label: ADD_ON_FIELDS.order.label,
          required: true,
          defaultValue: 100,
          admin: { step: 1, description: '同じ日に複数あるとき、小さい順に並びます。' },
          validate: (value: unknown) =>
            Number.isInteger(value) ? true : '整数を入力してください(例: 100)。',
        },
      ],
    },
  ]
}

function shown(name: string, label: string): Field {
  return { name, type: 'text', label, admin: { readOnly: true } }
}

function sidebarFields(): Field[] {
  return [
    {
      ...ownMunicipalityField,
      admin: { position: 'sidebar', description: '後から変えられません。' },
    },
    {
      name: 'isProposal',
      type: 'checkbox',
      label: '協力団体からの提案',
      defaultValue: false,
      access: {
        create: () => false,
        update: ({ req }) => hasRole(req.user, 'municipal-editor'),
      },
      admin: {
        position: 'sidebar',
        description: 'チェックを外すと、自治体原稿として採用します。提案のままでは公開できません。',
        hidden: true, // the panel's buttons say it in words
      },
    },
    {
      name: 'proposedBy',
      type: 'relationship',
      relationTo: USERS,
      label: '提案した人',
      access: writtenByHooks,
      index: true,
      admin: {
        position: 'sidebar',
        readOnly: true,
        condition: (data) => Boolean(data?.proposedBy),
      },
    },
    {
      name: 'origin',
      type: 'group',
      label: '写したお手本',
      access: writtenByHooks,
      admin: { position: 'sidebar', condition: (data) => Boolean(data?.origin?.municipality) },
      fields: [
        shown('municipality', '自治体'),
        { name: 'revision', type: 'number', label: '第何版', admin: { readOnly: true } },
        {
          name: 'publishedAt',
          type: 'date',
          label: '公開した日',
          admin: INSTANT_DAY,
        },
        unseen({ name: 'addOn', type: 'text', label: '元の自治体原稿の番号' }),
      ],
    },
    {
      name: 'originNotes',
      type: 'textarea',
      label: '写したときに変わったところ',
      access: writtenByHooks,
      admin: {
        position: 'sidebar',
        readOnly: true,
        rows: 6,
        condition: (data) => Boolean(data?.originNotes),
        description: '掲載する期間と地区は空にしてあります。自分の自治体に合わせてください。',
      },
    },
    {
      name: 'declinedReason',
      type: 'textarea',
      label: '見送った理由',
      access: writtenByHooks,
      admin: {
        position: 'sidebar',
        readOnly: true,
        condition: (data) => Boolean(data?.isProposal && data?.declinedReason),
      },
    },
    unseen({ name: 'declinedAt', type: 'date', label: '見送った日時', access: writtenByHooks }),
    authorsField,
    ...savedFields,
  ]
}
