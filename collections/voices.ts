import type { CollectionBeforeValidateHook, CollectionConfig, Field } from 'payload'

import { INSTANT } from '../src/fields/instants'
import { INSERT_ONLY, unseen } from '../src/fields/readOnly'
import { documentField, municipalityField } from '../src/fields/relations'
import { nobody, voicesAccess, writtenByHooks } from '../src/people/access'
import { hasRole, USERS } from '../src/people/roles'
import type { KizunaSettings } from '../src/plugin/options'
import { readMonth } from '../src/stage/month'
import { voiceEndpoints } from '../src/voice/endpoints'
import { documentOfVoice, MAX_VOICE, VOICE_ID, VOICE_READERS, VOICES } from '../src/voice/voices'

/**
 * What readers say of texts. The worker brings them without anything of who wrote: the id is random, and
 * of the time there is the month alone (an id or a date of Payload's would tell the minute).
 */
export function createVoices(settings: KizunaSettings): CollectionConfig {
  return {
    slug: VOICES,
    labels: { singular: '読者の声', plural: '読者の声' },
    access: voicesAccess,
    admin: {
      hidden: ({ user }) => !hasRole(user as never, ...VOICE_READERS),
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: [
        ...['title', 'comment', 'month', 'municipality'],
        ...['isRead', 'asksForHelp', 'mayQuote', 'isQuote'],
      ],
      listSearchableFields: ['title', 'comment'],
      description:
        '届いた文のいちばん下の「この文章はどうでしたか」に書かれた言葉です。だれが、いつ書いたかは分かりません(月だけが出ます)。言葉のない声は、原稿の横の数にだけ入ります。声が届くと、数分でここに並びます。',
    },
    timestamps: false,
    defaultSort: ['isRead', '-month'],
    ...INSERT_ONLY,
    endpoints: settings.isDisabled ? [] : voiceEndpoints(settings),
    hooks: { beforeValidate: [nameDocument] },
    fields,
  }
}

const nameDocument: CollectionBeforeValidateHook = ({ data, operation }) =>
  operation === 'create' ? { ...data, document: documentOfVoice(data?.textKey) } : data

const said: Field[] = [
  unseen({
    name: 'id',
    type: 'text',
    required: true,
    validate: (value: unknown) =>
      (typeof value === 'string' && VOICE_ID.test(value)) || '声の番号は 22 文字です。',
  }),
  { name: 'title', type: 'text', label: '文の題名', maxLength: 500 },
  { name: 'comment', type: 'textarea', label: '書かれた言葉', maxLength: MAX_VOICE },
  { ...documentField, required: false, access: writtenByHooks },
  {
    ...unseen({ name: 'textKey', type: 'text', label: '確定版の鍵', required: true }),
    index: true,
  },
  {
    name: 'revision',
    type: 'number',
    label: '確定版の番号',
    required: true,
    min: 1,
    admin: { description: '文を直すと番号が変わります。どの文についての言葉かが分かります。' },
  },
  {
    name: 'month',
    type: 'text',
    label: '月',
    required: true,
    index: true,
    validate: (value: unknown) =>
      readMonth(value) !== null || '月は 2026-10 の形で入れてください。',
  },
  { ...municipalityField, required: true },
  {
    name: 'verdict',
    type: 'select',
    label: '役に立ったか',
    index: true,
    // Told as a number alone: with each voice it would tell the small ones.
    access: { read: nobody },
    options: [
      { value: 'helpful', label: '役に立った' },
      { value: 'notHelpful', label: '役に立たなかった' },
    ],
  },
  { name: 'mayQuote', type: 'checkbox', label: '匿名で紹介してよい', defaultValue: false },
  { name: 'asksForHelp', type: 'checkbox', label: '相談かもしれません', defaultValue: false },
  {
    name: 'hasPersonalDetails',
    type: 'checkbox',
    label: '個人の情報かもしれません',
    defaultValue: false,
    admin: {
      description: '電話番号やアドレスは、受け取ったときに消してあります。引用には選べません。',
    },
  },
]

const marks: Field[] = [
  {
    name: 'isRead',
    type: 'checkbox',
    label: '読みました',
    defaultValue: false,
    index: true,
    access: writtenByHooks,
  },
  {
    name: 'readBy',
    type: 'relationship',
    label: '読んだ人',
    relationTo: USERS,
    access: writtenByHooks,
  },
  { name: 'readAt', type: 'date', label: '読んだ日時', access: writtenByHooks, admin: INSTANT },
  {
    name: 'isQuote',
    type: 'checkbox',
    label: '引用に選んだ',
    defaultValue: false,
    access: writtenByHooks,
  },
]

/** The buttons beside them. */
const acts: Field = {
  name: 'acts',
  label: '読む・引用に選ぶ',
  type: 'ui',
  admin: {
    position: 'sidebar',
    components: { Field: 'kizuna/client#VoiceActs' },
    disableListColumn: true,
  },
}

const fields: Field[] = [acts, ...said, ...marks]
