// What stops first when a LINE account's month will not last: the surveys, then notices, and so on.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { YIELDING_KINDS } from '../../../src/operation/yielded'
import { SPARED_OF, yieldedDays, type DayNeeds, type Needs } from '../../../src/plan/yielding'
import { addDays } from '../../../src/stage/day'
import { child, hanako, planOf } from './readerTables'
import { addOn, noticeToday, release, text, TODAY } from './town'

const days = (...needs: Needs[]): DayNeeds[] =>
  needs.map((one, at) => ({ date: addDays(TODAY, at), needs: one }))
const yielded = (left: number, ...needs: Needs[]) =>
  yieldedDays(left, days(...needs)).map(({ date, kinds }) => `${date} ${kinds.join()}`)
const [first, second] = [TODAY, addDays(TODAY, 1)]

test.each<[string, number, Needs[], string[]]>([
  ['there is room for all', 165, [{ stage: 100, notice: 50, survey: 5 }], []],
  ['the survey stops first', 164, [{ stage: 100, notice: 50, survey: 5 }], [`${first} survey`]],
  ['then the notice', 159, [{ stage: 100, notice: 50 }], [`${first} notice`]],
  [
    'of two notices the earlier one goes',
    170,
    [{ notice: 90 }, { notice: 90 }],
    [`${second} notice`],
  ],
  [
    "today's survey waits for nobody, but for a notice of tomorrow it yields",
    ...([100, [{ survey: 20 }, { notice: 90 }], [`${first} survey`]] as const),
  ],
  ['what comes last yields to nothing that is over', 100, [{ notice: 90 }, { survey: 10 }], []],
  ['add-ons yield before milestones', 30, [{ milestone: 30, addOn: 1 }], [`${first} addOn`]],
  ['nothing is left', 0, [{ stage: 5, milestone: 1 }, { stage: 5 }], [`${first} milestone`]],
  ['an alert and a stage text never yield', 0, [{ urgent: 5, stage: 5, question: 1 }], []],
] as [string, number, Needs[], string[]][])('%s', (...[, left, needs, expected]) => {
  expect(yielded(left, ...needs)).toEqual(expected)
})

const count = fc.integer({ min: 0, max: 60 })
const needs = fc.record({
  ...{ urgent: fc.integer({ min: 0, max: 5 }), stage: count, milestone: count },
  ...{ addOn: count, notice: count, survey: count },
})

test('whatever a month brings: what is sent takes no room from what stands above it', () => {
  fc.assert(
    fc.property(
      fc.array(needs, { maxLength: 12 }),
      fc.integer({ min: 0, max: 2500 }),
      (all, left) => {
        const month = days(...all)
        const found = new Map(yieldedDays(left, month).map(({ date, kinds }) => [date, kinds]))
        let still = left
        month.forEach(({ date, needs: ofDay }, at) => {
          const later = month.slice(at).map((one) => one.needs)
          const above = (kind: string) => {
            const higher = YIELDING_KINDS.slice(0, YIELDING_KINDS.indexOf(kind as never))
            return later.reduce(
              (sum, one) =>
                sum +
                (one.urgent ?? 0) +
                (one.stage ?? 0) +
                higher.reduce((n, k) => n + (one[k] ?? 0), 0),
              0,
            )
          }
          for (const kind of YIELDING_KINDS) {
            const need = ofDay[kind] ?? 0
            const isYielded = found.get(date)?.includes(kind) ?? false
            if (need > 0 && !isYielded) expect(above(kind) + need).toBeLessThanOrEqual(still)
          }
          const going = Object.entries(ofDay).filter(
            ([kind]) => !(found.get(date) ?? []).some((one) => one === kind),
          )
          still -= going.reduce((sum, [, n]) => sum + n, 0)
        })
        const total = (of: (one: Needs) => number) => all.reduce((sum, one) => sum + of(one), 0)
        const stages = total((one) => (one.urgent ?? 0) + (one.stage ?? 0))
        // enough for the stage texts: the month is never passed by what yields
        if (stages <= left) expect(still).toBeGreaterThanOrEqual(0)
        const whole = total((one) => Object.values(one).reduce((sum, n) => sum + n, 0))
        if (whole + Math.ceil(stages / SPARED_OF) <= left) expect(found.size).toBe(0)
      },
    ),
  )
})

const baby = child('めい', { birthDate: addDays(TODAY, -45) })
const yielding = new Map([['L1', new Set(['milestone', 'notice'] as const)]])
const options = { yielding }

test('a text whose kind yields on its account is excluded with its own reason; by mail it comes', () => {
  const releases = [release(text({ slot: 'day45' })), release(noticeToday())]
  const plan = planOf({ member: hanako([baby]), releases, options })
  expect(plan.deliveries).toEqual(['めい day45 [day45]'])
  expect(plan.exclusions).toEqual([expect.stringMatching(/^めい notice-.* yieldedNotice$/)])
  for (const route of [
    { isOpen: true as const, channel: 'mail' as const, account: 'kosodate@minato.example' },
    { isOpen: true as const, channel: 'line' as const, account: 'L2' },
  ]) {
    const other = planOf({ member: hanako([baby], { route }), releases, options })
    expect(other.exclusions).toEqual([])
  }
})

test('what was joined to it, and the twin it speaks of, yield with it; the cap has room for the rest', () => {
  const milestone = release(text({ slot: 'day45', kind: 'milestone' }))
  const twins = [child('そら', baby.anchors), baby]
  const releases = [
    milestone,
    release(addOn({ from: 'month1+14' })),
    release(text({ slot: 'day10' })),
  ]
  const young = child('妹', { birthDate: addDays(TODAY, -10) })
  const municipality = { dailyCap: 1 }
  const plan = planOf({ member: hanako([...twins, young]), releases, options, municipality })
  expect(plan.deliveries).toEqual(['妹 day10 [day10]'])
  expect(plan.exclusions.every((line) => line.endsWith(' yieldedMilestone'))).toBe(true)
  expect(plan.exclusions.length).toBeGreaterThanOrEqual(2)
})
