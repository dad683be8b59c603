import { describe, expect, test } from '@jest/globals'

import { nameTaken } from '../../../src/municipality/senderNames'

const SHIOKAZE = { name: 'しおかぜ町', senderName: 'しおかぜ町 子育て便り', code: '394998' }
const HINATANO = { name: 'ひなた野市', senderName: 'ひなた野市 はぐくみ便り', code: '272990' }
const HIKARI = { name: '光が森区', senderName: '光が森区 すくすく便り', code: '131997' }
const FUCHU_13 = { name: '府中市', senderName: '府中市 子育て便り', code: '132063' }
const FUCHU_34 = { name: '広島県府中市', senderName: '広島県府中市 便り', code: '342084' }
const EAST = { name: '東しおかぜ町', senderName: '東しおかぜ町 便り', code: '394980' }

const others = [HINATANO, HIKARI, EAST]

describe('a sender cannot be somebody else', () => {
  test.each([
    ['ひなた野市 はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ひなた野市はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ひなた野市　はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ひな\u200bた野市 はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ヒナタ野市 はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ひなた野 はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ひなた野町 はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['大阪府ひなた野市 はぐくみ便り', 'ひなた野市 はぐくみ便り'],
    ['ひなた野市 健康課', 'ひなた野市'],
    ['大阪府ひなた野市 健康課', 'ひなた野市'],
    ['大阪府 ひなた野町 健康課', 'ひなた野市'],
    ['ひ・な・た・野・市', 'ひなた野市'],
    ['【ひなた野市】お知らせ', 'ひなた野市'],
    ['光ヶ森区 便り', '光が森区'],
    ['光ケ森区', '光が森区'],
    ['東しおかぜ町 子育て便り', '東しおかぜ町'],
    ['制作監修チーム', '制作監修チーム'],
    ['制作 監修チームからのお知らせ', '制作監修チーム'],
    ['ＫＩＺＵＮＡ', 'kizuna'],
  ])('%s', (text, taken) => {
    expect(nameTaken(text, SHIOKAZE, others)).toBe(taken)
  })

  test.each([
    'しおかぜ町 子育て便り',
    'しおかぜ町健康課',
    '子育て便り',
    'はぐくみ通信',
    '絆だより',
  ])('%s is free', (text) => {
    expect(nameTaken(text, SHIOKAZE, others)).toBeNull()
  })
})

describe('towns of one name are told apart by their prefectures', () => {
  test.each([
    { text: '広島県府中市 便り', own: FUCHU_34, other: FUCHU_13, taken: null },
    { text: '府中市 便り', own: FUCHU_34, other: FUCHU_13, taken: '府中市' },
    { text: '東京都府中市 便り', own: FUCHU_34, other: FUCHU_13, taken: '府中市' },
    { text: '広島県府中市 子育て便り', own: FUCHU_34, other: FUCHU_13, taken: null },
    { text: '府中市 子育て便り', own: FUCHU_34, other: FUCHU_13, taken: '府中市 子育て便り' },
    { text: '東京都府中市 便り', own: FUCHU_13, other: FUCHU_34, taken: null },
    { text: '広島県府中市 子育て便り', own: FUCHU_13, other: FUCHU_34, taken: '広島県府中市' },
  ])('$text', ({ text, own, other, taken }) => {
    expect(nameTaken(text, own, [other])).toBe(taken)
  })
})

test('a longer name that holds a short one is its own', () => {
  expect(nameTaken('東しおかぜ町 便り', EAST, [SHIOKAZE])).toBeNull()
  expect(nameTaken('しおかぜ町 便り', EAST, [SHIOKAZE])).toBe('しおかぜ町')
})
