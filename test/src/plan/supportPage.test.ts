import { describe, expect, test } from '@jest/globals'

import { liveContent } from '../../../src/release/live'
import { imagineDay, type ImaginedFamily } from '../../../src/plan/imagined'
import { planReader, type Member } from '../../../src/plan/reader'
import { createProgram } from '../../../src/plan/program'
import { supportDaysOf, supportPageOf } from '../../../src/plan/supportPage'
import type { Release } from '../../../src/release/content'
import { addDays } from '../../../src/stage/day'
import { addOn, release, settings, supporting, supportTexts, text, TODAY } from './town'

const READER = { edition: 'standard', area: null }
const family: ImaginedFamily = {
  ...READER,
  channel: 'line',
  isTwins: false,
  isCorrected: false,
}
const inTown = (releases: Release[], town = supporting()) => ({
  settings: town,
  content: liveContent(releases),
  date: TODAY,
})
const bodies = (releases: Release[], edition = 'standard', town = supporting()) =>
  supportPageOf(inTown(releases, town), { ...READER, edition })?.texts.map(
    ({ content }) => content.body,
  )

describe('the page of procedures and contacts', () => {
  const easy = release(text({ slot: 'support0', edition: 'easy', body: 'やさしい' }))

  test('is the published one in the reader’s edition, else in the first of the town', () => {
    const all = [...supportTexts(), easy]
    expect(bodies(all)).toEqual(['support0 の文です。'])
    expect(bodies(all, 'easy')).toEqual(['やさしい'])
    expect(bodies(supportTexts(), 'easy')).toEqual(['support0 の文です。'])
  })

  test('is nothing without one that was approved, is due and not hidden, and where it is not taken', () => {
    const [page] = supportTexts()
    expect(bodies([])).toBeUndefined()
    expect(bodies([page!], 'standard', settings())).toBeUndefined()
    expect(bodies([{ ...page!, contentHash: 'another' }])).toBeUndefined()
    expect(bodies([page!, { ...page!, revision: 2, action: 'withdraw' }])).toBeUndefined()
    const overdue = { reviewDueAt: '2026-10-01T00:00:00Z', whenOverdue: 'stop' as const }
    expect(bodies([{ ...page!, ...overdue }])).toBeUndefined()
    const part = { series: 'support', from: 'support1', to: null, isEndIncluded: true }
    const later = { ...part, effectiveFrom: null, effectiveTo: null }
    expect(bodies([page!], 'standard', { ...settings(), series: [later] })).toBeUndefined()
  })

  test('bears the town’s add-on, which stands on no text', () => {
    const own = addOn({ from: 'support0', to: 'support0', timing: 'every' })
    const all = [...supportTexts(), release(own), release({ ...own, timing: 'once' })]
    expect(supportPageOf(inTown(all), READER)?.addOns).toHaveLength(2)
    const day = { ...inTown(all), date: addDays(TODAY, 1) }
    const { deliveries } = imagineDay({
      program: createProgram(day),
      family,
      anchors: { supportFrom: TODAY },
    })
    expect(deliveries.map(({ slot, addOns }) => [slot, addOns.length])).toEqual([['support1', 0]])
  })

  test('is never due to anybody', () => {
    const program = createProgram(inTown(supportTexts()))
    expect(program.dates.supportDays).not.toContain(TODAY)
    expect(program.dueFor({ supportFrom: TODAY }, false)).toMatchObject({ texts: [], slots: [] })
  })
})

describe('support texts', () => {
  test('come on their days after the day they were asked for, discreetly whatever was wished', () => {
    const asked = { supportFrom: TODAY }
    const days = Array.from({ length: 20 }, (_, day) => day)
    const came = days.flatMap((day) => {
      const program = createProgram({ ...inTown(supportTexts()), date: addDays(TODAY, day) })
      const wishes = { discreet: false }
      return imagineDay({ program, family: { ...family, wishes }, anchors: asked }).deliveries.map(
        ({ slot, isDiscreet }) => [day, slot, isDiscreet],
      )
    })
    expect(came).toEqual([
      [1, 'support1', true],
      [4, 'support4', true],
      [8, 'support8', true],
    ])
  })

  test('greet nobody: a child that is registered meanwhile is greeted in its own text, or alone', () => {
    const content = liveContent([...supportTexts(), release(text({ slot: 'day45' }))])
    const program = createProgram({ ...inTown([]), content, date: TODAY })
    const asked = { supportFrom: addDays(TODAY, -1) }
    const plan = (birthDate: string) => {
      const children = [asked, { birthDate }].map((anchors, at) => ({
        id: `c${at}`,
        pair: `999016:${at + 1}`,
        anchors,
        isCorrected: false,
      }))
      const member: Member = {
        id: 'r',
        preferences: READER,
        status: 'active',
        route: { isOpen: true, channel: 'line', account: 'L1' },
        children,
      }
      const { deliveries } = planReader({ program, member, delivered: new Map(), isWelcome: true })
      return deliveries.map(({ slot, isWelcome }) => `${slot} ${isWelcome}`).sort()
    }
    expect(plan(addDays(TODAY, -45))).toEqual(['day45 true', 'support1 false'])
    expect(plan(addDays(TODAY, -44))).toEqual(['support1 false', 'welcome true'])
  })

  test('are told of by the days on which one comes', () => {
    expect(supportDaysOf(inTown(supportTexts()), READER)).toEqual([1, 4, 8])
    expect(supportDaysOf(inTown(supportTexts(), settings()), READER)).toEqual([])
    expect(supportDaysOf(inTown(supportTexts('easy')), READER)).toEqual([])
  })
})
