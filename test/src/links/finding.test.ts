import { describe, expect, test } from '@jest/globals'

import {
  findingOf,
  findingWords,
  looked,
  partOf,
  type Finding,
  type LinkCheck,
} from '../../../src/links/finding'

describe('what an answer means', () => {
  const PAGE = 'https://city.example.jp/kosodate/1.html'
  test.each<[string, number, string, string, Finding]>([
    ['a page', 200, PAGE, PAGE, 'there'],
    ['moved to another page', 200, PAGE, 'https://www.city.example.jp/kosodate/', 'there'],
    ['no page', 404, PAGE, PAGE, 'gone'],
    ['taken away', 410, PAGE, PAGE, 'gone'],
    ['sent to the front', 200, PAGE, 'https://www.city.example.jp/', 'front'],
    ['sent to the front by its file', 200, PAGE, 'https://city.example.jp/index.html', 'front'],
    ['the front was meant', 200, 'https://a.jp', 'https://www.a.jp/', 'there'],
    ['a front that asks something', 200, PAGE, 'https://city.example.jp/?page=3', 'there'],
    ['browsers only', 403, PAGE, PAGE, 'closed'],
    ['too many questions', 429, PAGE, PAGE, 'closed'],
    ['a fault of the server', 503, PAGE, PAGE, 'fault'],
    ['a fault of ours', 400, PAGE, PAGE, 'fault'],
  ])('%s', (...[, status, asked, last, finding]) => {
    expect(findingOf(status, { asked: new URL(asked), last: new URL(last) })).toBe(finding)
  })
})

describe('what follows from the looks of some days', () => {
  const DAYS = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-05'] as const
  const after = (findings: readonly Finding[]): LinkCheck =>
    findings.reduce<LinkCheck>(
      (check, finding, at) => ({
        ...check,
        ...looked(check, { finding, status: null }, DAYS[at] ?? DAYS[0]),
      }),
      {
        address: 'https://a.jp/',
        keys: [],
        finding: 'there',
        status: null,
        checkedOn: null,
        failingSince: null,
        brokenOn: null,
      },
    )
  test.each<[string, Finding[], string | null, string | null]>([
    ['never looked at', [], null, null],
    ['there', ['there'], null, null],
    ['gone at once', ['gone'], 'broken', '2026-12-01'],
    ['a fault of one day', ['fault'], null, null],
    ['a fault that passes', ['fault', 'there'], null, null],
    ['a fault of two days', ['silent', 'fault'], 'broken', '2026-12-02'],
    ['a fault after one that passed', ['fault', 'there', 'fault'], null, null],
    [
      'a fault on both sides of a day off',
      ['there', 'there', 'silent', 'silent'],
      'broken',
      '2026-12-05',
    ],
    ['broken is told once', ['gone', 'gone', 'fault'], 'broken', '2026-12-01'],
    ['mended', ['gone', 'there'], null, null],
    ['inside', ['inside'], 'broken', '2026-12-01'],
    ['an example', ['example'], 'example', null],
    ['a person has to look', ['closed'], 'closed', null],
    ['a person has to look at what was gone', ['gone', 'closed'], 'closed', null],
  ])('%s', (...[, findings, part, brokenOn]) => {
    const check = after(findings)
    expect({ part: partOf(check), brokenOn: check.brokenOn }).toEqual({ part, brokenOn })
  })
})

test('a status is named where there was one', () => {
  expect(findingWords({ finding: 'gone', status: 404 })).toMatch(/ページがありません\(404\)。/)
  expect(findingWords({ finding: 'closed', status: null })).toMatch(/見せないページです。/)
})
