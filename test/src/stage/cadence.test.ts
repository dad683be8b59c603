import { expect, test } from '@jest/globals'

import { expectedSlots, slotsOfCadence, type CadenceRow } from '../../../src/stage/cadence'

const row = (from: string, to: string | null, distance = '1 day'): CadenceRow => {
  const [every, unit] = distance.split(' ')
  return { from, to, every: Number(every), unit: unit as CadenceRow['unit'] }
}

test.each<[name: string, row: CadenceRow, expected: [count: number, first: string, last: string]]>([
  ['daily in pregnancy', row('4w0d', '41w6d'), [266, '4w0d', '41w6d']],
  ['weekly in pregnancy', row('4w0d', '42w0d', '1 week'), [39, '4w0d', '42w0d']],
  ['every three days', row('day100', 'day365', '3 day'), [89, 'day100', 'day364']],
  ['monthly', row('month36', 'month72', '1 month'), [37, 'month36', 'month72']],
  [
    'fortnightly over the entry',
    row('entry-84', 'entry+42', '2 week'),
    [10, 'entry-84', 'entry+42'],
  ],
  ['one slot', row('day100', null), [1, 'day100', 'day100']],
  ['one month slot, whatever the unit', row('month18', null), [1, 'month18', 'month18']],
  ['labels', row('生後0日', '生後10日', '5 day'), [3, 'day0', 'day10']],
])('%s', (_, given, [count, first, last]) => {
  const slots = expectedSlots([given])
  expect(slots).toHaveLength(count)
  expect([slots[0], slots.at(-1)]).toEqual([first, last])
})

test('rows that overlap name each slot once', () => {
  expect(expectedSlots([row('day0', 'day4', '2 day'), row('day2', 'day6', '2 day')])).toEqual([
    'day0',
    'day2',
    'day4',
    'day6',
  ])
})

test.each([
  ['months from a day', row('day45', 'day90', '1 month'), 'か月ごと'],
  ['days from a month', row('month12', 'month24', '7 day'), '日ごと'],
  ['two anchors', row('4w0d', 'day4'), '数え方が違います'],
  ['backwards', row('day9', 'day4'), '終わりが始まりより前'],
  ['no distance', row('day0', 'day4', '0 day'), '1 以上の整数'],
])('%s cannot be counted and says so', (_, given, sentence) => {
  expect(() => slotsOfCadence(given)).toThrow(sentence)
  expect(expectedSlots([given])).toEqual([])
})
