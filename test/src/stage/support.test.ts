import { expect, test } from '@jest/globals'

import { dueDay } from '../../../src/stage/due'
import { anchorDaysFor } from '../../../src/stage/inverse'
import { compareSlots, parseSlot, slotCode, slotLabel } from '../../../src/stage/slot'
import { stageAt } from '../../../src/stage/stage'

const OPTIONS = { monthRule: 'friendly' as const }
const ASKED = { supportFrom: '2026-11-30' }

test.each([
  ['support0', '手続きや相談先のページ'],
  ['support1', '支えの文の1日目'],
  ['support50', '支えの文の50日目'],
])('%s is called %s, and read by either', (code, label) => {
  const slot = parseSlot(code)
  expect(slotLabel(slot)).toBe(label)
  expect(slotCode(parseSlot(label))).toBe(code)
})

test.each(['support101', 'support-1', '支えの文', 'support'])('%s is no slot', (text) => {
  expect(() => parseSlot(text)).toThrow()
})

test('the day counts from the day it was asked for, over a month and a leap day', () => {
  expect(dueDay(parseSlot('support1'), ASKED, OPTIONS)).toBe('2026-12-01')
  const leap = { supportFrom: '2028-02-28' }
  expect(dueDay(parseSlot('support2'), leap, OPTIONS)).toBe('2028-03-01')
  expect(anchorDaysFor(parseSlot('support2'), '2028-03-01', 'friendly')).toEqual({
    field: 'supportFrom',
    days: ['2028-02-28'],
  })
})

test('a child has no day of it, and who has asked no day of a child', () => {
  const child = { birthDate: '2026-11-30', dueDate: '2026-11-30' }
  expect(dueDay(parseSlot('support1'), child, OPTIONS)).toBeNull()
  for (const code of ['8w0d', 'day1', 'month1', 'entry-84']) {
    expect(dueDay(parseSlot(code), ASKED, OPTIONS)).toBeNull()
  }
  expect(stageAt(ASKED, '2026-12-01')).toEqual({ kind: 'support', label: '支えの文の1日目' })
})

test('it stands after all others, by its days', () => {
  const order = ['support4', 'entry+800', 'support0', 'month240'].map(parseSlot).sort(compareSlots)
  expect(order.map(slotCode)).toEqual(['month240', 'entry+800', 'support0', 'support4'])
})
