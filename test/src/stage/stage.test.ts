import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { dueDay } from '../../../src/stage/due'
import { schoolEntryDay } from '../../../src/stage/entry'
import { stageAt } from '../../../src/stage/stage'
import { anchorDay, weekSlot } from './samples'

test.each([
  ['2025-12-24', null, null, 281, '妊娠0週0日より前'],
  ['2025-12-25', 0, 0, 280, '妊娠0週0日'],
  ['2026-01-22', 4, 0, 252, '妊娠4週0日'],
  ['2026-09-30', 39, 6, 1, '妊娠39週6日'],
  ['2026-10-01', 40, 0, 0, '妊娠40週0日'],
  ['2026-10-14', 41, 6, -13, '妊娠41週6日'],
  ['2026-10-15', 42, 0, -14, '妊娠42週0日(予定日から14日)'],
  ['2026-10-21', 42, 6, -20, '妊娠42週6日(予定日から20日)'],
  ['2026-10-22', 43, 0, -21, '予定日から21日'],
])('due 2026-10-01, on %s: week %s, day %s', (...[day, week, weekday, daysToDue, label]) => {
  const stage = stageAt({ dueDate: '2026-10-01' }, day)
  expect(stage).toEqual({ kind: 'pregnancy', week, day: weekday, daysToDue, label })
})

test.each([
  ['2018-12-31', 0, 0, 0, '生後0日'],
  ['2019-02-27', 58, 1, 1, '生後58日'],
  ['2019-02-28', 59, 2, 1, '生後59日'],
  ['2019-03-01', 60, 2, 2, '生後60日'],
  ['2019-04-10', 100, 3, 3, '生後100日'],
  ['2019-04-11', 101, 3, 3, '生後3か月と11日'],
  ['2019-12-31', 365, 12, 12, '1歳'],
  ['2020-06-30', 547, 18, 17, '1歳6か月'],
  ['2020-07-03', 550, 18, 18, '1歳6か月と3日'],
])(
  'born 2018-12-31, on %s: day %i, %i months, by law %i',
  (...[day, days, months, legal, label]) => {
    expect(stageAt({ birthDate: '2018-12-31' }, day)).toMatchObject({
      kind: 'child',
      days,
      months,
      legalMonths: legal,
      label,
    })
  },
)

describe('days to school entry', () => {
  test.each([
    ['2026-03-31', 1],
    ['2026-04-01', 0],
    ['2026-04-02', -1],
  ])('born 2019-04-02, on %s: %i', (day, daysToEntry) => {
    expect(stageAt({ birthDate: '2019-04-02' }, day)).toMatchObject({ daysToEntry })
  })
  test('count to the day a reader gave', () => {
    const anchors = { birthDate: '2019-04-02', entryDate: '2027-04-01' }
    expect(stageAt(anchors, '2027-03-31')).toMatchObject({ daysToEntry: 1 })
  })
  test.each([
    ['2019-04-01', '2025-04-01'],
    ['2019-04-02', '2026-04-01'],
    ['2020-04-01', '2026-04-01'],
    ['2020-04-02', '2027-04-01'],
  ])('born %s: the entry is %s', (birth, entry) => expect(schoolEntryDay(birth)).toBe(entry))
})

test('a day before a known birth is told by the due date, or as before birth', () => {
  const birthDate = '2026-09-20'
  expect(stageAt({ birthDate }, '2026-09-19')).toEqual({ kind: 'unborn', label: '誕生前' })
  expect(stageAt({ birthDate, dueDate: '2026-10-01' }, '2026-09-19')).toMatchObject({
    label: '妊娠38週2日',
  })
  expect(stageAt({ birthDate, dueDate: '2026-10-01' }, '2026-09-20')).toMatchObject({ days: 0 })
})

test('a child without a date has no stage', () => {
  expect(() => stageAt({}, '2026-10-01')).toThrow(expect.objectContaining({ code: 'NO_ANCHOR' }))
})

test('the stage of a day is the slot that is due on it', () => {
  fc.assert(
    fc.property(anchorDay, fc.integer({ min: 0, max: 42 * 7 }), (dueDate, elapsed) => {
      const slot = { week: Math.floor(elapsed / 7), day: elapsed % 7 }
      const day = dueDay(weekSlot(slot.week, slot.day), { dueDate }, { monthRule: 'friendly' })!
      expect(stageAt({ dueDate }, day)).toMatchObject(slot)
    }),
  )
})
