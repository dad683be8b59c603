// The oracle of the year: it shares nothing with the product, and a log with a fault is told.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { otherwiseCounted } from './answering'
import { planContents } from './contents'
import { instant, later, monthsLater, slotsOn, type Day } from './days'
import { TIMES } from './known'
import { lineId } from './merge'
import { createOracle, type Taken } from './oracle'
import { planFamilies, type Act, type Deed, type PlannedReader } from './plan'
import { surveyId } from './releases'
import { FIRST_DAY } from './setting'

test.each([
  ...['oracle.ts', 'known.ts', 'days.ts', 'setting.ts', 'merge.ts'],
  ...['plan.ts', 'family.ts', 'stories.ts', 'contents.ts'],
])('%s imports none of the product’s code', async (name) => {
  const text = await readFile(join(import.meta.dirname, name), 'utf8')
  const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from)
  const own =
    /^(\.\/(oracle|known|days|setting|merge|plan|family|stories|contents)|\.\.\/chaos\/random)$/
  expect(imported.filter((from) => !own.test(from))).toEqual([])
})

describe('the arithmetic of the oracle', () => {
  const unborn = (due: Day) => ({ due, birth: null, isCorrected: false })
  const born = (birth: Day) => ({ due: null, birth, isCorrected: false })

  test.each([
    ['2025-12-25', []],
    ['2026-01-22', ['4w0d']],
    ['2026-09-30', ['39w6d']],
    ['2026-10-01', ['40w0d']],
    ['2026-10-14', ['41w6d']],
    ['2026-10-15', ['42w0d']],
    ['2026-10-16', []],
  ])('due on 2026-10-01, on %s it is %j', (day, slots) => {
    expect(slotsOn(unborn('2026-10-01'), day)).toEqual(slots)
  })

  test.each([
    ['2031-01-31', 4, '2031-05-31'],
    ['2031-10-31', 4, '2032-02-29'],
    ['2032-02-29', 12, '2033-02-28'],
    ['2031-12-31', 6, '2032-06-30'],
  ])('%s and %i months is %s', (day, months, then) => {
    expect(monthsLater(day, months)).toBe(then)
    expect(slotsOn(born(day), then)).toEqual([`month${months}`])
  })

  test('a child born early is counted from its due date where its reader chose it, by month alone', () => {
    const early = { due: '2032-03-01', birth: '2032-01-10', isCorrected: true }
    expect(slotsOn(early, '2032-01-20')).toEqual(['day10'])
    expect(slotsOn(early, '2032-05-10')).toEqual([])
    expect(slotsOn(early, '2032-07-01')).toEqual(['month4'])
  })
})

const DAY = later(FIRST_DAY, 3)
const READER: PlannedReader = {
  ...{ key: 'f0', town: '999016', channel: 'mail', address: 'r0@family.example' },
  edition: 'standard',
}
/** On the third day after the registration the child is 50 days old. */
const BIRTH = later(DAY, -50)

const did = (deed: Deed, of: Partial<Act> = {}): Act => {
  return { day: DAY, time: 'morning', reader: 'f0', deed, ...of }
}

const registered = did({
  ...{ kind: 'register', source: '', isReturn: false, by: 'self' },
  children: [{ child: 'c0a', due: null, birth: BIRTH }],
})

const taken = (of: Partial<Taken> & { slot?: string; revision?: number } = {}): Taken => {
  const { slot = 'day50', revision = 1, ...rest } = of
  return {
    ...{ at: instant(DAY, '10:30'), channel: 'mail', to: READER.address, town: READER.town },
    ...{ addOns: [`${READER.town}-2031`], notices: [], ...rest },
    texts: rest.texts ?? [{ slot, edition: 'standard', revision }],
  }
}

/** What the oracle says of one day. */
function complaintsOf(log: Taken[], acts: Act[] = []) {
  const oracle = createOracle({ readers: [READER], contents: planContents(365) })
  const { complaints, missed, right } = oracle.judge(DAY, [registered, ...acts], log)
  return { kinds: complaints.map(({ kind }) => kind), missed, right }
}

describe('the oracle says nothing of a right log, and of a wrong one what is wrong', () => {
  test('the text of the day, once', () => {
    expect(complaintsOf([taken()])).toEqual({ kinds: [], missed: [], right: 1 })
  })

  const stop: Deed = { kind: 'stop', isOneClick: false }
  const loss: Deed = { kind: 'loss', child: 'c0a', hasStaleTab: false }
  const easy = [{ slot: 'day50', edition: 'easy', revision: 1 }]

  test.each<{ label: string; log: Taken[]; acts?: Act[]; kinds: string[] }>([
    { label: 'nothing came', log: [], kinds: ['missed'] },
    {
      label: 'yesterday’s text',
      log: [taken({ slot: 'day49' })],
      kinds: ['another day', 'missed'],
    },
    {
      label: 'the right one, and tomorrow’s',
      log: [taken(), taken({ slot: 'day51' })],
      kinds: ['another day'],
    },
    { label: 'twice', log: [taken(), taken()], kinds: ['twice'] },
    { label: 'another revision', log: [taken({ revision: 2 })], kinds: ['not approved'] },
    { label: 'another town’s', log: [taken({ town: '999024' })], kinds: ['of another town'] },
    { label: 'next year’s add-on', log: [taken({ addOns: ['2032'] })], kinds: ['wrong add-ons'] },
    {
      label: 'to somebody unknown',
      log: [taken(), taken({ to: 'who@x.example' })],
      kinds: ['to a stranger'],
    },
    {
      label: 'a notice of another day',
      log: [taken(), taken({ texts: [], notices: ['k0'] })],
      kinds: ['another day'],
    },
    { label: 'another edition', log: [taken({ texts: easy })], kinds: ['of another edition'] },
    { label: 'after a stop', log: [taken()], acts: [did(stop)], kinds: ['after a stop'] },
    { label: 'after a loss', log: [taken()], acts: [did(loss)], kinds: ['after a stop'] },
    {
      label: 'once before a stop in the afternoon, and once after it',
      log: [taken(), taken({ at: instant(DAY, '16:00') })],
      acts: [did(stop, { time: 'afternoon' })],
      kinds: ['after a stop'],
    },
  ])('$label', ({ log, acts, kinds }) => {
    expect(complaintsOf(log, acts).kinds).toEqual(kinds)
  })

  test('who blocks or refuses is missed for a reason', () => {
    const why = (kind: 'block' | 'refuse') => complaintsOf([], [did({ kind })])
    expect(why('block')).toMatchObject({ kinds: [], missed: [{ why: 'blocked' }] })
    expect(why('refuse')).toMatchObject({ kinds: [], missed: [{ why: 'refused' }] })
  })

  test('a birth told in the afternoon brings that day’s text too, and nothing of the pregnancy again', () => {
    const due = later(DAY, 5)
    const oracle = createOracle({ readers: [READER], contents: planContents(365) })
    const unborn = did({
      ...{ kind: 'register', source: '', isReturn: false, by: 'self' },
      children: [{ child: 'c0a', due, birth: null }],
    })
    const told = did(
      { kind: 'birth', child: 'c0a', date: later(DAY, -2), isCorrected: false },
      { time: 'afternoon' },
    )
    const log = [taken({ slot: '39w2d' }), taken({ slot: 'day2', at: instant(DAY, '15:10') })]
    expect(oracle.judge(DAY, [unborn, told], log)).toMatchObject({ complaints: [], right: 2 })
    const next = later(DAY, 1)
    const at = instant(next, '10:30')
    const wrong = [taken({ slot: '39w3d', at }), taken({ slot: 'day3', at })]
    expect(oracle.judge(next, [], wrong).complaints.map(({ kind }) => kind)).toEqual([
      'another day',
    ])
  })
})

describe('where two accounts become one', () => {
  const contents = planContents(365)
  const { begin, until, end, town, host } = contents.merge
  const reader: PlannedReader = { ...READER, town, channel: 'line', address: lineId(8, town) }
  const child = (day: Day) => [{ child: 'c0a', due: null, birth: later(day, -50) }]
  const joined = (day: Day): Act => ({
    ...{ day, time: 'morning', reader: 'f0' },
    deed: { kind: 'register', by: 'self', source: '', isReturn: false, children: child(day) },
  })
  const relinked = (day: Day): Act => {
    const deed: Deed = { kind: 'relink', address: lineId(8, host) }
    return { day, time: 'morning', reader: 'f0', deed }
  }
  const sent = (day: Day, account: string): Taken => ({
    ...taken({ at: instant(day, '10:30'), addOns: [`${town}-2032`] }),
    ...{ channel: 'line', to: lineId(8, account), town: account },
  })
  const judged = (day: Day, acts: Act[], log: Taken[]) =>
    createOracle({ readers: [reader], contents }).judge(day, acts, log)
  const kindsOf = ({ complaints }: ReturnType<typeof judged>) => complaints.map(({ kind }) => kind)

  test('texts come from the one that readers are on, on each day', () => {
    expect(kindsOf(judged(until, [joined(until)], [sent(until, town)]))).toEqual([])
    const over = [joined(until), relinked(until)]
    expect(kindsOf(judged(until, over, [sent(until, host)]))).toEqual([])
  })

  test('before its first day no other one sends them', () => {
    const day = later(begin, -1)
    const over = [joined(day), relinked(day)]
    expect(kindsOf(judged(day, over, [sent(day, host)]))).toContain('of another town')
  })

  test('who has not come along is missed for a reason, and gets nothing from the former one', () => {
    const { complaints, missed } = judged(end, [joined(end)], [])
    expect(complaints).toEqual([])
    expect(missed).toMatchObject([{ slot: 'day50', why: 'left on an account' }])
    expect(kindsOf(judged(end, [joined(end)], [sent(end, town)]))).toEqual(['of another town'])
  })
})

test('what is told of a survey is what families have answered, once, and of few only that they are', () => {
  const told = (survey: string, answered: unknown) => ({
    survey: surveyId(survey),
    told: { answered },
  })
  const given = new Map([
    ['s0', 12],
    ['s1', 3],
  ])
  expect(otherwiseCounted([told('s0', 12), told('s1', 'small')], given)).toEqual([])
  expect(otherwiseCounted([told('s0', 11), told('s1', 'small')], given)).toHaveLength(1)
  expect(otherwiseCounted([told('s0', 'small'), told('s1', 'small')], given)).toHaveLength(1)
  expect(otherwiseCounted([told('s0', 12), told('s0', 12), told('s1', 3)], given)).toHaveLength(1)
  expect(otherwiseCounted([], given)).toHaveLength(2)
})

test('families do everything there is in a year, each seed its own', () => {
  const { acts, readers } = planFamilies({ families: 300, seed: 1, days: 365 })
  const kinds = new Set(acts.map(({ deed }) => deed.kind))
  expect(kinds.size).toBe(15)
  expect(readers.length).toBeGreaterThan(300)
  expect(planFamilies({ families: 300, seed: 1, days: 365 }).acts).toEqual(acts)
  expect(planFamilies({ families: 300, seed: 2, days: 365 }).acts).not.toEqual(acts)
  expect(acts.every(({ day }) => day >= FIRST_DAY && day <= later(FIRST_DAY, 364))).toBe(true)
  expect(TIMES.morning < TIMES.afternoon).toBe(true)
})
