import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { kindOfMove, planMove, type MoveAsked } from '../../../src/accounts/movePlan'
import {
  actsFor,
  isToFirst,
  letterDays,
  stageAfter,
  warningBefore,
  type MoveStage,
} from '../../../src/accounts/moveStage'
import {
  countStates,
  readerState,
  READER_STATES,
  stateLabel,
  type ReaderFacts,
} from '../../../src/accounts/readerState'
import { lineAccountOf, lineIdsOf, mailAccountOf, topologyOf } from '../../../src/accounts/topology'
import { addDays, daysBetween } from '../../../src/stage/day'

const OLD = lineAccountOf({ id: 'L1', provider: 'みなと町', kind: 'dedicated', name: '専用' })
const SAME = lineAccountOf({ id: 'L2', provider: 'みなと町', kind: 'official', name: '公式' })
const NEW = lineAccountOf({ id: 'L3', provider: '新会社', kind: 'official', name: '新しい公式' })
const MAIL = mailAccountOf({ mailFrom: 'kosodate@minato.example.jp' })

const asked = (changed: Partial<MoveAsked> = {}): MoveAsked => ({
  from: OLD,
  to: NEW,
  answers: { from: true, to: true },
  readers: 120,
  begin: '2026-12-01',
  until: '2027-03-02',
  ...changed,
})

test.each([
  ['within a provider', OLD, SAME, 'sameProvider'],
  ['to another provider', OLD, NEW, 'otherProvider'],
  ['from mail', MAIL, NEW, 'mailToLine'],
  ['to mail', OLD, MAIL, 'lineToMail'],
  ['nowhere', OLD, OLD, null],
])('a move %s', (...[, from, to, kind]) => {
  expect(kindOfMove(from, to)).toBe(kind)
})

describe('the plan', () => {
  test('says what readers do, get, the steps and the last return', () => {
    const plan = planMove(asked())!
    expect(plan.title).toBe('別のプロバイダーの LINE アカウントへ')
    expect(plan.readersDo.join()).toContain('「新しい公式」を友だちに追加し')
    expect(plan.readersGet).toContain(
      'まだの方にだけ、12月31日と2月23日ごろにもう一度ずつ(多くて 2 回)',
    )
    expect(plan.steps.join()).toMatch(/「.+」の読者\(.*約120人\)にお知らせを送り、3月2日まで/)
    expect(plan.lastReturn).toContain('「終える」を押すと戻せません')
    expect(plan.problems).toEqual([])
  })

  test.each([
    ['an overlap of a week', { until: '2026-12-08' }, /28 日から 184 日まで.*いまは 7 日/],
    ['an old account that answers nobody', { answers: { from: false, to: true } }, /「専用」は/],
    [
      'a new account that answers nobody',
      { answers: { from: true, to: false } },
      /「新しい公式」は/,
    ],
    ['a move to mail', { to: MAIL }, /読者が自分で変えます/],
  ])('%s is told before it is proposed', (_, changed, sentence) => {
    expect(planMove(asked(changed))!.problems.join()).toMatch(sentence)
  })

  test('who is not a friend of a mail has no talk that must answer', () => {
    const plan = planMove(asked({ from: MAIL, answers: { from: false, to: true } }))!
    expect(plan.problems).toEqual([])
  })
})

test('letters are a week apart at least, at most three, and none after the end', () => {
  const begin = '2026-12-01'
  fc.assert(
    fc.property(fc.integer({ min: 28, max: 184 }), (length) => {
      const days = letterDays(begin, addDays(begin, length))
      expect(days[0]).toBe(begin)
      expect(days.length).toBeLessThanOrEqual(3)
      for (const [at, day] of days.entries()) {
        expect(daysBetween(day, addDays(begin, length))).toBeGreaterThanOrEqual(7)
        if (at > 0) expect(daysBetween(days[at - 1]!, day)).toBeGreaterThanOrEqual(7)
      }
    }),
  )
})

describe('the stages', () => {
  const STAGES: MoveStage[] = [
    ...(['proposed', 'trial', 'running', 'paused', 'switched', 'takingBack'] as const),
    ...(['takenBack', 'finished', 'withdrawn'] as const),
  ]

  test('until the last step each can be taken back', () => {
    for (const stage of ['trial', 'running', 'paused', 'switched'] as const) {
      expect(stageAfter(stage, 'takeBack', 'otherProvider')).toBe('takingBack')
    }
    for (const stage of ['finished', 'takenBack', 'withdrawn'] as const) {
      expect(actsFor(stage, 'otherProvider')).toEqual([])
    }
  })

  test('within a provider it is switched before it ends, and else there is no switch', () => {
    expect(actsFor('running', 'sameProvider')).toEqual(['pause', 'switch', 'takeBack'])
    expect(actsFor('running', 'mailToLine')).toEqual(['pause', 'takeBack', 'finish'])
  })

  test('what changes something for readers is said before, and of each kind what is true', () => {
    const KINDS = ['sameProvider', 'otherProvider', 'mailToLine'] as const
    for (const kind of KINDS) {
      for (const act of ['start', 'takeBack', 'finish'] as const) {
        expect(warningBefore(act, kind)).not.toBeNull()
      }
      expect(warningBefore('pause', kind)).toBeNull()
    }
    expect(warningBefore('finish', 'otherProvider')).toContain('届かなくなります')
    expect(warningBefore('finish', 'mailToLine')).toContain('これまでどおりメールで届きます')
    expect(warningBefore('start', 'sameProvider')).toContain('「切り替える」まで、前のアカウント')
    expect(stateLabel('linked', 'sameProvider')).not.toBe(stateLabel('linked', 'mailToLine'))
    expect(stateLabel('stopped', 'sameProvider')).toBe(stateLabel('stopped', 'mailToLine'))
  })

  test('new readers come to the new account while texts may come from it', () => {
    const first = (kind: 'sameProvider' | 'otherProvider') =>
      STAGES.filter((stage) => isToFirst({ stage, kind }))
    expect(first('otherProvider')).toEqual(['running', 'paused'])
    expect(first('sameProvider')).toEqual(['switched'])
  })
})

test('the topology keeps what was, with its days', () => {
  const ended = [
    { from: MAIL, to: OLD, begunOn: '2024-04-01', endedOn: '2024-07-01' },
    { from: OLD, to: NEW, begunOn: '2026-12-01', endedOn: '2027-03-02' },
  ]
  const days = topologyOf([MAIL, NEW], ended).map(({ id, since, until }) => [id, since, until])
  expect(days).toEqual([
    ['mail', null, null],
    ['L1', '2024-04-01', '2027-03-02'],
    ['L3', '2026-12-01', null],
  ])
})

test('a town sends through the accounts of its move, new readers first', () => {
  const move = { id: 'v', kind: 'otherProvider', stage: 'running', from: 'L1', to: 'L3' } as const
  const days = { begin: '2026-12-01', until: '2027-03-02' }
  expect(lineIdsOf({ lineAccount: 'L3', move: { ...move, ...days } })).toEqual(['L3', 'L1'])
  expect(lineIdsOf({ lineAccount: 'L3', move: { ...move, ...days, from: 'mail' } })).toEqual(['L3'])
  expect(lineIdsOf({ lineAccount: null })).toEqual([])
})

describe('where a reader stands', () => {
  const on = (account: string, status: 'active' | 'blocked' = 'active') => ({ account, status })
  const facts = (changed: Partial<ReaderFacts>): ReaderFacts => ({
    kind: 'otherProvider',
    from: 'old',
    to: 'new',
    isServed: true,
    identities: [on('old')],
    letters: [],
    ...changed,
  })

  test.each<[string, Partial<ReaderFacts>]>([
    ['waiting', {}],
    ['asked', { letters: ['rejected', 'accepted'] }],
    ['unknown', { letters: [null] }],
    ['refused', { letters: ['rejected'] }],
    ['linked', { identities: [on('new')], letters: ['accepted'] }],
    ['blockedThere', { identities: [on('new', 'blocked')] }],
    ['fellBack', { from: 'mail', identities: [on('new', 'blocked'), on('mail')] }],
    ['blockedHere', { identities: [on('old', 'blocked')] }],
    ['elsewhere', { identities: [on('mail')] }],
    ['stopped', { isServed: false, identities: [on('new')] }],
    ['linked', { kind: 'sameProvider', to: 'old', isThere: true }],
    ['asked', { kind: 'sameProvider', to: 'old', isThere: false, letters: ['accepted'] }],
  ])('%s', (state, changed) => {
    expect(readerState(facts(changed))).toBe(state)
  })

  test('every reader is counted once, whatever is true of them', () => {
    const status = fc.constantFrom('active' as const, 'blocked' as const, 'suppressed' as const)
    const identity = fc.record({ account: fc.constantFrom('old', 'new', 'mail'), status })
    const letter = fc.constantFrom(
      'accepted' as const,
      'rejected' as const,
      'unknown' as const,
      null,
    )
    const anybody = fc.record({
      kind: fc.constantFrom('sameProvider' as const, 'otherProvider' as const),
      isServed: fc.boolean(),
      identities: fc.array(identity, { maxLength: 3 }),
      isThere: fc.constantFrom(true, false, undefined),
      letters: fc.array(letter, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(anybody, { maxLength: 40 }), (people) => {
        const counts = countStates(people.map((one) => readerState(facts(one))))
        const sum = Object.values(counts).reduce((all, count) => all + count, 0)
        expect(sum).toBe(people.length)
        expect(Object.keys(counts)).toEqual(READER_STATES.map(({ value }) => value))
      }),
    )
  })
})
