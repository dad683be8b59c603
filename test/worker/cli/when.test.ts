import { describe, expect, test } from '@jest/globals'

import { kizuna, kizunaJson } from './io'

const birth = ['when', '--birth', '2018-12-31']

test('gives the day of each slot, in the order asked', async () => {
  expect(await kizunaJson(...birth, 'entry-84', 'day45', 'month18+3', 'day45')).toEqual([
    { slot: 'entry-84', date: '2025-01-07' },
    { slot: 'day45', date: '2019-02-14' },
    { slot: 'month18+3', date: '2020-07-03' },
    { slot: 'day45', date: '2019-02-14' },
  ])
  expect(await kizunaJson('when', '--due', '2026-10-01', '4w0d', '41w6d')).toEqual([
    { slot: '4w0d', date: '2026-01-22' },
    { slot: '41w6d', date: '2026-10-14' },
  ])
})

test.each([
  ['2026/10/1', '41w6d', '2026-10-14'],
  ['２０２６年１０月１日(木)', '41w6d', '2026-10-14'],
  ['令和8年10月1日', '41w6d', '2026-10-14'],
  ['R8.10.1', '41w6d', '2026-10-14'],
  ['20261001', '41w6d', '2026-10-14'],
])('reads %s like every other list and form', async (due, slot, date) => {
  expect(await kizunaJson('when', '--due', due, slot)).toEqual([{ slot, date }])
})

test('understands the labels and answers with the codes', async () => {
  expect(await kizunaJson(...birth, '生後45日', '1歳6か月と3日', '入学の84日前')).toEqual([
    { slot: 'day45', date: '2019-02-14' },
    { slot: 'month18+3', date: '2020-07-03' },
    { slot: 'entry-84', date: '2025-01-07' },
  ])
})

test.each([
  [[], '2019-02-28'],
  [['--month-rule', 'friendly'], '2019-02-28'],
  [['--month-rule', 'legal'], '2019-03-01'],
  [['--month-rule=legal'], '2019-03-01'],
])('two months after 2018-12-31 with %j is %s', async (rule, date) => {
  expect(await kizunaJson(...birth, ...rule, 'month2')).toEqual([{ slot: 'month2', date }])
})

test('--school-entry moves the entry', async () => {
  const moved = ['--school-entry', '2026-04-01', 'entry+0', 'entry-84', '7歳学年年度末']
  expect(await kizunaJson(...birth, ...moved)).toEqual([
    { slot: 'entry+0', date: '2026-04-01' },
    { slot: 'entry-84', date: '2026-01-07' },
    { slot: 'entry+1y-1', date: '2027-03-31' },
  ])
  expect(await kizunaJson('when', '--due', '2020-01-01', ...moved)).toHaveLength(3)
})

test('without --json it is a Japanese table', async () => {
  const { out } = await kizuna(...birth, 'month18+3')
  expect(out.split('\n')).toEqual([
    '記号       配信日         日付',
    '---------  -------------  --------------',
    'month18+3  1歳6か月と3日  2020-07-03(金)',
    '',
  ])
})

describe('refused with one line and exit code 2', () => {
  test.each([
    ['no anchor', ['when', 'day45'], '--due(出産予定日)か --birth(誕生日)'],
    ['two anchors', [...birth, '--due', '2026-10-01', 'day45'], '同時に使えません'],
    ['no slot', birth, '配信日がありません'],
    [
      'no such day',
      ['when', '--due', '2027/4/31', '4w0d'],
      '「2027/4/31」という日はありません。4 月は 30',
    ],
    ['no such day of an era', ['when', '--birth', '令和9年2月30日', 'day1'], '2 月は 28 日まで'],
    ['another weekday', ['when', '--due', '2026年10月1日(金)', '4w0d'], '曜日が違います'],
    ['no form of a day', ['when', '--due', 'あした', '4w0d'], '日付として読めません'],
    ['no slot', [...birth, 'dayy'], '「dayy」は配信日として読めません'],
    ['a slot out of range', [...birth, 'day45', 'month241'], '「month241」は範囲の外です'],
    [
      'an unknown month rule',
      [...birth, '--month-rule', 'exact', 'month1'],
      '「exact」は選べません',
    ],
    ['a pregnancy slot with a birth', [...birth, '24w3d'], '24w3d は出産予定日から数えます'],
    ['an age slot with a due date', ['when', '--due', '2026-10-01', 'day45'], '--birth を指定'],
    ['a school slot with a due date', ['when', '--due', '2026-10-01', 'entry+0'], '--school-entry'],
    [
      'an entry before birth',
      [...birth, '--school-entry', '2018-04-01', 'entry+0'],
      '誕生日より前',
    ],
    ['an entry that is no day', [...birth, '--school-entry', '2025', 'entry+0'], '「2025」'],
  ])('%s', async (_, args, sentence) => {
    const { code, out, err } = await kizuna(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err).toMatch(/^kizuna when: .+\n$/)
  })
})
