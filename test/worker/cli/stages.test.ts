import { describe, expect, test } from '@jest/globals'

import { kizuna, kizunaJson } from './io'

const pregnancy = ['stages', '--due', '2026-10-01']
const child = ['stages', '--birth', '2018-12-31']
const days = (from: string, to: string) => ['--from', from, '--to', to]

test('a pregnancy is one row a day, without week and day before 0w0d', async () => {
  expect(await kizunaJson(...pregnancy, ...days('2025-12-24', '2025-12-26'))).toEqual([
    { date: '2025-12-24', week: null, day: null, daysToDue: 281, label: '妊娠0週0日より前' },
    { date: '2025-12-25', week: 0, day: 0, daysToDue: 280, label: '妊娠0週0日' },
    { date: '2025-12-26', week: 0, day: 1, daysToDue: 279, label: '妊娠0週1日' },
  ])
})

test('weeks go on after the due date', async () => {
  expect(await kizunaJson(...pregnancy, ...days('2026-10-14', '2026-10-15'))).toEqual([
    { date: '2026-10-14', week: 41, day: 6, daysToDue: -13, label: '妊娠41週6日' },
    { date: '2026-10-15', week: 42, day: 0, daysToDue: -14, label: '妊娠42週0日(予定日から14日)' },
  ])
})

test('a child has its months by both rules, and no numbers before birth', async () => {
  const none = { days: null, months: null, legalMonths: null, daysToEntry: null }
  expect(await kizunaJson(...child, ...days('2018-12-30', '2018-12-31'))).toEqual([
    { date: '2018-12-30', ...none, label: '誕生前' },
    ...[{ date: '2018-12-31', days: 0, months: 0, legalMonths: 0, daysToEntry: 2283 }].map(
      (row) => ({
        ...row,
        label: '生後0日',
      }),
    ),
  ])
  expect(await kizunaJson(...child, ...days('2019-02-28', '2019-03-01'))).toMatchObject([
    { days: 59, months: 2, legalMonths: 1 },
    { days: 60, months: 2, legalMonths: 2 },
  ])
})

test('the keys are those of the issue, in its order', async () => {
  const day = days('2019-02-28', '2019-02-28')
  const keysOf = (rows: unknown) => Object.keys((rows as object[])[0]!)
  expect(keysOf(await kizunaJson(...pregnancy, ...day))).toEqual(
    ['date', 'week', 'day', 'daysToDue', 'label'], // prettier-ignore
  )
  expect(keysOf(await kizunaJson(...child, ...day))).toEqual(
    ['date', 'days', 'months', 'legalMonths', 'daysToEntry', 'label'], // prettier-ignore
  )
})

test('a long range over 29 February has a row for each day', async () => {
  const rows = await kizunaJson(...child, ...days('2019-01-01', '2024-12-31'))
  expect(rows).toHaveLength(6 * 365 + 2)
})

test('without --json it is a Japanese table', async () => {
  const { out } = await kizuna(...pregnancy, ...days('2026-09-30', '2026-10-01'))
  expect(out.split('\n')).toEqual([
    '日付            週  日  予定日までの日数  ステージ',
    '--------------  --  --  ----------------  -----------',
    '2026-09-30(水)  39   6                 1  妊娠39週6日',
    '2026-10-01(木)  40   0                 0  妊娠40週0日',
    '',
  ])
})

test.each(['2026/10/1', '令和8年10月1日', 'R8.10.1'])('a day may be written %s', async (day) => {
  const range = days('2026-09-30', '2026-10-01')
  expect(await kizuna('stages', '--due', day, ...range)).toEqual(
    await kizuna(...pregnancy, ...range),
  )
})

describe('refused with one line and exit code 2', () => {
  const range = days('2026-10-01', '2026-10-02')
  test.each([
    ['no anchor', ['stages', ...range], '--due(出産予定日)か --birth(誕生日)'],
    ['two anchors', [...pregnancy, '--birth', '2026-10-01', ...range], '同時に使えません'],
    ['no --from', [...pregnancy, '--to', '2026-10-01'], '--from がありません'],
    ['no --to', [...pregnancy, '--from', '2026-10-01'], '--to がありません'],
    [
      'a range that runs backwards',
      [...pregnancy, ...days('2026-10-02', '2026-10-01')],
      '--to が --from より前',
    ],
    ['a range of centuries', [...pregnancy, ...days('1926-10-02', '2126-10-01')], '100 年以内'],
    ['a day that does not exist', ['stages', '--due', '2026-02-30', ...range], '「2026-02-30」'],
    ['what is no day', ['stages', '--due', 'あした', ...range], '「あした」'],
    ['a value that is missing', ['stages', '--due', ...range], '--due の値がありません'],
    ['an empty value', ['stages', '--due=', ...range], '--due の値がありません'],
    ['an option given twice', [...pregnancy, '--due', '2026-10-02', ...range], '2 回'],
    ['--json given twice', [...pregnancy, ...range, '--json', '--json'], '2 回'],
    [
      'an unknown option',
      [...pregnancy, ...range, '--month-rule', 'legal'],
      '--month-rule は使えません',
    ],
    ['an unknown short option', [...pregnancy, ...range, '-x'], '-x は使えません'],
    ['a value for a flag', [...pregnancy, ...range, '--json=yes'], '値は付けられません'],
    ['a name out of Object', [...pregnancy, ...range, '--constructor'], '使えません'],
    ['a word too many', [...pregnancy, ...range, '24w3d'], '「24w3d」は余分'],
    ['line breaks in a value', ['stages', '--due', 'a\nb', ...range], '「a b」'],
  ])('%s', async (_, args, sentence) => {
    const { code, out, err } = await kizuna(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err).toMatch(/^kizuna stages: .+\n$/)
  })
})
