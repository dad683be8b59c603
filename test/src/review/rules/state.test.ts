import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import {
  isAlreadyPublished,
  answeredRequests,
  isSubmitted,
  missingForPublish,
  NOT_SUBMITTED,
  openRequests,
  standings,
  standingVerdicts,
} from '../../../../src/review/rules/decide'
import type { LatestRelease, ReviewInput, Verdict } from '../../../../src/review/rules/decide'
import { parsePolicy, policyHash } from '../../../../src/review/rules/policy'
import { reviewState } from '../../../../src/review/rules/reviewState'
import {
  countShownStates,
  lastReleaseOf,
  stateLabel,
  stateLook,
} from '../../../../src/review/rules/state'

const policy = parsePolicy()
const needs = [
  { discipline: 'nutrition', quorum: 2 },
  { discipline: 'chief', quorum: 1 },
]
const rules = policyHash(needs)
const now = new Date('2026-06-01T00:00:00Z')

const reviewInput = (more: Partial<ReviewInput> = {}): ReviewInput => ({
  contentHash: 'new',
  needs,
  authors: ['hana'],
  verdicts: [],
  release: null,
  ...more,
})

const say = (verdict: Verdict['verdict'], by: string, more: Partial<Verdict> = {}): Verdict => ({
  verdict,
  reviewer: by,
  contentHash: 'new',
  policyHash: rules,
  discipline: verdict === 'submit' ? null : 'nutrition',
  at: '2026-05-10T00:00:00.000Z',
  ...more,
})

const chief = (by = 'midori', more: Partial<Verdict> = {}) =>
  say('approve', by, { discipline: 'chief', ...more })

const release = (more: Partial<LatestRelease> = {}): LatestRelease => ({
  revision: 1,
  action: 'publish',
  contentHash: 'new',
  reviewDueAt: null,
  at: '2026-05-05T00:00:00.000Z',
  ...more,
})

const submit = say('submit', 'hana', { at: '2026-05-08T00:00:00.000Z' })
const ask = say('request-change', 'eiko')
const late = { at: '2026-05-12T00:00:00.000Z' }
const again = say('submit', 'hana', { contentHash: 'newer', at: '2026-05-11T00:00:00.000Z' })
const all = [submit, say('approve', 'eiko'), say('approve', 'yoko'), chief()]

describe('the state of a document', () => {
  test.each<[string, ReviewInput, string]>([
    ['nothing said yet', reviewInput(), 'draft'],
    ['submitted', reviewInput({ verdicts: [say('submit', 'hana')] }), 'in_review'],
    ['approved in part', reviewInput({ verdicts: [submit, chief()] }), 'in_review'],
    ['approved, though nobody handed it in', reviewInput({ verdicts: all.slice(1) }), 'draft'],
    ['sent back', reviewInput({ verdicts: [say('request-change', 'eiko')] }), 'needs_changes'],
    [
      'sent back, then approved by the same person',
      reviewInput({ verdicts: [say('request-change', 'eiko', { at: '2026-05-09' }), ...all] }),
      'approved',
    ],
    [
      'approved, then sent back by the same person',
      reviewInput({ verdicts: [...all, say('request-change', 'eiko', { at: '2026-05-11' })] }),
      'needs_changes',
    ],
    [
      'sent back, then saved',
      reviewInput({ contentHash: 'newer', verdicts: [submit, ask] }),
      'needs_changes',
    ],
    [
      'sent back, then handed in as it was',
      reviewInput({ verdicts: [ask, say('submit', 'hana', { at: '2026-05-11' })] }),
      'needs_changes',
    ],
    [
      'sent back before it was handed in, then saved',
      reviewInput({
        contentHash: 'newer',
        verdicts: [{ ...ask, at: '2026-05-07T00:00:00.000Z' }, submit],
      }),
      'needs_changes',
    ],
    [
      'sent back, then approved by the same person under another policy',
      reviewInput({
        verdicts: [submit, ask, say('approve', 'eiko', { ...late, policyHash: 'old' })],
      }),
      'needs_changes',
    ],
    [
      'changed and changed back after all approved',
      reviewInput({ submission: 'second', verdicts: all }),
      'draft',
    ],
    [
      'sent back, saved and handed in again',
      reviewInput({ contentHash: 'newer', verdicts: [submit, ask, again] }),
      'in_review',
    ],
    [
      'sent back, handed in again and saved once more',
      reviewInput({ contentHash: 'newest', verdicts: [submit, ask, again] }),
      'draft',
    ],
    [
      'sent back by two, one of whom approved it as it was, then saved',
      reviewInput({
        contentHash: 'newer',
        verdicts: [submit, ask, say('request-change', 'yoko'), say('approve', 'eiko', late)],
      }),
      'needs_changes',
    ],
    [
      'sent back, approved as it was by the same person, then saved',
      reviewInput({ contentHash: 'newer', verdicts: [submit, ask, say('approve', 'eiko', late)] }),
      'draft',
    ],
    [
      'sent back, saved, and what is out was withdrawn',
      reviewInput({
        contentHash: 'newer',
        verdicts: [submit, ask],
        release: release({ action: 'withdraw', contentHash: 'old', at: '2026-05-20' }),
      }),
      'needs_changes',
    ],
    [
      'sent back before it was published, then rewritten',
      reviewInput({
        contentHash: 'newer',
        verdicts: [submit, ask],
        release: release({ at: '2026-05-20' }),
      }),
      'draft',
    ],
    [
      'sent back, then put back to what is out',
      reviewInput({
        contentHash: 'new',
        verdicts: [{ ...ask, contentHash: 'newer' }],
        release: release(),
      }),
      'published',
    ],
    ['all approved', reviewInput({ verdicts: all }), 'approved'],
    ['all approved, then edited', reviewInput({ contentHash: 'newer', verdicts: all }), 'draft'],
    ['published', reviewInput({ verdicts: all, release: release() }), 'published'],
    [
      'published, review not due',
      reviewInput({ release: release({ reviewDueAt: '2026-06-01T00:00:01Z' }) }),
      'published',
    ],
    [
      'published, review due this very moment',
      reviewInput({ release: release({ reviewDueAt: '2026-06-01T00:00:00Z' }) }),
      'review_overdue',
    ],
    ['edited over a release', reviewInput({ release: release({ contentHash: 'old' }) }), 'draft'],
    ['withdrawn', reviewInput({ release: release({ action: 'withdraw' }) }), 'withdrawn'],
    [
      'withdrawn and submitted again',
      reviewInput({ verdicts: [say('submit', 'hana')], release: release({ action: 'withdraw' }) }),
      'in_review',
    ],
    [
      'withdrawn after the approvals',
      reviewInput({ verdicts: all, release: release({ action: 'withdraw', at: '2026-05-20' }) }),
      'withdrawn',
    ],
  ])('%s', (_label, given, expected) => {
    expect(reviewState(given, policy, now)).toBe(expected)
  })
})

describe('what is missing', () => {
  const two = '栄養の承認があと 2 人必要です。'
  const boss = '監修責任者の承認があと 1 人必要です。'
  const hand = NOT_SUBMITTED

  test.each<[string, ReviewInput, string[]]>([
    ['everything', reviewInput(), [hand, two, boss]],
    ['somebody who hands it in', reviewInput({ verdicts: all.slice(1) }), [hand]],
    ['nothing', reviewInput({ verdicts: all }), []],
    [
      'one person twice is one',
      reviewInput({ verdicts: [submit, say('approve', 'eiko'), say('approve', 'eiko'), chief()] }),
      ['栄養の承認があと 1 人必要です。'],
    ],
    [
      'the author’s own',
      reviewInput({ verdicts: [...all.slice(0, 3), chief('hana')] }),
      [boss, '原稿を書いた人の承認は数えません。'],
    ],
    [
      'of another content',
      reviewInput({ verdicts: all.map((one) => ({ ...one, contentHash: 'old' })) }),
      [hand, two, boss, '承認のあとで内容が変わったため、前の承認は数えません。'],
    ],
    [
      'under another policy',
      reviewInput({ verdicts: all.map((one) => ({ ...one, policyHash: 'old' })) }),
      [two, boss],
    ],
  ])('%s', (_label, given, expected) => {
    expect(missingForPublish(given, policy)).toEqual(expected)
  })

  test('approvals of a live text count for its next review, not the ones before', () => {
    expect(
      isAlreadyPublished(reviewInput({ verdicts: all, release: release({ at: '2026-05-20' }) })),
    ).toBe(true)
    const renewed = reviewInput({ verdicts: all, release: release() })
    expect([isAlreadyPublished(renewed), missingForPublish(renewed, policy)]).toEqual([false, []])
  })
})

describe('whatever was said, in whatever order', () => {
  const anything = {
    verdict: fc.constantFrom('submit', 'approve', 'request-change'),
    discipline: fc.constantFrom('nutrition', 'chief', 'dental'),
    reviewer: fc.constantFrom('hana', 'eiko', 'yoko', 'midori', 'kaoru'),
    contentHash: fc.constantFrom('old', 'new'),
    policyHash: fc.constantFrom(rules, 'old'),
    at: fc.integer({ min: 10, max: 28 }).map((day) => `2026-05-${day}T00:00:00.000Z`),
  }
  const counting = {
    ...anything,
    verdict: fc.constant('approve'),
    contentHash: fc.constant('new'),
    policyHash: fc.constant(rules),
  }
  // By chance alone no text would ever be publishable.
  const verdict = fc.oneof(
    { weight: 1, arbitrary: fc.record(anything) },
    { weight: 3, arbitrary: fc.record(counting) },
  ) as fc.Arbitrary<Verdict>
  const handed = fc.constantFrom(
    ...[1, 2, 3].map(() => [say('submit', 'hana', { at: '2026-05-29' })]),
    [],
  )
  const verdicts = fc
    .tuple(handed, fc.array(verdict, { maxLength: 12 }))
    .map(([first, others]) => [...first, ...others])
  const given = fc.record({
    verdicts,
    release: fc.constantFrom(null, release({ contentHash: 'old', at: '2026-05-18T12:00:00.000Z' })),
  })

  test('publishable means: enough different people who wrote nothing, of this content only', () => {
    let ready = 0
    fc.assert(
      fc.property(given, (more) => {
        const found = reviewInput(more)
        const isReady = missingForPublish(found, policy).length === 0
        if (isReady) ready += 1
        if (isReady) expect(isSubmitted(found)).toBe(true)
        for (const { quorum, approvedBy } of isReady ? standings(found) : []) {
          expect(new Set(approvedBy).size).toBeGreaterThanOrEqual(quorum)
          expect(approvedBy).not.toContain('hana')
          for (const person of approvedBy) {
            expect(more.verdicts).toContainEqual(
              expect.objectContaining({
                reviewer: person,
                verdict: 'approve',
                contentHash: 'new',
                policyHash: rules,
              }),
            )
          }
        }
        expect(reviewState(found, policy, now) === 'approved').toBe(isReady)
      }),
      { numRuns: 1000 },
    )
    expect(ready).toBeGreaterThan(10)
  })

  test('what is asked of exactly this content stands', () => {
    fc.assert(
      fc.property(given, (more) => {
        const found = reviewInput(more)
        const asked = standingVerdicts(found).filter(({ verdict }) => verdict === 'request-change')
        expect(openRequests(found)).toEqual(expect.arrayContaining(asked))
      }),
      { numRuns: 1000 },
    )
  })

  test('a save answers no request for a change, whatever was said before', () => {
    fc.assert(
      fc.property(given, (more) => {
        const asked = openRequests(reviewInput(more))
        const saved = openRequests(reviewInput({ ...more, contentHash: 'never seen' }))
        const since = asked.filter(({ at, reviewer }) =>
          more.verdicts.every(
            (one) =>
              (one.verdict !== 'submit' || one.at < at) &&
              (one.verdict !== 'approve' || one.reviewer !== reviewer),
          ),
        )
        expect(saved).toEqual(expect.arrayContaining(since))
      }),
      { numRuns: 1000 },
    )
  })

  test('an edit leaves no approval standing', () => {
    fc.assert(
      fc.property(given, (more) => {
        const edited = reviewInput({ ...more, contentHash: 'never seen' })
        expect(standings(edited).every(({ approvedBy }) => approvedBy.length === 0)).toBe(true)
      }),
    )
  })
})

test.each([
  ['draft', 'new', '下書き'],
  ['draft', 'live', '公開中・直しかけ'],
  ['in_review', 'live', '公開中・監修中'],
  ['needs_changes', 'live', '公開中・修正依頼あり'],
  ['approved', 'live', '公開中・承認済み'],
  ['published', 'live', '公開中'],
  ['review_overdue', 'live', '公開中(見直し期限切れ)'],
  ['withdrawn', 'withdrawn', '取り下げ済み'],
  ['draft', 'withdrawn', '取り下げ済み・直しかけ'],
  ['in_review', 'withdrawn', '取り下げ済み・監修中'],
  ['needs_changes', 'withdrawn', '取り下げ済み・修正依頼あり'],
  ['approved', 'withdrawn', '取り下げ済み・承認済み'],
] as const)('%s of a text that is %s is said in one word: %s', (state, last, label) => {
  const document = { state, isLive: last === 'live', isWithdrawn: last === 'withdrawn' }
  expect(stateLabel(document)).toBe(label)
})

test.each([
  ['published', 'over', '掲載期間終了'],
  ['review_overdue', 'over', '掲載期間終了'],
  ['draft', 'over', '掲載期間終了・直しかけ'],
  ['in_review', 'over', '掲載期間終了・監修中'],
  ['published', 'ahead', '掲載前'],
  ['approved', 'ahead', '掲載前・承認済み'],
] as const)('%s of an add-on whose period is %s is %s', (state, outOfPeriod, label) => {
  const document = { state, isLive: true, isWithdrawn: false, outOfPeriod }
  expect(stateLabel(document)).toBe(label)
  expect(stateLook(document)).toBe(/・/.test(label) ? state : outOfPeriod)
  expect(stateLabel({ ...document, isLive: false, isWithdrawn: true })).not.toContain('掲載')
})

test.each([
  ['2026-11-29', '2026-11-29', undefined],
  ['2026-11-30', null, 'ahead'],
  [null, '2026-11-28', 'over'],
  [null, null, undefined],
] as const)('on 29 November a period from %s to %s is %s', (validFrom, validTo, out) => {
  const release = {
    revision: 1,
    action: 'publish',
    contentHash: 'h',
    reviewDueAt: null,
    at: '',
    period: { validFrom, validTo },
  } as const
  expect(lastReleaseOf({ release }, '2026-11-29').outOfPeriod).toBe(out)
  const withdrawn = { ...release, action: 'withdraw' } as const
  expect(lastReleaseOf({ release: withdrawn }, '2026-11-29').outOfPeriod).toBeUndefined()
})

test('what is live and being rewritten is counted apart from drafts, where there is any', () => {
  const draft = { state: 'draft', isLive: false, isWithdrawn: false } as const
  const rewritten = { ...draft, isLive: true } as const
  const counts = countShownStates([
    draft,
    rewritten,
    rewritten,
    { ...rewritten, state: 'published' },
  ])
  expect(counts.filter(({ count }) => count > 0)).toEqual([
    { code: 'draft', label: '下書き', count: 1 },
    { code: 'published', label: '公開中', count: 1 },
    { code: 'live_draft', label: '公開中・直しかけ', count: 2 },
  ])
  expect(countShownStates([draft]).map(({ label }) => label)).not.toContain('公開中・直しかけ')
})

test('a request that another content was handed in for is told as answered, with when', () => {
  const asked = reviewInput({ contentHash: 'newer', verdicts: [submit, ask, again] })
  expect(answeredRequests(asked)).toEqual([{ request: ask, answeredAt: again.at }])
  expect(openRequests(asked)).toEqual([])
  const seen = say('approve', 'eiko', { contentHash: 'newer', ...late })
  expect(answeredRequests({ ...asked, verdicts: [...asked.verdicts, seen] })).toEqual([])
  expect(answeredRequests(reviewInput({ verdicts: [submit, ask] }))).toEqual([])
})
