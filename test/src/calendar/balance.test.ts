// What one family gets in a month, counted by the planning that sends.
import { describe, expect, test } from '@jest/globals'

import { balanceOf, isNarrowedByArea, type BalanceInput } from '../../../src/calendar/balance'
import type { ImaginedFamily } from '../../../src/plan/imagined'
import { liveContent } from '../../../src/release/live'
import type { AddOnContent, Release } from '../../../src/release/content'
import { addOn, alertToday, noticeToday, release, settings, text, TODAY } from '../plan/town'

const FAMILY: ImaginedFamily = {
  edition: 'standard',
  area: null,
  channel: 'line',
  isTwins: false,
  isCorrected: false,
}

function inputOf(releases: Release[], changed: Partial<BalanceInput> = {}): BalanceInput {
  const content = liveContent(releases)
  return { settings: settings(), content, month: TODAY.slice(0, 7), family: FAMILY, ...changed }
}

const rowsOf = (releases: Release[], changed: Partial<BalanceInput> = {}) =>
  new Map(balanceOf(inputOf(releases, changed)).map((row) => [row.name, row]))

const SURVEY = {
  blockType: 'survey',
  survey: '6650a1',
  title: '子育てについて',
  endsOn: '2026-12-31',
  text: '3 分で終わります。',
  label: 'アンケートに答える',
}
const asking = (changed: Partial<AddOnContent> = {}) =>
  release(noticeToday({ title: 'おたずね', blocks: [SURVEY], ...changed }))

const BABIES = ['day5', 'day9', 'month1', 'month4'].map((slot) => release(text({ slot })))

describe('what one family gets in a month', () => {
  test('is told by stage of the family that gets most, by what leads each text', () => {
    const rows = rowsOf([
      ...BABIES,
      release(addOn({ from: 'day20' })),
      release(addOn({ from: 'day0', to: 'day7', timing: 'every' })),
      release(noticeToday()),
      asking(),
    ])
    expect(rows.get('0〜2か月')).toMatchObject({
      // Born on the first: the fifth and the ninth day, an add-on by itself, a notice, a survey.
      most: {
        child: { birthDate: '2026-10-01' },
        total: 5,
        counts: { texts: 2, addOns: 1, notices: 1, surveys: 1 },
        withAddOn: 1,
        fullestDay: 3,
        capped: 0,
      },
      least: 2,
    })
    expect(rows.get('3〜5か月')?.most).toMatchObject({ total: 3, counts: { texts: 1 } })
    expect(rows.get('6〜11か月')).toMatchObject({ least: 2, most: { total: 2 } })
    expect(rows.get('1歳')?.most.total).toBe(0) // a year on the first, and past the notice
    expect([...rows.keys()]).toHaveLength(10)
  })

  test('leaves out what the daily cap leaves out, and tells it', () => {
    const releases = [...BABIES, release(noticeToday()), release(noticeToday()), asking()]
    const capped = { settings: settings({ dailyCap: 2 }) }
    const { most } = rowsOf(releases, capped).get('0〜2か月')!
    expect(most).toMatchObject({ capped: 2, fullestDay: 2, counts: { surveys: 0, notices: 1 } })
  })

  test('of pregnancies each week is asked, and a survey comes once a month', () => {
    const weekly = [16, 17, 18, 19, 20].map((week) => release(text({ slot: `${week}w3d` })))
    const early = { from: '16w0d' }
    const again = asking({
      ...early,
      validFrom: '2026-10-20',
      validTo: '2026-10-20',
      blocks: [{ ...SURVEY, survey: '6650b2' }],
    })
    const rows = rowsOf([...weekly, asking(early), again])
    expect(rows.get('妊娠中期(16〜27週)')).toMatchObject({
      most: { child: { dueDate: '2027-03-18' }, total: 5, counts: { texts: 4, surveys: 1 } },
      least: 1,
    })
    expect(rows.get('妊娠後期(28〜40週)')?.most.total).toBe(1)
  })

  test('edition and area decide as in planning; an alert is of no month', () => {
    const easy = release(addOn({ from: 'day20', editions: ['easy'] }))
    const north = release(addOn({ from: 'day21', areas: ['北'] }))
    const of = (family: Partial<ImaginedFamily>) =>
      rowsOf([easy, north, release(alertToday())], { family: { ...FAMILY, ...family } }).get(
        '0〜2か月',
      )?.most.total
    expect([of({}), of({ edition: 'easy' }), of({ area: '北' })]).toEqual([0, 1, 1])
  })

  test('a municipality that rests is counted as if it went on', () => {
    const rows = rowsOf(BABIES, { settings: settings({ isActive: false }) })
    expect(rows.get('0〜2か月')?.most.total).toBe(2)
  })
})

test.each([
  { areas: ['北'], changed: {}, is: true },
  { areas: [], changed: {}, is: false },
  { areas: ['北'], changed: { validTo: '2026-10-01' }, is: true },
  { areas: ['北'], changed: { validTo: '2026-09-30' }, is: false },
  { areas: ['北'], changed: { validFrom: '2026-11-01' }, is: false },
  { areas: ['北'], changed: { municipality: '999024' }, is: false },
])('areas narrow a month: $areas $changed $is', ({ areas, changed, is }) => {
  const one = release(addOn({ from: 'day20', areas, ...changed }))
  expect(isNarrowedByArea(inputOf([one]))).toBe(is)
})
