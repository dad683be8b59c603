// Words written apart are not torn from their readings at the end of a line; `·` stands for what holds.
import { expect, test } from '@jest/globals'

import { renderPage } from '../../../worker/web/page'
import { withWholeWords } from '../../../worker/web/wholeWords'
import { easy } from '../../../worker/web/words/easy'
import { asRead, named } from './asRead'

const whole = (text: string, isSpaced = true) =>
  withWholeWords(text, isSpaced).replaceAll('\u2060', '·')

test.each([
  ['<p>教(おし)えて ください</p>', '<p>教·(おし)·えて ください</p>'],
  ['何週(なんしゅう)か', '何週·(なんしゅう)·か'],
  ['書(か)き方(かた)', '書·(か)·き方·(かた)'],
  ['年(ねん)3月(がつ)。', '年·(ねん)·3月·(がつ)。'],
  ['メール(データ)', 'メール(データ)'],
  ['電話(でんわ) 03(1234)5678', '電話·(でんわ) 03(1234)5678'],
  ['「変(か)える」を 押(お)して', '「変·(か)·える」·を 押·(お)·して'],
  ['<a aria-label="次(つぎ)へ 行(い)く">', '<a aria-label="次·(つぎ)·へ 行·(い)·く">'],
  ['<a title="次(つぎ)へ">次(つぎ)へ</a>', '<a title="次(つぎ)へ">次·(つぎ)·へ</a>'],
  [
    '<textarea rows="2">文(ぶん)を</textarea>文(ぶん)を',
    '<textarea rows="2">文(ぶん)を</textarea>文·(ぶん)·を',
  ],
  ['<option value="H">平成(へいせい)で</option>', '<option value="H">平成(へいせい)で</option>'],
])('%s', (text, expected) => {
  expect(whole(text)).toBe(expected)
  expect(asRead(withWholeWords(text, true))).toBe(text)
})

test('where words are not written apart, lines break as ever but for readings', () => {
  expect(whole('「止める」から離乳食(りにゅうしょく)の話', false)).toBe(
    '「止める」から離乳食·(りにゅうしょく)·の話',
  )
})

test('every page goes through it', () => {
  const page = renderPage({ title: '次(つぎ)へ', body: '次(つぎ)へ', words: easy })
  expect(page).toContain('<title>次(つぎ)へ</title>')
  expect(page).toContain('次\u2060(つぎ)\u2060へ')
})

test('a name is found by what a person reads, and by nothing else', () => {
  expect('次\u2060(つぎ)\u2060へ').toMatch(named('次(つぎ)へ'))
  expect('次(つぎ)へ').toMatch(named('次(つぎ)へ'))
  expect('次へ').not.toMatch(named('次(つぎ)へ'))
  expect('前の次(つぎ)へ').not.toMatch(named('次(つぎ)へ'))
})
