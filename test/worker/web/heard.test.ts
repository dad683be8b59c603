// Messages as people write them. What is heard decides what stands first, never what somebody gets.
import { describe, expect, test } from '@jest/globals'

import { heardIn } from '../../../worker/web/heard'

const hears = (text: string | null) => {
  const { isDespair, isEnding, isWorry, isBirth } = heardIn(text)
  return [
    isDespair && 'despair',
    isEnding && 'ending',
    isWorry && 'worry',
    isBirth && 'birth',
  ].filter(Boolean)
}

test('letters in the middle of a key say nothing', () => {
  for (const key of ['k1.3aDVx', 'a_dv_b', 'x-DV-y', '1DV2'])
    expect(hears(`家族の登録 ${key}`)).toEqual([])
  for (const text of ['DVのことで', '夫のDV', 'dv です']) expect(hears(text)).toEqual(['despair'])
})

describe('an ending', () => {
  test.each([
    '配信を止める',
    '配信を止めてください',
    'とめてください',
    'もうやめたい',
    '登録をやめます',
    '辞めたいです',
    '配信停止でお願いします',
    '解除したい',
    '退会の方法を教えてください',
    'もういりません',
    'もう要らないです',
    'メッセージ不要です',
    'もう送らないでください',
    '流産しました',
    'りゅうざん しました',
    'しざんでした',
    '赤ちゃんが しにました',
    '先週、流産してしまいました。',
    '死産でした',
    '赤ちゃんが亡くなりました',
    '子どもを亡くしました',
    'おなかの子がお空へ帰りました',
    '天使ママになりました',
    '心拍が確認できませんでした',
    '心拍が止まっていました',
    '稽留流産でした',
    '中絶しました',
    '赤ちゃんは助かりませんでした',
    '今回はだめでした',
    '赤ちゃんに会えませんでした',
    '出産しましたが、亡くなりました',
    '死産で生まれました',
    '赤ちゃんを なくしました',
    'あかちゃんを なくしました',
    'あかちゃんが しんだ',
    '子どもが しんでしまいました',
    '赤ちゃんが死んでしまいました',
    '赤ちゃんの 心臓が 止まりました',
    '死',
    'Miscarriage',
  ])('is heard in 「%s」, and no birth', (text) => {
    expect(hears(text)).toContain('ending')
    expect(hears(text)).not.toContain('birth')
  })
})

describe('a worry about a body', () => {
  test.each([
    '血が出ています',
    '出血しました',
    'あかちゃんが うごきません',
    '胎動がありません',
    'お腹が痛いです',
    '破水したかもしれません',
    '熱が 38度 あります',
    '息をしていません',
  ])('is heard in 「%s」, and nothing else', (text) => {
    expect(hears(text)).toEqual(['worry'])
  })

  test.each(['公園で楽しんでいます', '必死です', '絵本に親しんだ一日', '母子手帳をなくしました'])(
    'is not heard in 「%s」, nor an end',
    (text) => {
      expect(hears(text)).toEqual([])
    },
  )
})

describe('a birth', () => {
  test.each([
    '生まれました',
    '生まれました!',
    '産まれました〜',
    'うまれました',
    '昨日、無事に生まれました。',
    '予定日より早く生まれました',
    'いつもありがとうございます。今朝生まれました',
    '出産しました',
    '無事出産しました',
    '今日出産を終えました',
    '女の子が誕生しました',
    '双子を産みました',
    '生まれてきました',
    '生まれて3日です',
    '赤ちゃん生まれたよ',
  ])('is heard in 「%s」', (text) => {
    expect(hears(text)).toEqual(['birth'])
  })

  test.each([
    '生まれません',
    'まだ生まれていません',
    'まだ生まれません',
    'まだ生まれてない',
    'なかなか生まれない',
    'もうすぐ生まれそう',
    '来月生まれる予定です',
    '生まれたら連絡します',
    '生まれましたら、どうすればいいですか',
    'いつ生まれますか',
    '生まれてくるのが楽しみです',
    '出産したらどこに届けますか',
    '出産予定日を変えたい',
    '生まれましたか?',
    '生まれてから登録できますか',
    '予定日を過ぎました',
    'たしざんを おしえています',
  ])('is not heard in 「%s」', (text) => {
    expect(hears(text)).toEqual([])
  })
})

describe('despair', () => {
  test.each([
    '死にたい',
    'しにたい',
    'もう死んでしまいたい',
    '消えたい',
    '消えてしまいたい',
    'いなくなりたい',
    'つらくて眠れません',
    'つらいです',
    '辛くて涙が出ます',
    'もう限界です',
    'もう無理',
    '助けて',
    'たすけてください',
    '子どもを虐待してしまいそう',
    '叩いてしまいました',
    '夫に殴られています',
    '夫の暴力がこわい',
    '子どもがかわいいと思えません',
    '育てられない',
    '生きていたくない',
  ])('is heard in 「%s」, and neither an ending nor a birth', (text) => {
    expect(hears(text)).toEqual(['despair'])
  })

  test('and a loss in one message are both heard', () => {
    expect(hears('赤ちゃんが亡くなって、死にたいです')).toEqual(['despair', 'ending'])
  })

  test('after a birth is not answered by the page where a birth is told', () => {
    expect(hears('生まれましたが、つらくて泣いてばかりです')).toEqual(['despair'])
  })
})

test.each([
  null,
  '',
  'こんにちは',
  'ありがとうございました',
  '登録の内容',
  '登録',
  '予防接種の場所を教えてください',
  '夜泣きがひどいです',
  '離乳食を始めました',
  '真剣に受け止めています',
  '引っ越しました',
])('nothing is heard in 「%s」', (text) => {
  expect(hears(text)).toEqual([])
})
