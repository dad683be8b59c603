// An attacker with every output ever published, who knows how the numbers were made, cannot tell which
// of the small numbers a hidden one is. The attacker is written here, with none of the product's code.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import type { Figure, MonthFigures, Part } from '../../../src/statistics/figures'
import { monthFigures, type MonthCounts } from '../../../src/statistics/monthFigures'
import { protectAbout, protectCounted, protectLeft } from '../../../src/statistics/protect'

const codesOf = (counts: readonly number[]) =>
  counts.map((count, at) => ({ code: `c${at}`, count }))

/** All rows of so many numbers that add up to at most so much. */
function* rows(length: number, most: number): Generator<number[]> {
  if (length === 0) return yield []
  for (let one = 0; one <= most; one += 1) {
    for (const rest of rows(length - 1, most - one)) yield [one, ...rest]
  }
}

interface Behind {
  parts: readonly Part[]
  values: Set<number>[]
}

/** What is behind each part of each output, by all rows that lead to it. */
function allBehind(
  all: Iterable<number[]>,
  tell: (counts: number[]) => { key: string; parts: readonly Part[] } | null,
): Map<string, Behind> {
  const behind = new Map<string, Behind>()
  for (const counts of all) {
    const told = tell(counts)
    if (!told) continue
    const known = behind.get(told.key) ?? {
      parts: told.parts,
      values: counts.map(() => new Set<number>()),
    }
    counts.forEach((count, at) => known.values[at]?.add(count))
    behind.set(told.key, known)
  }
  return behind
}

/** Hidden parts behind which less is possible than they say. */
function narrowIn(behind: ReadonlyMap<string, Behind>, small: string): string[] {
  return [...behind].flatMap(([key, { parts, values }]) =>
    parts.flatMap(({ figure }, at) => {
      const found = [...(values[at] ?? [])].sort((a, b) => a - b)
      const isNarrow =
        (figure === 'small' && found.join() !== small) ||
        // never surely small, and never fewer than a small one has
        (figure === 'withheld' && (found.length < 4 || (found.at(-1) ?? 0) < 4))
      return isNarrow ? [`${key} ${at}: ${found.join()}`] : []
    }),
  )
}

describe('who knows the rules and tries every population', () => {
  test.each([
    [2, 60],
    [3, 40],
    [4, 26],
    [5, 19],
  ])('finds every value from 1 to 4 behind each small one of %i parts', (length, most) => {
    const behind = allBehind(rows(length, most), (counts) => {
      const told = protectCounted(codesOf(counts))
      return { key: JSON.stringify(told), parts: told.parts }
    })
    expect(narrowIn(behind, '1,2,3,4')).toEqual([])
  })

  test('finds nobody to four behind each small one of those who are there', () => {
    const most = 60
    const behind = allBehind(rows(3, most), (counts) => {
      const total = counts.reduce((sum, count) => sum + count, 0)
      const told = protectAbout(total, { channel: codesOf(counts) })
      // of larger totals not all rows are tried
      if (typeof told.total === 'object' && told.total.about + 4 > most) return null
      return { key: JSON.stringify(told), parts: told.by.channel }
    })
    expect(narrowIn(behind, '0,1,2,3,4')).toEqual([])
  })
})

test('of how many have left and how many are left, nobody finds fewer values than a small one has', () => {
  for (let all = 0; all <= 120; all += 1) {
    const behind = allBehind(
      Array.from({ length: all + 1 }, (_, left) => [left]),
      ([left = 0]) => {
        const parts = [{ code: 'left', figure: protectLeft(left, all) }]
        return { key: `${all} ${JSON.stringify(parts)}`, parts }
      },
    )
    expect(narrowIn(behind, '0,1,2,3,4').filter(() => all >= 15)).toEqual([])
    for (const { parts, values } of behind.values()) {
      const [left = new Set()] = values
      // fewer than five, of those who left or of those who are there, are never told apart
      const few = [...left].filter((one) => Math.min(one, all - one) < 5)
      expect([all, parts, few.length === 0 || few.length >= 5 || all < 15]).toEqual([
        all,
        parts,
        true,
      ])
    }
  }
})

/** The numbers that one may be, from the first to the last. */
type Range = readonly [number, number]

/** What one number may be for somebody who has only its own cell. */
function rangeOf(figure: Figure, zero: 'told' | 'small', most: number): Range {
  if (typeof figure === 'number') return [figure, figure]
  if (figure === 'small') return [zero === 'told' ? 1 : 0, 4]
  if (figure === 'withheld') return [0, most]
  return [Math.max(5, figure.about - 5), figure.about + 4]
}

/** Some sums, as the bits of a number, with one of a range added to each. */
function plus(sums: bigint, [from, to]: Range): bigint {
  let spread = sums << BigInt(from)
  for (let done = 1; done <= to - from; done *= 2) {
    spread |= spread << BigInt(Math.min(done, to - from + 1 - done))
  }
  return spread
}

/** The sums that some cells may have together. */
const sumsOf = (cells: readonly Range[]) => cells.reduce(plus, 1n)

/** What one of some cells may be where all of them add up to one of some totals. */
function feasible(cells: readonly Range[], at: number, totals: bigint): number[] {
  const [from, to] = cells[at] ?? [0, 0]
  const others = sumsOf(cells.filter((_, other) => other !== at))
  const values = Array.from({ length: to - from + 1 }, (_, more) => from + more)
  return values.filter((value) => ((others << BigInt(value)) & totals) !== 0n)
}

const RELATIONS = ['mother', 'father', 'grandparent', 'other']
const STAGES = ['pregnant', 'age0', 'age1to2', 'age3up', 'unknown']
const CHANNELS = ['line', 'mail']
const AREAS = ['north', 'south', 'none']
const SOURCES = ['handbook', 'clinic', 'other', 'none']
const EDITIONS = ['standard', 'easy']

interface Person {
  month: number
  relation: number
  stage: number
  channel: number
  area: number
  source: number
  edition: number
  endsAfter: number
}

/** Numbers below 1 that a seed leads to (mulberry32): a population of thousands is made in no time. */
function* randoms(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many people, most of them of the first kinds. */
function peopleOf(seed: number, size: number): Person[] {
  const random = randoms(seed)
  const below = (length: number) => Math.floor(random.next().value * length)
  const kind = (length: number) => Math.floor(random.next().value ** 2 * length)
  return Array.from({ length: size }, () => ({
    month: below(MONTHS.length),
    relation: kind(RELATIONS.length),
    stage: kind(STAGES.length),
    channel: kind(CHANNELS.length),
    area: kind(AREAS.length),
    source: kind(SOURCES.length),
    edition: kind(EDITIONS.length),
    endsAfter: below(13),
  }))
}

const MONTHS = ['2026-04', '2026-05', '2026-06']

type Way = 'relation' | 'stage' | 'channel' | 'area' | 'source' | 'edition'

const counted = (people: readonly Person[], name: Way, codes: readonly string[]) =>
  codes.map((code, at) => ({ code, count: people.filter((one) => one[name] === at).length }))

/** The months of a population as they are told, one after the other. */
function told(people: readonly Person[], length: 1 | 3): MonthFigures[] {
  const before: Record<string, Figure> = {}
  return MONTHS.map((month, at) => {
    const joined = people.filter((one) => one.month === at)
    const isLast = (at + 1) % length === 0
    const together = people.filter((one) => one.month <= at && one.month > at - length)
    const there = people.filter((one) => one.month <= at && one.month + one.endsAfter > at)
    const counts: MonthCounts = {
      month,
      registered: joined.length,
      breakdown: isLast
        ? {
            months: MONTHS.slice(at + 1 - length, at + 1),
            by: {
              source: counted(together, 'source', SOURCES),
              relation: counted(together, 'relation', RELATIONS),
              stage: counted(together, 'stage', STAGES),
              channel: counted(together, 'channel', CHANNELS),
              area: counted(together, 'area', AREAS),
            },
            // whoever registers has begun: the fewest views are the worst of them
            use: counted(together, 'source', SOURCES).map(({ code, count }, at) => ({
              code,
              opened: count + at,
              started: count,
            })),
          }
        : null,
      active: {
        total: there.length,
        by: {
          stage: counted(there, 'stage', STAGES),
          channel: counted(there, 'channel', CHANNELS),
          area: counted(there, 'area', AREAS),
          edition: counted(there, 'edition', EDITIONS),
        },
      },
      ended: null,
      funnel: { opened: 0, started: 0, accepted: 0 },
      stays: [],
      deliveries: { planned: 0, accepted: 0, excluded: [] },
    }
    const figures = monthFigures(counts, before)
    before[month] = figures.registered.total
    return figures
  })
}

/** Hidden numbers that all outputs together say more of than that they are small. */
function narrowed(months: readonly MonthFigures[], most: number): string[] {
  const faults: string[] = []
  interface Known {
    figures: readonly Figure[]
    cells: readonly Range[]
    totals: bigint
  }
  const look = (what: string, { figures, cells, totals }: Known, all: string) =>
    figures.forEach((figure, at) => {
      if (figure !== 'small') return
      const found = feasible(cells, at, totals).join()
      if (found !== all) faults.push(`${what} ${at}: ${found}`)
    })
  for (const { month, registered, active } of months) {
    const { breakdown } = registered
    if (breakdown) {
      const single = months
        .filter((one) => one.month >= breakdown.from && one.month <= breakdown.to)
        .map((one) => one.registered.total)
      const cells = single.map((figure) => rangeOf(figure, 'told', most))
      const totals = plus(1n, rangeOf(breakdown.total, 'told', most))
      const possible = sumsOf(cells) & totals
      look(`${month} months`, { figures: single, cells, totals: possible }, '1,2,3,4')
      for (const [name, parts] of Object.entries(breakdown.by)) {
        const figures = parts.map(({ figure }) => figure)
        const cells = parts.map(({ code, figure }): Range => {
          const [least, greatest] = rangeOf(figure, 'told', most)
          const use = name === 'source' && breakdown.use?.find((one) => one.code === code)
          if (!use) return [least, greatest]
          const views = [use.opened, use.started].map((one) => rangeOf(one, 'small', most)[1])
          return [least, Math.min(greatest, ...views)]
        })
        look(`${month} ${name}`, { figures, cells, totals: possible }, '1,2,3,4')
      }
    }
    const ways = Object.entries(active.by).map(([name, parts]) => ({
      name,
      figures: parts.map(({ figure }) => figure),
      cells: parts.map(({ figure }) => rangeOf(figure, 'small', most)),
    }))
    const totals = ways.reduce(
      (known, { cells }) => known & sumsOf(cells),
      plus(1n, rangeOf(active.total, 'small', most)),
    )
    for (const { name, figures, cells } of ways) {
      look(`${month} active ${name}`, { figures, cells, totals }, '0,1,2,3,4')
    }
  }
  return faults
}

test('of ten thousand populations no output narrows a small number', () => {
  let hidden = 0
  let shown = 0
  fc.assert(
    fc.property(
      fc.integer(),
      fc.nat({ max: 60 }),
      fc.constantFrom(1 as const, 3 as const),
      (seed, size, length) => {
        const months = told(peopleOf(seed, size), length)
        const text = JSON.stringify(months)
        hidden += text.split('"small"').length - 1
        shown += text.split(/"figure":\d/).length - 1
        expect(narrowed(months, 200)).toEqual([])
      },
    ),
    { numRuns: 10_000 },
  )
  // the property speaks of something
  expect(hidden).toBeGreaterThan(50_000)
  expect(shown).toBeGreaterThan(50_000)
}, 300_000)
