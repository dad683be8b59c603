import type { Block, Field } from 'payload'

import { checkBlockField } from '../review/gate/contentChecks'

/** Blocks that contributors may propose. */
export const PROPOSABLE_BLOCKS = ['book', 'group']

/** The parts an add-on is made of, as src/release/content.ts names them. */
export const ADD_ON_BLOCKS: Block[] = [
  {
    slug: 'text',
    admin: { disableBlockName: true },
    labels: { singular: '文章', plural: '文章' },
    fields: [
      area({
        name: 'text',
        label: '文章',
        rows: 8,
        isRequired: true,
        help: '{{電話}} のような差し込み語を使えます(自治体の設定の「問い合わせ先」)。',
      }),
    ],
  },
  {
    slug: 'link',
    admin: { disableBlockName: true },
    labels: { singular: 'リンク', plural: 'リンク' },
    fields: [
      line('label', '表示する文字', { help: '例: 予防接種の予約ページを開く', isRequired: true }),
      line('url', 'アドレス', { help: 'https:// で始めます。', isRequired: true }),
    ],
  },
  {
    slug: 'book',
    admin: { disableBlockName: true },
    labels: { singular: '絵本の紹介', plural: '絵本の紹介' },
    fields: [
      line('title', '絵本の題名', { help: '例: もりのおはなし', isRequired: true }),
      {
        type: 'row',
        fields: [
          line('author', '作者', { help: '文と絵の人が別なら、続けて書きます。' }),
          line('publisher', '出版社'),
        ],
      },
      area({
        name: 'description',
        label: '紹介文',
        rows: 4,
        help: 'どんな絵本か、この月齢でどう楽しめるかを 2〜3 文で書きます。',
      }),
      line('imageUrl', '表紙の画像のアドレス', {
        help: '誰でも見られる https:// のアドレスです(JPEG か PNG)。使ってよい画像か、出版社に確かめてください。無ければ空のままにします。',
      }),
      line('url', '詳しいページ', { help: '図書館の検索ページなど。無ければ空のままにします。' }),
    ],
  },
  {
    slug: 'group',
    admin: { disableBlockName: true },
    labels: { singular: '団体・ひろばの紹介', plural: '団体・ひろばの紹介' },
    fields: [
      line('name', '名前', { help: '例: どんぐりひろば', isRequired: true }),
      area({
        name: 'description',
        label: '紹介文',
        rows: 4,
        help: '何をする場所か、誰が行けるかを 2〜3 文で書きます。',
      }),
      {
        type: 'row',
        fields: [
          line('place', '場所', { help: '例: 中央公民館 2階' }),
          line('schedule', '日時', { help: '例: 毎週火曜 10:00〜12:00' }),
        ],
      },
      line('contact', '連絡先', {
        help: '個人の電話番号は書かないでください。{{電話}} と書くと自治体の窓口になります。',
      }),
      line('url', '詳しいページ', { help: 'https:// で始めます。無ければ空のままにします。' }),
    ],
  },
]

interface LineOptions {
  help?: string
  isRequired?: boolean
}

function line(name: string, label: string, options: LineOptions = {}): Field {
  const { help, isRequired = false } = options
  return {
    name,
    type: 'text',
    label,
    required: isRequired,
    admin: { ...(help ? { description: help } : {}) },
    validate: checkBlockField,
  }
}

interface AreaOptions extends LineOptions {
  name: string
  label: string
  rows: number
}

function area({ name, label, rows, help, isRequired = false }: AreaOptions): Field {
  return {
    name,
    type: 'textarea',
    label,
    required: isRequired,
    admin: { rows, ...(help ? { description: help } : {}) },
    validate: checkBlockField,
  }
}
