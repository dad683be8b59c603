import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { checkOverlaps } from '../../../src/municipality/seriesRows'
import type { ManuscriptContent } from '../../../src/release/content'
import { contentHash } from '../../../src/release/hash'
import type { LiveContent } from '../../../src/release/live'
import { createProgram } from '../../../src/plan/program'
import { planReader } from '../../../src/plan/reader'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import { addDays } from '../../../src/stage/day'
import {
  switchRows,
  switchState,
  unswitchRows,
  type TakenRow,
} from '../../../src/renewal/switchOver'

const CHANGE = { old: 'old', new: 'new', day: '2027-04-01' }

describe('the rows of a municipality', () => {
  test.each([
    ['open', {}, [{ effectiveTo: '2027-03-31' }, { effectiveFrom: '2027-04-01' }]],
    [
      'that end later',
      { effectiveFrom: '2024-04-01', effectiveTo: '2028-03-31' },
      [
        { effectiveFrom: '2024-04-01', effectiveTo: '2027-03-31' },
        { effectiveFrom: '2027-04-01', effectiveTo: '2028-03-31' },
      ],
    ],
    ['that end on the day before', { effectiveTo: '2027-03-31' }, [{ series: 'old' }]],
    ['that begin later', { effectiveFrom: '2027-06-01' }, [{ series: 'new' }]],
  ] as [string, Partial<TakenRow>, Partial<TakenRow>[]][])('%s', (...[, row, after]) => {
    const rows = switchRows([{ series: 'old', from: 'day10', to: 'month36', ...row }], CHANGE)
    expect(rows).toHaveLength(after.length)
    for (const [index, expected] of after.entries()) {
      expect(rows[index]).toMatchObject({ from: 'day10', to: 'month36', ...expected })
    }
  })

  test('taking the switch back gives what was there, and twice is once', () => {
    const day = fc.constantFrom(null, '2025-04-01', '2027-03-31', '2027-04-01', '2028-01-01')
    const row = fc
      .record({
        series: fc.constantFrom('old', 'other'),
        from: fc.constantFrom(null, 'day10', 'month12'),
        to: fc.constantFrom(null, 'month24'),
        isEndIncluded: fc.boolean(),
        effectiveFrom: day,
        effectiveTo: day,
      })
      .filter(({ effectiveFrom, effectiveTo }) => (effectiveFrom ?? '') <= (effectiveTo ?? '9'))
    const rows = fc.uniqueArray(row, { maxLength: 4, selector: ({ from }) => from })
    fc.assert(
      fc.property(rows, (before) => {
        const after = switchRows(before, CHANGE)
        expect(switchRows(after, CHANGE)).toEqual(after)
        expect(switchState(after, CHANGE)).not.toBe('untouched')
        expect(unswitchRows(after, CHANGE)).toEqual(before)
        if (checkOverlaps(before) === true) expect(checkOverlaps(after)).toBe(true)
      }),
    )
  })
})

const SLOTS = Array.from({ length: 400 }, (_, days) => `day${days}`)

const settings: MunicipalitySettings = {
  code: '999016',
  name: '見本町',
  senderName: '見本町',
  mailFrom: 'a@town.example',
  isActive: true,
  channels: ['mail'],
  lineAccount: null,
  editions: ['standard'],
  areas: [],
  windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
  contact: { department: '課', phone: '0', hours: '', url: null },
  mailAfterCrash: 'at-most-once',
  dailyCap: 3,
  accent: null,
  series: [],
}

const live = (series: string, slots: readonly string[]) =>
  slots.map((slot): LiveContent['texts'][number] => {
    const content: ManuscriptContent = {
      type: 'manuscript',
      series,
      slot,
      edition: 'standard',
      kind: 'stage',
      body: '本文',
      subject: '件名',
      ageBasis: 'calendar',
      monthRule: 'friendly',
    }
    const release = {
      id: `${series}-${slot}`,
      key: `${series}-${slot}`,
      revision: 1,
      action: 'publish',
      content,
      contentHash: contentHash(content),
      variables: {},
      publishedAt: '2026-01-01',
      reviewDueAt: null,
      whenOverdue: 'warn',
    } as const
    return { release, content, isSound: true } as LiveContent['texts'][number]
  })

const content = {
  texts: [...live('old', SLOTS), ...live('new', SLOTS)],
  addOns: [],
} as unknown as LiveContent

/** What a child born on a day gets in 400 days from then, by the series it comes from. */
function lifeOf(birthDate: string, rows: TakenRow[]) {
  const delivered = new Map<string, string>()
  const got: { slot: string; series: string; date: string }[] = []
  for (let age = 0; age < 400; age += 1) {
    const date = addDays(birthDate, age)
    const taken = { ...settings, series: rows as MunicipalitySettings['series'] }
    const program = createProgram({ settings: taken, content, date })
    const { deliveries } = planReader({
      program,
      member: {
        id: 'r',
        preferences: { edition: 'standard', area: null },
        status: 'active',
        route: { isOpen: true, channel: 'mail', account: 'a@town.example' },
        children: [{ id: 'c', pair: 't:1', anchors: { birthDate }, isCorrected: false }],
      },
      delivered,
      isStale: false,
    } as unknown as Parameters<typeof planReader>[0])
    for (const { id, slot, texts } of deliveries) {
      delivered.set(id, date)
      got.push({ slot, date, series: texts.map((text) => text.content.series).join('+') })
    }
  }
  return got
}

test('a child in the middle of the series gets each slot once, over 400 days across the switch', () => {
  const before = [
    {
      series: 'old',
      from: null,
      to: null,
      isEndIncluded: true,
      effectiveFrom: null,
      effectiveTo: null,
    },
  ]
  const rows = switchRows(before, CHANGE)
  const got = lifeOf('2026-09-15', rows)
  expect(got.map(({ slot }) => slot)).toEqual(SLOTS)
  for (const { date, series } of got) expect(series).toBe(date < CHANGE.day ? 'old' : 'new')
  expect(got.some(({ date }) => date === '2027-03-31')).toBe(true)
  expect(got.some(({ date }) => date === '2027-04-01')).toBe(true)
}, 120_000)
