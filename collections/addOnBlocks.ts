import type { Block, Field } from 'payload'

import { checkHttps, checkRequiredHttps, isEmpty } from './checks'

/** Blocks that contributors may propose. */
export const PROPOSABLE_BLOCKS = ['book', 'group']

/** The parts an add-on is made of, as src/release/content.ts names them. */
export const ADD_ON_BLOCKS: Block[] = [
  {
    slug: 'text',
    labels: { singular: '文章', plural: '文章' },
    fields: [
      {
        name: 'text',
        type: 'textarea',
        label: '文章',
        required: true,
        admin: {
          rows: 8,
          description: '{{電話}} のような差し込み語を使えます(自治体の設定の「問い合わせ先」)。',
        },
        validate: (value: unknown) => filled(value, '文章'),
      },
    ],
  },
  {
    slug: 'link',
    labels: { singular: 'リンク', plural: 'リンク' },
    fields: [
      line('label', '表示する文字', '例: 予防接種の予約ページを開く', true),
      address('url', 'アドレス', 'https:// で始めます。', true),
    ],
  },
  {
    slug: 'book',
    labels: { singular: '絵本の紹介', plural: '絵本の紹介' },
    fields: [
      line('title', '絵本の題名', '例: もりのおはなし', true),
      {
        type: 'row',
        fields: [
          line('author', '作者', '文・絵の人が別なら、続けて書きます。', true),
          line('publisher', '出版社', '', false),
        ],
      },
      description('どんな絵本か、この月齢でどう楽しめるかを 2〜3 文で書きます。'),
      address(
        'imageUrl',
        '表紙の画像のアドレス',
        '誰でも見られる https:// のアドレスです。使ってよい画像か、出版社に確かめてください。無ければ空のまま。',
        false,
      ),
      address('url', '詳しいページ', '図書館の検索ページなど。無ければ空のまま。', false),
    ],
  },
  {
    slug: 'group',
    labels: { singular: '団体・ひろばの紹介', plural: '団体・ひろばの紹介' },
    fields: [
      line('name', '名前', '例: どんぐりひろば', true),
      description('何をする場所か、誰が行けるかを 2〜3 文で書きます。'),
      {
        type: 'row',
        fields: [
          line('place', '場所', '例: 中央公民館 2階', true),
          line('schedule', '日時', '例: 毎週火曜 10:00〜12:00', true),
        ],
      },
      line('contact', '連絡先', '個人の電話番号は書かないでください。{{電話}} も使えます。', true),
      address('url', '詳しいページ', '無ければ空のまま。', false),
    ],
  },
]

// eslint-disable-next-line max-params -- one line a field keeps the blocks readable
function line(name: string, label: string, help: string, isRequired: boolean): Field {
  return {
    name,
    type: 'text',
    label,
    required: isRequired,
    admin: help ? { description: help } : {},
    validate: (value: unknown) => (isRequired ? filled(value, label) : true),
  }
}

// eslint-disable-next-line max-params -- one line a field keeps the blocks readable
function address(name: string, label: string, help: string, isRequired: boolean): Field {
  return {
    name,
    type: 'text',
    label,
    required: isRequired,
    admin: { description: help, placeholder: 'https://' },
    validate: (value: unknown) => (isRequired ? checkRequiredHttps(value) : checkHttps(value)),
  }
}

function description(help: string): Field {
  return {
    name: 'description',
    type: 'textarea',
    label: '紹介文',
    required: true,
    admin: { rows: 4, description: help },
    validate: (value: unknown) => filled(value, '紹介文'),
  }
}

function filled(value: unknown, label: string): true | string {
  return isEmpty(value) || !String(value).trim() ? `${label}を入力してください。` : true
}
