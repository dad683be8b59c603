import { expect, test } from '@jest/globals'

import { addressesOf } from '../../../src/links/addresses'
import type { AddOnBlock } from '../../../src/release/content'
import { addOn as townsAddOn, text } from '../plan/town'

const manuscript = (body: string) => text({ slot: 'day45', body })
const addOn = (...blocks: AddOnBlock[]) => townsAddOn({ from: 'month4', blocks })

test.each([
  ['none', 'リンクはありません。', []],
  [
    'one in a sentence',
    'くわしくは https://city.example.jp/a をご覧ください。',
    ['https://city.example.jp/a'],
  ],
  [
    'two, one of them twice',
    'https://a.example.jp/x と https://b.example.jp/ と https://a.example.jp/x',
    ['https://a.example.jp/x', 'https://b.example.jp/'],
  ],
  [
    'a Japanese name, as it is asked for',
    'https://a.example.jp/子育て',
    ['https://a.example.jp/%E5%AD%90%E8%82%B2%E3%81%A6'],
  ],
  [
    'two places of one page are one',
    'https://a.example.jp/x#1 https://a.example.jp/x#2',
    ['https://a.example.jp/x'],
  ],
  ['what nobody can press', 'http://a.example.jp/ と www.example.jp', []],
  ['a word that the settings fill', '{{URL}} を見てください。', []],
])('in the body of a manuscript: %s', (_what, body, addresses) => {
  expect(addressesOf({ content: manuscript(body), variables: {} })).toEqual(addresses)
})

test('in an add-on: what is pressed, covers, texts and what its own words stand for', () => {
  const content = addOn(
    { blockType: 'text', text: '予約は {{予約}} から。電話は {{電話}} です。' },
    { blockType: 'link', label: '予約', url: ' https://c.example.jp/yoyaku ' },
    {
      blockType: 'book',
      title: '絵本',
      author: '',
      publisher: '',
      description: 'https://d.example.jp/book',
      imageUrl: 'https://d.example.jp/cover.png',
    },
    { blockType: 'unknown', url: 'https://e.example.jp/' },
  )
  const variables = { 予約: 'https://c.example.jp/form' }
  expect(addressesOf({ content, variables })).toEqual([
    'https://c.example.jp/form',
    'https://c.example.jp/yoyaku',
    'https://d.example.jp/book',
    'https://d.example.jp/cover.png',
  ])
})
