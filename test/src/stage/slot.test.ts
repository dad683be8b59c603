import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { compareSlots, parseSlot, slotCode, slotLabel, slotSortKey } from '../../../src/stage/slot'
import {
  ageCadence,
  anySlot,
  daySlot,
  entrySlot,
  monthSlot,
  pregnancyCadence,
  schoolCadence,
  weekSlot,
} from './samples'

describe.each([
  ['24w3d', '妊娠24週3日', weekSlot(24, 3)],
  ['0w0d', '妊娠0週0日', weekSlot(0, 0)],
  ['42w6d', '妊娠42週6日', weekSlot(42, 6)],
  ['day0', '生後0日', daySlot(0)],
  ['day45', '生後45日', daySlot(45)],
  ['day3650', '生後3650日', daySlot(3650)],
  ['month1', '生後1か月', monthSlot(1)],
  ['month11+2', '生後11か月と2日', monthSlot(11, 2)],
  ['month12', '1歳', monthSlot(12)],
  ['month18', '1歳6か月', monthSlot(18)],
  ['month18+3', '1歳6か月と3日', monthSlot(18, 3)],
  ['month36+1', '3歳と1日', monthSlot(36, 1)],
  ['month240', '20歳', monthSlot(240)],
  ['entry-84', '入学の84日前', entrySlot(-84)],
  ['entry+10', '入学から10日', entrySlot(10)],
  ['entry+0', '入学の日', entrySlot(0)],
  ['entry+1y-1', '7歳学年年度末', entrySlot(-1, 1)],
  ['entry-3y+0', '入学の3年前の日', entrySlot(0, -3)],
  ['entry+1y+10', '入学の1年後から10日', entrySlot(10, 1)],
  ['entry+1y-10', '入学の1年後の10日前', entrySlot(-10, 1)],
])('%s', (code, label, slot) => {
  test('is read from its code', () => expect(parseSlot(code)).toEqual(slot))
  test(`is read from its label ${label}`, () => expect(parseSlot(label)).toEqual(slot))
  test('is written as its code', () => expect(slotCode(slot)).toBe(code))
  test('is shown as its label', () => expect(slotLabel(slot)).toBe(label))
})

test.each([
  ['妊娠24週3日', '24w3d'],
  [' 妊娠 24週 3日 ', '24w3d'],
  ['24週3日', '24w3d'],
  ['妊娠24週', '24w0d'],
  ['妊娠24週3日目', '24w3d'],
  ['生後100日目', 'day100'],
  ['1才6か月', 'month18'],
  ['1才半', 'month18'],
  ['24W3D', '24w3d'],
  ['day045', 'day45'],
  ['month18+0', 'month18'],
  ['1歳半', 'month18'],
  ['1歳6ヶ月', 'month18'],
  ['1歳6カ月と3日', 'month18+3'],
  ['18か月', 'month18'],
  ['満3歳', 'month36'],
  ['3歳の誕生日', 'month36'],
  ['生後3か月', 'month3'],
  ['0歳3か月', 'month3'],
  ['入学の12週前', 'entry-84'],
  ['入学から2週間', 'entry+14'],
  ['entry-0', 'entry+0'],
  ['entry−84', 'entry-84'],
  ['6歳学年年度末', 'entry-1'],
  ['7歳学年度末', 'entry+1y-1'],
])('「%s」 is also understood, as %s', (text, code) => {
  expect(slotCode(parseSlot(text))).toBe(code)
})

test.each([
  ['', 'BAD_SLOT'],
  ['24w', 'BAD_SLOT'],
  ['24週', 'BAD_SLOT'], // of pregnancy or of life
  ['w3d', 'BAD_SLOT'],
  ['-4w0d', 'BAD_SLOT'],
  ['4w-1d', 'BAD_SLOT'],
  ['day', 'BAD_SLOT'],
  ['day-1', 'BAD_SLOT'],
  ['day4.5', 'BAD_SLOT'],
  ['生後45', 'BAD_SLOT'],
  ['day45日', 'BAD_SLOT'],
  ['month18-3', 'BAD_SLOT'],
  ['1歳12か月', 'BAD_SLOT'],
  ['と3日', 'BAD_SLOT'],
  ['entry84', 'BAD_SLOT'],
  ['entry', 'BAD_SLOT'],
  ['2026-10-01', 'BAD_SLOT'],
  ['43w0d', 'SLOT_OUT_OF_RANGE'],
  ['24w7d', 'SLOT_OUT_OF_RANGE'],
  ['day3651', 'SLOT_OUT_OF_RANGE'],
  ['month0', 'SLOT_OUT_OF_RANGE'],
  ['生後0か月', 'SLOT_OUT_OF_RANGE'],
  ['month241', 'SLOT_OUT_OF_RANGE'],
  ['month18+367', 'SLOT_OUT_OF_RANGE'],
  ['entry+801', 'SLOT_OUT_OF_RANGE'],
  ['entry-801', 'SLOT_OUT_OF_RANGE'],
  ['entry+13y+0', 'SLOT_OUT_OF_RANGE'],
])('「%s」 is refused as %s with a sentence that says what to write', (text, code) => {
  expect(() => parseSlot(text)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(/^「.*書いてください。$/) }),
  )
})

test('code and label of every slot lead back to it', () => {
  fc.assert(
    fc.property(anySlot, (slot) => {
      expect(slotCode(parseSlot(slotCode(slot)))).toBe(slotCode(slot))
      expect(slotCode(parseSlot(slotLabel(slot)))).toBe(slotCode(slot))
    }),
  )
})

test('two slots never share a label or a sort key', () => {
  fc.assert(
    fc.property(anySlot, anySlot, (a, b) => {
      const isSame = slotCode(a) === slotCode(b)
      expect(slotLabel(a) === slotLabel(b)).toBe(isSame)
      expect(slotSortKey(a) === slotSortKey(b)).toBe(isSame)
    }),
  )
})

test('the sort key of a code is the one of its slot, and orders life', () => {
  const codes = ['0w0d', '42w6d', 'day0', 'day30', 'month1', 'day31', 'month240', 'entry-800']
  const keys = codes.map(slotSortKey)
  expect(keys).toEqual([...keys].sort((a, b) => a - b))
  expect(keys).toEqual(codes.map((code) => slotSortKey(parseSlot(code))))
})

test.each([
  ['pregnancy', pregnancyCadence()],
  ['age', ageCadence()],
  ['school', schoolCadence()],
])('the %s cadence is in the order of compareSlots', (_, slots) => {
  expect([...slots].reverse().sort(compareSlots)).toEqual(slots)
})
