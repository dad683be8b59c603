import { expect, test } from '@jest/globals'

import { practiceClockSentence } from '../../../src/config/clock'
import { renderPage } from '../../../worker/web/page'
import { settings } from '../readers/settings'

test.each([
  ['0123-45-6789(内線123)', '<a href="tel:0123456789">電話 0123-45-6789</a>(内線123) '],
  [
    '0123-45-6789(平日8:30〜17:15)',
    '<a href="tel:0123456789">電話 0123-45-6789</a>(平日8:30〜17:15) ',
  ],
  ['０１２３－４５－６７８９', '<a href="tel:0123456789">電話 ０１２３－４５－６７８９</a> '],
  ['0123-45-6789 #1234', '<a href="tel:0123456789">電話 0123-45-6789</a> #1234 '],
  ['窓口まで', '<p>電話 窓口まで '],
  ['-', '<p>電話 - '],
])('the telephone %s is shown as written and dialled right', (phone, expected) => {
  const town = settings()
  const municipality = { ...town, contact: { ...town.contact, phone } }
  const page = renderPage({ title: '登録', body: '', municipality })
  expect(page).toContain(expected)
  expect(page).not.toContain('tel:"')
})

test('a page says that a practice clock is on, and nothing of it otherwise', () => {
  const practiceClock = practiceClockSentence(new Date('2026-12-01T10:05:00+09:00'))
  expect(renderPage({ title: '登録', body: '', practiceClock })).toContain(
    '<p class="practice" role="note">練習用の時計で動いています。いまは 2026年12月1日(火) 10:05',
  )
  expect(renderPage({ title: '登録', body: '' })).not.toContain('練習用')
})
