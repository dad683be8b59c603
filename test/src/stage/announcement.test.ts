import { expect, test } from '@jest/globals'

import { expectedSlots } from '../../../src/stage/cadence'
import { compareSlots, parseSlot, slotCode, slotLabel } from '../../../src/stage/slot'
import { stageAt } from '../../../src/stage/stage'

test('it is called 引き継ぎのお知らせ, and read by either', () => {
  expect(slotLabel(parseSlot('announcement'))).toBe('引き継ぎのお知らせ')
  expect(slotCode(parseSlot('引き継ぎのお知らせ'))).toBe('announcement')
  expect(() => parseSlot('announcement1')).toThrow()
})

test('a series expects it once, and it stands after all others', () => {
  const row = { from: 'announcement', to: 'announcement', every: 1, unit: 'day' as const }
  expect(expectedSlots([row])).toEqual(['announcement'])
  const [a, b] = ['support100', 'announcement'].map(parseSlot)
  expect(compareSlots(a!, b!)).toBeLessThan(0)
})

test('a child is where it is; of an imagined family that is told, no more is known', () => {
  const told = { announceOn: '2026-11-30' }
  expect(stageAt(told, '2026-11-30').label).toBe('引き継ぎのお知らせの日')
  const born = { ...told, birthDate: '2026-11-01' }
  expect(stageAt(born, '2026-11-30').label).toBe('生後29日')
})
