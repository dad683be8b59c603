import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { addOn, release, text, TODAY } from './town'
import { child, hanako, planOf, type Outcome } from './readerTables'

const day = (days: number) => ({ birthDate: addDays(TODAY, -days) })
const weeks = (week: number, extra = 0) => ({ dueDate: addDays(TODAY, 280 - week * 7 - extra) })
const texts = (...slots: string[]) => slots.map((slot) => release(text({ slot })))
const nothing: Outcome = { deliveries: [], exclusions: [] }

test('a pregnancy gets the text of its day, no other', () => {
  const releases = texts('24w2d', '24w3d', '24w4d', 'day0')
  const plan = planOf({ member: hanako([child('めい', weeks(24, 3))]), releases })
  expect(plan).toEqual({ deliveries: ['めい 24w3d [24w3d]'], exclusions: [] })
})

test('once the birth is known no pregnancy text is due any more', () => {
  const born = child('めい', { ...weeks(40), birthDate: addDays(TODAY, -3) })
  const plan = planOf({ member: hanako([born]), releases: texts('40w0d', 'day3') })
  expect(plan.deliveries).toEqual(['めい day3 [day3]'])
})

test('twins get one text in the plural; the other twin is accounted for', () => {
  const twins = [child('そら', day(45)), child('うみ', day(45))]
  const plan = planOf({ member: hanako(twins), releases: texts('day45') })
  expect(plan).toEqual({
    deliveries: ['うみ day45 [day45] 複数'],
    exclusions: ['そら day45 twin → 999016:day45:うみ'],
  })
})

test('a twin who is left alone is no twin any more', () => {
  const plan = planOf({ member: hanako([child('うみ', day(45))]), releases: texts('day45') })
  expect(plan.deliveries).toEqual(['うみ day45 [day45]'])
})

test('siblings get a text each, youngest first, the unborn before the born', () => {
  const siblings = [child('兄', day(90)), child('妹', day(10)), child('お腹', weeks(20))]
  const plan = planOf({ member: hanako(siblings), releases: texts('day90', 'day10', '20w0d') })
  expect(plan.deliveries.map((line) => line.split(' ')[0])).toEqual(['お腹', '妹', '兄'])
})

test('the daily cap keeps stage texts before milestones before add-ons', () => {
  const siblings = [child('a', day(10)), child('b', day(50)), child('c', day(100))]
  const releases = [
    release(addOn({ from: 'day10' })),
    release(text({ slot: 'day50', kind: 'milestone' })),
    ...texts('day100'),
  ]
  const plan = (dailyCap: number) =>
    planOf({ member: hanako(siblings), releases, municipality: { dailyCap } })
  expect(plan(2)).toEqual({
    deliveries: ['b day50 [day50]', 'c day100 [day100]'],
    exclusions: ['a day10 dailyCap'],
  })
  expect(plan(1).deliveries).toEqual(['c day100 [day100]'])
})

test('what a reader got earlier today counts for the cap', () => {
  const siblings = [child('a', day(10)), child('b', day(50))]
  const plan = planOf({
    member: hanako(siblings),
    releases: texts('day10', 'day50'),
    municipality: { dailyCap: 1 },
    delivered: [['999016:day10:a', TODAY]],
  })
  expect(plan.exclusions).toEqual(['a day10 alreadyDelivered', 'b day50 dailyCap'])
})

test('a milestone of the same slot is one candidate with the stage text', () => {
  const releases = [...texts('day100'), release(text({ slot: 'day100', kind: 'milestone' }))]
  const plan = planOf({ member: hanako([child('a', day(100))]), releases })
  expect(plan).toEqual({ deliveries: ['a day100 [day100 day100]'], exclusions: [] })
})

test('a milestone of another slot on the same day is merged', () => {
  const born = child('a', { birthDate: '2026-08-06' }) // two months and 61 days on the same day
  const releases = [...texts('day61'), release(text({ slot: 'month2', kind: 'milestone' }))]
  const plan = planOf({ member: hanako([born]), releases })
  expect(plan).toEqual({
    deliveries: ['a day61 [day61 month2]'],
    exclusions: ['a month2 merged → 999016:day61:a'],
  })
})

test('stage texts of two series on one day stay two deliveries', () => {
  const born = child('a', { birthDate: '2020-05-01', entryDate: addDays(TODAY, 84) })
  const releases = [
    release(text({ slot: 'entry-84' })),
    release(text({ slot: 'day2349', series: 'child' })),
  ]
  const plan = planOf({ member: hanako([born]), releases })
  expect(plan.deliveries).toHaveLength(2)
})

test('add-ons of the day go with the first text; alone they are a delivery of their own', () => {
  const once = release(addOn({ from: 'day45', title: '健診' }))
  const member = hanako([child('a', day(45))])
  expect(planOf({ member, releases: [once, ...texts('day45')] })).toEqual({
    deliveries: ['a day45 [day45 健診]'],
    exclusions: [],
  })
  expect(planOf({ member, releases: [once] }).deliveries).toEqual(['a day45 [健診]'])
})

test('an add-on of another slot on the same day is merged into the text', () => {
  const born = child('a', { birthDate: '2026-08-06' })
  const releases = [...texts('day61'), release(addOn({ from: 'month2', title: '予防接種' }))]
  expect(planOf({ member: hanako([born]), releases })).toEqual({
    deliveries: ['a day61 [day61 予防接種]'],
    exclusions: ['a month2 merged → 999016:day61:a'],
  })
})

test.each([
  ['in its range', {}, true],
  ['not where its range has ended', { to: 'day44' }, false],
  ['on an included last day', { to: 'day45' }, true],
  ['not on an excluded last day', { to: 'day45', isEndIncluded: false }, false],
  ['not before it is valid', { validFrom: '2026-10-07' }, false],
  ['on its first and last valid day', { validFrom: TODAY, validTo: TODAY }, true],
  ['not after its validity', { validTo: '2026-10-05' }, false],
  ['in its area', { areas: ['北'] }, true],
  ['not in another area', { areas: ['南'] }, false],
  ['in its edition', { editions: ['standard'] }, true],
  ['not in another edition', { editions: ['easy'] }, false],
  ['not of another municipality', { municipality: '999024' }, false],
])('an add-on with every text goes out %s', (_, changed, isThere) => {
  const every = release(addOn({ from: 'day0', to: 'day90', timing: 'every', ...changed }))
  const member = hanako([child('a', day(45))], { preferences: { edition: 'standard', area: '北' } })
  const plan = planOf({ member, releases: [...texts('day45'), every] })
  expect(plan.deliveries).toEqual([`a day45 [day45${isThere ? ' 町から' : ''}]`])
})

test('an add-on with every text does not go out alone', () => {
  const every = release(addOn({ from: 'day0', to: 'day90', timing: 'every' }))
  expect(planOf({ member: hanako([child('a', day(45))]), releases: [every] })).toEqual(nothing)
})

test.each([
  ['the reader’s edition', ['easy', 'easy', 'standard'], '(easy)'],
  ['the default one when hers is missing', ['easy', 'standard'], ''],
  ['the default one when hers is not offered any more', ['english', 'easy', 'standard'], ''],
])('the text comes in %s', (_, [edition = '', ...available], mark) => {
  const releases = available.map((one) => release(text({ slot: 'day45', edition: one, body: one })))
  const member = hanako([child('a', day(45))], { preferences: { edition, area: null } })
  expect(planOf({ member, releases }).deliveries).toEqual([`a day45 [day45${mark}]`])
})

test('without a text in her edition or the default one there is a reason', () => {
  const releases = [release(text({ slot: 'day45', edition: 'easy' }))]
  const plan = planOf({ member: hanako([child('a', day(45))]), releases })
  expect(plan).toEqual({ deliveries: [], exclusions: ['a day45 edition'] })
})

const open = { from: null, to: null, isEndIncluded: true, effectiveFrom: null, effectiveTo: null }
test.each([
  ['from its first slot on', { from: 'day45' }, true],
  ['not before it', { from: 'day46' }, false],
  ['to an included end', { to: 'day45' }, true],
  ['not on an excluded end', { to: 'day45', isEndIncluded: false }, false],
  ['from the first effective day', { effectiveFrom: TODAY }, true],
  ['not before it', { effectiveFrom: '2026-10-07' }, false],
  ['to the last effective day', { effectiveTo: TODAY }, true],
  ['not after it', { effectiveTo: '2026-10-05' }, false],
])('a series is taken %s', (_, taken, isDue) => {
  const plan = planOf({
    member: hanako([child('a', day(45))]),
    releases: texts('day45'),
    municipality: { series: [{ series: 'child', ...open, ...taken }] },
  })
  expect(plan.deliveries).toHaveLength(isDue ? 1 : 0)
})

test('「3歳の誕生日まで」 and 「前日まで」 are exact for day slots', () => {
  const birthDate = '2023-10-06' // third birthday today, 1096 days
  const taken = { series: 'child', ...open, to: 'month36' }
  const plan = (isEndIncluded: boolean) =>
    planOf({
      member: hanako([child('a', { birthDate })]),
      releases: texts('day1096'),
      municipality: { series: [{ ...taken, isEndIncluded }] },
    })
  expect(plan(true).deliveries).toHaveLength(1)
  expect(plan(false)).toEqual(nothing)
})

test('at 42w0d there is only the one question, even when the series is taken to 41w6d', () => {
  const releases = [
    release(text({ slot: '42w0d', kind: 'question' })),
    release(addOn({ from: '4w0d', to: '42w0d', timing: 'every' })),
  ]
  const municipality = { series: [{ series: 'pregnancy', ...open, to: '41w6d' }] }
  const late = (extra: number) =>
    planOf({ member: hanako([child('a', weeks(42, extra))]), releases, municipality })
  expect(late(0)).toEqual({ deliveries: ['a 42w0d [42w0d]'], exclusions: [] })
  expect(late(1)).toEqual(nothing)
  expect(late(14)).toEqual(nothing)
})

test.each([
  ['stopped', { member: { status: 'stopped' } }],
  ['noChannel', { member: { route: { isOpen: false, reason: 'noChannel' } } }],
  ['suppressed', { member: { route: { isOpen: false, reason: 'suppressed' } } }],
  ['paused', { municipality: { isActive: false } }],
  ['resting', { member: { rest: { until: null } } }],
  ['stale', { options: { isStale: true } }],
  ['alreadyDelivered', { delivered: [['999016:day45:a', '2026-10-01']] }],
] as const)('a candidate is excluded as %s', (reason, given) => {
  const { member, ...rest } = { member: {}, ...given } as { member: object }
  const plan = planOf({
    member: hanako([child('a', day(45))], member),
    releases: texts('day45'),
    ...(rest as object),
  })
  expect(plan).toEqual({ deliveries: [], exclusions: [`a day45 ${reason}`] })
})

test('an overdue review stops a text only where the policy says so, from its day on', () => {
  const plan = (reviewDueAt: string, whenOverdue: 'stop' | 'warn') =>
    planOf({
      member: hanako([child('a', day(45))]),
      releases: [release(text({ slot: 'day45' }), { reviewDueAt, whenOverdue })],
    })
  expect(plan('2026-10-05T15:00:00Z', 'stop').exclusions).toEqual(['a day45 overdue'])
  expect(plan('2026-10-05T15:00:00Z', 'warn').deliveries).toHaveLength(1)
  expect(plan('2026-10-06T15:00:00Z', 'stop').deliveries).toHaveLength(1)
})

test('content that does not give the approved hash is not sent', () => {
  const forged = release(text({ slot: 'day45' }), { contentHash: 'f'.repeat(64) })
  const plan = planOf({ member: hanako([child('a', day(45))]), releases: [forged] })
  expect(plan.exclusions).toEqual(['a day45 hashMismatch'])
})

test('the latest release of a key counts; a withdrawal leaves nothing', () => {
  const first = release(text({ slot: 'day45' }), { key: 'manuscript:m' })
  const moved = release(text({ slot: 'day46' }), { key: 'manuscript:m', revision: 2 })
  const gone = release(text({ slot: 'day46' }), {
    key: 'manuscript:m',
    revision: 3,
    action: 'withdraw',
  })
  const at = (days: number, ...releases: (typeof first)[]) =>
    planOf({ member: hanako([child('a', day(days))]), releases }).deliveries.length
  expect(at(45, first)).toBe(1)
  expect(at(45, moved, first)).toBe(0)
  expect(at(46, first, moved)).toBe(1)
  expect(at(46, gone, moved, first)).toBe(0)
})

test('corrected age counts from the due date, for the reader who chose it', () => {
  const dates = { dueDate: addDays(TODAY, -45), birthDate: addDays(TODAY, -90) }
  const releases = [release(text({ slot: 'day45', ageBasis: 'corrected' }))]
  const plan = (isCorrected: boolean) =>
    planOf({ member: hanako([child('a', dates, isCorrected)]), releases }).deliveries
  expect(plan(true)).toEqual(['a day45 [day45]'])
  expect(plan(false)).toEqual([])
})

test('a new reader gets a greeting with the text of today, or alone', () => {
  const options = { isWelcome: true }
  const member = hanako([child('a', day(45))])
  expect(planOf({ member, releases: texts('day45'), options }).deliveries).toEqual([
    'a day45 [day45]',
  ])
  expect(planOf({ member, releases: [], options }).deliveries).toEqual(['a welcome []'])
})
