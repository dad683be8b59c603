import type { Tab } from 'payload'

import { CONTACT_VARIABLES } from '../release/contact'
import { MAX_PHONE, readPhone } from '../release/phone'
import { formatCount } from '../release/textLimits'
import { PLURAL_WORDS } from '../release/variables'
import { checkOneLine } from '../fields/checks'
import { writtenOnce } from '../people/access'
import { checkNoAddress, normalizeHosts } from './hosts'
import { checkNamedHosts, checkPage, checkWords, whenNew, type WordContext } from './wordChecks'
import { checkWordsInUse } from './words'

/** A word is a number, a name or hours; whole sentences belong in the text, which is reviewed. */
const MAX_VALUE = 60

/** Who a family can ask, and the municipality's own words for its add-ons. */
export const contactTab: Tab = {
  label: '問い合わせ先',
  fields: [
    {
      name: 'contact',
      type: 'group',
      label: 'どの原稿の下にも付く問い合わせ先',
      access: writtenOnce,
      admin: {
        description:
          '変えるときは、上の「変更を提案する」から提案し、ほかの人が確かめます。確かめると、次の配信から、すべての原稿の下と {{電話}} などの差し込み語に反映されます。公開し直す必要はありません。',
      },
      fields: [
        {
          name: 'department',
          type: 'text',
          label: '担当課',
          required: true,
          admin: { description: '例: 健康子育て課。原稿では {{担当課}} と書けます。' },
          maxLength: MAX_VALUE,
          validate: whenNew((value) => checkWords(value, '担当課', MAX_VALUE)),
        },
        {
          name: 'phone',
          type: 'text',
          label: '電話番号',
          required: true,
          admin: {
            description:
              '例: 0123-45-6789。内線や受付時間は番号の後ろに書きます。原稿では {{電話}} と書けます。',
          },
          maxLength: MAX_PHONE,
          validate: whenNew((value) => checkPhone(value)),
        },
        {
          name: 'hours',
          type: 'text',
          label: '受付時間',
          required: true,
          admin: { description: '例: 平日 8:30〜17:15。原稿では {{受付時間}} と書けます。' },
          maxLength: MAX_VALUE,
          validate: whenNew((value) => checkWords(value, '受付時間', MAX_VALUE)),
        },
        {
          name: 'url',
          type: 'text',
          label: '案内ページ',
          admin: {
            description:
              'https:// で始まるアドレス。原稿では {{URL}} と書けます。無ければ空のまま。',
          },
          validate: whenNew(checkPage),
        },
      ],
    },
    {
      name: 'hosts',
      type: 'text',
      hasMany: true,
      label: 'アドレスに使えるホスト名',
      access: writtenOnce,
      admin: {
        description:
          '案内ページに使えるのは、ここにあるホスト名のページだけです。例: www.city.example.jp。新しい自治体では、空なら案内ページのものになります。',
      },
      hooks: { beforeValidate: [({ value }: { value?: unknown }) => normalizeHosts(value)] },
      validate: (value: unknown, context: WordContext) => checkNamedHosts(value, context),
    },
    {
      name: 'contactVariables',
      type: 'array',
      label: 'ほかの差し込み語',
      labels: { singular: '差し込み語', plural: '差し込み語' },
      access: writtenOnce,
      admin: {
        components: { RowLabel: 'kizuna/client#RowName' },
        description:
          '自治体原稿の {{名前}} が、ここの「内容」に置き換わります。電話番号が変わったときは、変更を提案してほかの人が確かめるだけで、公開中の自治体原稿にも反映されます。',
      },
      validate: checkWordsInUse,
      fields: [
        {
          type: 'row',
          fields: [
            {
              name: 'name',
              type: 'text',
              label: '名前',
              required: true,
              admin: { description: '例: 保健センターの電話' },
              validate: (value: unknown, { data }: { data: unknown }) => checkName(value, data),
            },
            {
              name: 'value',
              type: 'text',
              label: '内容',
              required: true,
              maxLength: MAX_VALUE,
              admin: { description: '例: 0123-45-6780' },
              validate: whenNew((value) => checkValue(value)),
            },
          ],
        },
      ],
    },
  ],
}

function checkValue(value: unknown): true | string {
  const { length } = String(value ?? '')
  return length <= MAX_VALUE
    ? checkWords(value, '内容', MAX_VALUE)
    : `内容は ${MAX_VALUE} 文字までにしてください(いま ${formatCount(length)} 文字)。長い文は、監修を受ける自治体原稿のほうに書きます。`
}

const TAKEN = new Set<string>([...CONTACT_VARIABLES, ...Object.keys(PLURAL_WORDS)])

function checkPhone(value: unknown): true | string {
  const line = checkOneLine(value, '電話番号', MAX_PHONE)
  if (line !== true) return line
  const read = readPhone(String(value))
  if (read) return checkNoAddress(read.rest, '電話番号の後ろ')
  return `電話番号の「${String(value)}」を読めません。市外局番からの 10 けた(携帯電話や 050 は 11 けた)の番号を、0123-45-6789 のように初めに入力してください。内線や受付時間は、番号の後ろに続けて書けます(例: 0123-45-6789(内線123))。`
}

function checkName(value: unknown, data: unknown): true | string {
  const line = checkOneLine(value, '名前', MAX_VALUE)
  if (line !== true) return line
  const name = String(value)
  if (/[{}]/.test(name)) return '名前に { } は使えません。{{ }} は原稿のほうに書きます。'
  if (TAKEN.has(name))
    return `「${name}」は決まった意味があるので使えません。別の名前にしてください。`
  const rows = (data as { contactVariables?: { name?: string }[] } | undefined)?.contactVariables
  return (rows ?? []).filter((row) => row.name === name).length > 1
    ? `差し込み語「${name}」が 2 回あります。1 つにしてください。`
    : true
}
