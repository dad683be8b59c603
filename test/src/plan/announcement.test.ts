// Who was imported is told who sends from now on: once, with the first text, or on their last day.
import { describe, expect, test } from '@jest/globals'

import { liveContent } from '../../../src/release/live'
import {
  ANNOUNCED_OVER_DAYS,
  announcementSubject,
  announceDay,
  lastAnnounceDay,
} from '../../../src/plan/announcement'
import { familiesDue } from '../../../src/plan/families'
import { imagineDay } from '../../../src/plan/imagined'
import { planReader, type Member } from '../../../src/plan/reader'
import { createProgram } from '../../../src/plan/program'
import type { Release } from '../../../src/release/content'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import { addDays } from '../../../src/stage/day'
import { addOn, announcing, release, settings, text, TODAY } from './town'

const announcement = release(text({ slot: 'announcement', body: 'これからは町からです。' }))
const easy = release(text({ slot: 'announcement', edition: 'easy', subject: 'やさしい' }))
const day45 = release(text({ slot: 'day45' }))
const BORN = addDays(TODAY, -45)
const LATER = addDays(TODAY, 5)

const program = (releases: Release[], town: MunicipalitySettings = announcing()) =>
  createProgram({ settings: town, content: liveContent(releases), date: TODAY })

type Child = Partial<Member['children'][number]['anchors']> & { isCorrected?: boolean }

function planned(releases: Release[], children: Child[], changed: Partial<Member> = {}) {
  const plan = planReader({
    program: program(releases, announcing({ dailyCap: 2 })),
    delivered: new Map(),
    member: {
      id: 'reader',
      preferences: { edition: 'standard', area: null },
      status: 'active',
      route: { isOpen: true, channel: 'line', account: 'L1' },
      children: children.map((anchors, at) => ({
        id: `child${at}`,
        pair: `999016:${at + 1}`,
        anchors,
        isCorrected: false,
      })),
      ...changed,
    },
  })
  expect(plan.candidates).toBe(plan.deliveries.length + plan.exclusions.length)
  return plan
}

const idsOf = (...given: Parameters<typeof planned>) =>
  planned(...given).deliveries.map(({ id }) => id)

describe('a reader who is to be told', () => {
  test('is told before the first text, or alone on the last day, and not on other days', () => {
    const all = [announcement, day45]
    const first = ['999016:announcement:1', '999016:day45:1']
    expect(idsOf(all, [{ birthDate: BORN, announceOn: LATER }])).toEqual(first)
    expect(idsOf(all, [{ birthDate: BORN, announceOn: TODAY }])).toEqual(first)
    const other = addDays(BORN, 1)
    expect(idsOf(all, [{ birthDate: other, announceOn: TODAY }])).toEqual(first.slice(0, 1))
    expect(idsOf(all, [{ birthDate: other, announceOn: LATER }])).toEqual([])
    expect(idsOf(all, [{ birthDate: BORN, announceOn: addDays(TODAY, -1) }])).toEqual(
      first.slice(1),
    )
    expect(idsOf(all, [{ birthDate: BORN }])).toEqual(first.slice(1))
  })

  test('is told once for all children, whichever of twins stands for them', () => {
    const twins = [{ birthDate: BORN }, { birthDate: BORN, announceOn: LATER }]
    expect(idsOf([announcement, day45], twins).sort()).toEqual([
      '999016:announcement:2',
      '999016:day45:1',
    ])
    expect(idsOf([announcement, day45], [...twins].reverse()).sort()).toEqual([
      '999016:announcement:1',
      '999016:day45:1',
    ])
    const [told] = planned([announcement, day45], twins).deliveries.filter(
      ({ slot }) => slot === 'announcement',
    )
    expect(told?.isPlural).toBe(false)
  })

  test('reads it apart from a milestone of the day, which stays with the child’s text', () => {
    const milestone = release(text({ slot: 'day45', kind: 'milestone', series: 'child' }))
    const all = [announcement, day45, milestone]
    const { deliveries } = planned(all, [{ birthDate: BORN, announceOn: LATER }])
    expect(deliveries.map(({ slot, texts }) => [slot, texts.length])).toEqual([
      ['announcement', 1],
      ['day45', 2],
    ])
  })

  test('gets it within the day’s cap, before what comes after', () => {
    const older = addDays(TODAY, -45 - 30)
    const all = [announcement, day45, release(text({ slot: 'day75' }))]
    const children = [{ birthDate: BORN, announceOn: LATER }, { birthDate: older }]
    expect(idsOf(all, children)).toEqual(['999016:announcement:1', '999016:day45:1'])
  })

  test('gets nothing who has stopped or rests', () => {
    const child = [{ birthDate: BORN, announceOn: LATER }]
    expect(idsOf([announcement, day45], child, { status: 'stopped' })).toEqual([])
    expect(idsOf([announcement, day45], child, { rest: { until: null } })).toEqual([])
  })

  test('reads it in their edition, with the town’s words, as discreetly as their texts', () => {
    const own = release(addOn({ from: 'announcement' }))
    const anchors = { dueDate: addDays(TODAY, 240), announceOn: TODAY }
    const wanted = { edition: 'easy', area: null }
    const [told] = planned([announcement, easy, own], [anchors], {
      preferences: wanted,
    }).deliveries
    expect(told?.texts.map(({ content }) => content.subject)).toEqual(['やさしい'])
    expect(told).toMatchObject({ isDiscreet: true, addOns: [{ content: { title: '町から' } }] })
    const late = { dueDate: addDays(TODAY, 30), announceOn: TODAY }
    expect(planned([announcement], [late]).deliveries).toMatchObject([{ isDiscreet: false }])
  })
})

test('what was not approved, is not taken or was withdrawn is told to nobody', () => {
  const child = [{ birthDate: BORN, announceOn: TODAY }]
  expect(idsOf([{ ...announcement, contentHash: 'another' }], child)).toEqual([])
  expect(
    idsOf([announcement, { ...announcement, revision: 2, action: 'withdraw' }], child),
  ).toEqual([])
  expect(program([announcement], settings()).dates.announceDays).toEqual([])
})

test('a day of the town shows it by itself', () => {
  const today = program([announcement])
  const [family] = familiesDue(today)
  expect(family).toEqual({ anchor: 'announcement', date: TODAY, anchors: { announceOn: TODAY } })
  const imagined = { edition: 'standard', area: null, isTwins: false, isCorrected: false }
  const plan = imagineDay({
    program: today,
    family: { ...imagined, channel: 'mail' },
    anchors: family!.anchors,
  })
  expect(plan.deliveries.map(({ slot }) => slot)).toEqual(['announcement'])
})

describe('what an import finds to say', () => {
  const READER = { edition: 'standard', area: null }
  const subject = (releases: Release[], town = announcing(), edition = 'standard') =>
    announcementSubject(
      { settings: town, content: liveContent(releases), date: TODAY },
      { ...READER, edition },
    )

  test('is the approved text of a series the town takes, in the edition, or takes soon', () => {
    expect(subject([announcement, easy])).toBe('announcement のお知らせ')
    expect(subject([announcement, easy], announcing(), 'easy')).toBe('やさしい')
    expect(subject([announcement], settings())).toBeNull()
    expect(subject([])).toBeNull()
    const from = (effectiveFrom: string) => {
      const { series, ...town } = announcing()
      return { ...town, series: series.map((one) => ({ ...one, effectiveFrom })) }
    }
    expect(subject([announcement], from(addDays(TODAY, 30)))).toBe('announcement のお知らせ')
    expect(subject([announcement], from(addDays(lastAnnounceDay(TODAY), 1)))).toBeNull()
  })

  test('readers without a text of their own are spread over two weeks', () => {
    const ids = Array.from(
      { length: 280 },
      (_, at) => `${(at * 7919).toString(16).padStart(8, '0')}`,
    )
    const days = ids.map((id) => announceDay(id, TODAY))
    expect([...new Set(days)].sort()).toEqual(
      Array.from({ length: ANNOUNCED_OVER_DAYS }, (_, at) => addDays(TODAY, 1 + at)),
    )
    const most = Math.max(
      ...[...new Set(days)].map((day) => days.filter((one) => one === day).length),
    )
    expect(most).toBeLessThan(40)
  })
})
