// The grep that every web suite ends with, in test/worker/web/openWeb.ts: would it find anything?
import { expect, test } from '@jest/globals'

import { personalIn } from './nothingPersonal'

test.each([
  ['/confirm?mail=taro%40example.jp'],
  ['/r/999016?year=2027'],
  ['/me/abc/texts?q=ミルク'],
  ['{"to":"hanako@example.jp"}'],
  [`{"user":"U${'0a'.repeat(16)}"}`],
  ['{"dueDate":"2027-03-13"}'],
])('it finds %s', (line) => {
  expect(personalIn([line])).not.toEqual([])
})

test.each([
  ['/me/3tZ0h1jvS0aQ4Qe8m2zv9A/add/check?d=3tZ0h1jvS0aQ4Qe8m2zv9A'],
  ['/r/999016/contact?lang=easy'],
  ['{"route":"/me/:visit","error":"TypeError","at":["at x (page.ts:10:4)"]}'],
])('it lets %s pass', (line) => {
  expect(personalIn([line])).toEqual([])
})
