// Notices: by themselves, on their day, once to a reader, to whom they are for; last under the cap.
import { describe, expect, test } from '@jest/globals'

import { deliveryId, pairId } from '../../../src/plan/candidate'
import { imagineDay } from '../../../src/plan/imagined'
import { noticeSlot } from '../../../src/plan/notice'
import { createProgram } from '../../../src/plan/program'
import { liveContent } from '../../../src/release/live'
import type { AddOnContent } from '../../../src/release/content'
import { checkAddOn } from '../../../src/release/limits'
import { contentHash } from '../../../src/release/hash'
import { addDays } from '../../../src/stage/day'
import { child, hanako, planOf } from './readerTables'
import { addOn, noticeToday, release, settings, text, TODAY, TOWN } from './town'

const baby = child('めい', { birthDate: addDays(TODAY, -45) })
const unborn = child('はら', { dueDate: addDays(TODAY, 60) })
const grown = child('あに', { birthDate: addDays(TODAY, -900) })

const one = release(noticeToday())
const slot = noticeSlot(one.key, TODAY)
const stage = release(text({ slot: 'day45' }))

describe('a notice', () => {
  test('goes by itself beside the text of the day, and not with what goes with each text', () => {
    const every = release(addOn({ from: 'day0', to: 'day90', timing: 'every', title: '毎回' }))
    expect(planOf({ member: hanako([baby]), releases: [one, stage, every] })).toEqual({
      deliveries: ['めい day45 [day45 毎回]', `めい ${slot} [講座]`],
      exclusions: [],
    })
  })

  test.each([
    ['a pregnancy in its range', unborn, 1],
    ['a child in its range', baby, 1],
    ['a child past it', grown, 0],
    ['a child of which support texts are asked for', child('ほし', { supportFrom: TODAY }), 0],
  ])('goes to %s: %#', (_, who, expected) => {
    expect(planOf({ member: hanako([who]), releases: [one] }).deliveries).toHaveLength(expected)
  })

  test.each([-1, 1])('comes on no other day (%i)', (by) => {
    const date = addDays(TODAY, by)
    expect(planOf({ member: hanako([baby]), releases: [one], date }).deliveries).toEqual([])
  })

  test('comes once to a reader of several children, and stands for the others', () => {
    expect(planOf({ member: hanako([baby, unborn]), releases: [one] })).toEqual({
      deliveries: [`はら ${slot} [講座]`],
      exclusions: [`めい ${slot} twin → ${deliveryId(pairId(TOWN, 'はら'), slot)}`],
    })
  })

  test('that came for one child does not come again for another one', () => {
    const delivered: [string, string][] = [[deliveryId(pairId(TOWN, 'まえ'), slot), TODAY]]
    expect(planOf({ member: hanako([baby]), releases: [one], delivered })).toEqual({
      deliveries: [],
      exclusions: [`めい ${slot} alreadyDelivered`],
    })
  })

  test('with another day comes again to whoever got it before', () => {
    const date = addDays(TODAY, 30)
    const later = release(noticeToday({ validFrom: date, validTo: date }), { key: one.key })
    const delivered: [string, string][] = [[deliveryId(baby.pair, slot), TODAY]]
    const plan = planOf({ member: hanako([baby]), releases: [later], date, delivered })
    expect(plan.deliveries).toEqual([`めい ${noticeSlot(one.key, date)} [講座]`])
  })

  test('shares its place with nothing, not with another one that begins at the same stage', () => {
    const other = release(noticeToday({ title: '相談会' }))
    const { deliveries } = planOf({ member: hanako([baby]), releases: [one, other] })
    expect(deliveries).toEqual([
      `めい ${slot} [講座]`,
      `めい ${noticeSlot(other.key, TODAY)} [相談会]`,
    ])
  })

  test('is the first that the daily cap leaves out', () => {
    const begins = release(addOn({ from: 'day45', title: '町から' }))
    const releases = [one, begins, release(text({ slot: 'day45', series: 'child' }))]
    const municipality = { dailyCap: 1 }
    expect(planOf({ member: hanako([baby]), releases, municipality })).toMatchObject({
      exclusions: [`めい ${slot} dailyCap`],
    })
  })
})

describe('whom a notice is limited to', () => {
  const line = { isOpen: true as const, channel: 'line' as const, account: 'L1' }
  const of = (changed: Partial<AddOnContent>, reader: object) => {
    const preferences = { edition: 'standard', area: '北', ...reader }
    const member = hanako([baby], { preferences, route: line })
    return planOf({ member, releases: [release(noticeToday(changed))] }).deliveries.length
  }
  test.each([
    [{ relation: 'father' }, { relation: 'father' }, 1],
    [{ relation: 'father' }, { relation: 'mother' }, 0],
    [{ channel: 'line' }, { channel: 'line' }, 1],
    [{ channel: 'mail' }, { channel: 'line' }, 0],
    [{ areas: ['北'] }, {}, 1],
    [{ areas: ['南'] }, {}, 0],
    [{ editions: ['easy'] }, {}, 0],
  ])('%j for a reader %j: %i', (changed, reader, expected) => {
    expect(of(changed, reader)).toBe(expected)
  })
})

test.each([
  [undefined, 1],
  ['father', 1],
  ['mother', 0],
])('who looks at a day as %p is shown a notice for fathers %i times', (relation, times) => {
  const releases = [release(noticeToday({ relation: 'father' }))]
  const program = createProgram({
    settings: settings(),
    content: liveContent(releases),
    date: TODAY,
  })
  const family = { edition: 'standard', area: null, isTwins: false, isCorrected: false }
  const { deliveries } = imagineDay({
    program,
    family: { ...family, channel: 'mail', ...(relation && { relation }) },
    anchors: { birthDate: addDays(TODAY, -45) },
  })
  expect(deliveries).toHaveLength(times)
})

describe('what a notice needs', () => {
  const codes = (content: AddOnContent) =>
    checkAddOn(content).map(({ field, code }) => `${field} ${code}`)
  test.each([
    ['one from a pregnancy to an age', {}, []],
    ['no day', { validFrom: null, validTo: null }, ['validFrom EMPTY']],
    ['two days', { validTo: addDays(TODAY, 1) }, ['validTo VALIDITY_ENDS_BEFORE_START']],
    ['from an age to a pregnancy', { from: 'month1', to: '30w0d' }, ['to MIXED_ANCHORS']],
    ['a school day', { to: 'entry-84' }, ['to SLOT_OUT_OF_RANGE']],
    ['after the last week', { from: '42w0d' }, ['from SLOT_OUT_OF_RANGE']],
    [
      'an hour and no notice',
      { timing: 'every' as const, from: 'month1', hour: '10-00' },
      ['hour NOTICE_ONLY'],
    ],
  ])('%s: %j', (_, changed, expected) => {
    expect(codes(noticeToday(changed))).toEqual(expected)
  })

  test('another hour, relation or channel is another content to approve; none is as before', () => {
    const base = contentHash(noticeToday())
    const others = [{ hour: '10-00' }, { relation: 'father' }, { channel: 'mail' }]
    const hashes = [base, ...others.map((changed) => contentHash(noticeToday(changed)))]
    expect(new Set(hashes).size).toBe(4)
  })
})
