import { expect, test } from '@jest/globals'

import { compareSlots, parseSlot } from '../../../src/stage/slot'
import type { SeriesTaken } from '../../../src/plan/settings'
import { grouped, municipalities, readers, slotsOf, type Row } from './sampleFiles'

const families = grouped(readers, 'address')
const isTwins = (rows: Row[]) => new Set(rows.map(({ stage }) => stage)).size < rows.length

test('there are 300 readers', () => {
  expect(families).toHaveLength(300)
})

test('each is at a stage that can be read, on a channel, edition and area of the municipality', () => {
  for (const { municipality, channel, address = '', anchor, stage = '', ...row } of readers) {
    const home = municipalities.find(({ code }) => code === municipality)
    expect(home?.channels).toContain(channel)
    expect(parseSlot(stage).anchor.replace('schoolEntry', 'birthDate')).toBe(anchor)
    const form = channel === 'line' ? /^U[0-9a-f]{32}$/ : /^mihon\d{3}@example\.(jp|com|net|org)$/
    expect(address).toMatch(form)
    expect(home?.editions).toContain(row.edition)
    expect(['', ...(home?.areas ?? [])]).toContain(row.area)
    expect(['mother', 'father', 'grandparent', 'other']).toContain(row.relation)
    expect(row.consentVersion).not.toBe('')
  }
})

test('120 readers or more have a text on the first day, whatever day it is', () => {
  const served = readers.filter(({ stage = '', municipality }) => {
    // A month may be due on another day at a month's end, and school entry has its season.
    if (!/^(\d+w0d|day\d+)$/.test(stage)) return false
    const home = municipalities.find(({ code }) => code === municipality)
    return home?.series.some((taken) => isTaken(stage, taken))
  })
  expect(grouped(served, 'address').length).toBeGreaterThanOrEqual(120)
})

test('the rows of one reader agree', () => {
  const shared = ['municipality', 'channel', 'edition', 'relation', 'area', 'consentVersion']
  for (const rows of families) {
    for (const column of shared) expect(new Set(rows.map((row) => row[column])).size).toBe(1)
  }
})

test('there are twins, siblings and readers of plain Japanese', () => {
  const several = families.filter((rows) => rows.length > 1)
  expect(several.filter(isTwins).length).toBeGreaterThanOrEqual(10)
  expect(several.filter((rows) => !isTwins(rows)).length).toBeGreaterThanOrEqual(15)
  expect(families.filter(([row]) => row?.edition === 'easy').length).toBeGreaterThanOrEqual(20)
})

test('all stages are there: before birth, after it, before school and past the last text', () => {
  const stages = readers.map(({ stage = '' }) => stage)
  for (const kind of [/^\d+w[1-6]d$/, /^day\d+$/, /^month\d+$/, /^month\d+\+\d+$/, /^entry/]) {
    expect(stages.some((stage) => kind.test(stage))).toBe(true)
  }
  expect(stages).toContain('42w0d')
})

function isTaken(slot: string, { series, from, to, isEndIncluded }: SeriesTaken): boolean {
  if (!slotsOf(series).includes(slot)) return false
  const at = parseSlot(slot)
  if (from !== null && compareSlots(at, parseSlot(from)) < 0) return false
  const untilEnd = to === null ? -1 : compareSlots(at, parseSlot(to))
  return isEndIncluded ? untilEnd <= 0 : untilEnd < 0
}
