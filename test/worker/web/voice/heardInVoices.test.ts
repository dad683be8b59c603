// What is heard in a comment before it is kept: a cry for help, and numbers that nobody needs.
import { expect, test } from '@jest/globals'

import { readVoiceCode, voiceCode } from '../../../../src/release/voiceLink'
import { asksForHelp } from '../../../../worker/web/voice/askForHelp'
import { withoutPersonalDetails } from '../../../../worker/web/voice/personalDetails'
import { checkVoice, MAX_COMMENT, parseVoice } from '../../../../worker/web/voice/voiceForm'
import { wordsOf } from '../../../../worker/web/words/words'

test.each([
  ...['死にたい', 'しにたい', 'シニタイ', '消えたい', 'きえたいです', 'キエテシマイタイ'],
  ...['助けて', 'たすけてください', 'タスケテ', 'つらい', 'ツライです', '毎日が辛くて', 'ﾂﾗｲ'],
  ...['子どもをたたいてしまう', 'つい叩いて泣かせました', 'たたいて ばかり', '怒鳴ってしまいます'],
  ...['もう 無理', '逃げたいです', '涙がとまらない', '夫に殴られています'],
])('「%s」 asks for help', (comment) => {
  expect(asksForHelp(comment)).toBe(true)
})

test.each([
  ...['', '分かりやすかったです。', '離乳食の進め方が役に立ちました', '字が小さい'],
  ...['たたみの部屋の話がよかった', 'もっと早く知りたかった', '消しゴムのたとえが楽しい'],
])('「%s」 does not', (comment) => {
  expect(asksForHelp(comment)).toBe(false)
})

test.each([
  ['電話は090-1234-5678です', '電話は〔電話番号〕です'],
  ['０３ー１２３４ー５６７８まで', '〔電話番号〕まで'],
  ['hanako@example.jp に返事を', '〔メールアドレス〕 に返事を'],
  ['https://example.com/hanako を見て', '〔アドレス〕 を見て'],
  ['〒123-4567 の見本市', '〔郵便番号〕 の見本市'],
  ['123-4567に住んでいます', '〔郵便番号〕に住んでいます'],
  ['診察券は12345678です', '診察券は〔番号〕です'],
  ['さくら町2丁目の者です', 'さくら町2丁目の者です'],
  ['見本と申します', '見本と申します'],
  ['LINEのIDはhanako123', 'LINEのIDはhanako123'],
])('「%s」 is kept as 「%s」 and marked', (comment, text) => {
  expect(withoutPersonalDetails(comment)).toEqual({ text, hasPersonalDetails: true })
})

test.each(['24週の文がよかった', '体重は3000gでした', '2歳3か月、7〜8時に寝ます', ''])(
  '「%s」 is kept as it is',
  (text) => {
    expect(withoutPersonalDetails(text)).toEqual({ text, hasPersonalDetails: false })
  },
)

test('the code of a text comes back, and nothing else is one', () => {
  for (const text of [
    { key: 'manuscript:6650a1b2c3d4e5f60718293a', revision: 3 },
    { key: 'add-on:12', revision: 120 },
  ]) {
    expect(readVoiceCode(voiceCode(text))).toEqual(text)
  }
  expect(voiceCode({ key: 'manuscript:12', revision: 3 })).toBe('m-12-3')
  const others = ['', 'm-12', 'm-12-0', 'x-12-3', 'm--3', 'm-12-3-4', `m-${'a'.repeat(41)}-1`]
  for (const code of others) expect(readVoiceCode(code)).toBeNull()
})

test('a voice is a verdict or words, at most 400 letters of them', () => {
  const words = wordsOf('standard')
  const faults = (body: object) => Object.keys(checkVoice(parseVoice(body), words))
  expect(faults({})).toEqual(['verdict'])
  expect(faults({ comment: ' \r\n ' })).toEqual(['verdict'])
  expect(faults({ verdict: 'great' })).toEqual(['verdict'])
  expect(faults({ verdict: 'helpful' })).toEqual([])
  expect(faults({ comment: '𠮷'.repeat(MAX_COMMENT) })).toEqual([])
  expect(checkVoice(parseVoice({ comment: 'あ'.repeat(401) }), words)).toEqual({
    comment: 'ご感想は、いま 401 文字です。400 文字までに短くしてください。',
  })
})
