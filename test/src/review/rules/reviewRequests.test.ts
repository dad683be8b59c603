// Who is asked to look at a text, and what becomes of that when it is edited, approved or published.
import { describe, expect, test } from '@jest/globals'

import type { ReviewInput, Verdict } from '../../../../src/review/rules/decide'
import { CHIEF, policyHash } from '../../../../src/review/rules/policy'
import {
  readRequestWord,
  requestWord,
  standingReviewRequests,
  type RequestEntry,
} from '../../../../src/review/rules/reviewRequests'

const needs = [
  { discipline: 'medical', quorum: 1 },
  { discipline: CHIEF, quorum: 1 },
]
const verdict = (kind: Verdict['verdict'], more: Partial<Verdict> = {}): Verdict => ({
  verdict: kind,
  discipline: kind === 'submit' ? null : 'medical',
  reviewer: 'doctor',
  contentHash: 'a',
  policyHash: policyHash(needs),
  submission: 's1',
  at: '2026-11-20T00:00:00.000Z',
  ...more,
})
const input = (verdicts: Verdict[], more: Partial<ReviewInput> = {}): ReviewInput => ({
  contentHash: 'a',
  submission: 's1',
  needs,
  authors: ['hana'],
  verdicts,
  release: null,
  ...more,
})
const entry = (more: Partial<RequestEntry> = {}): RequestEntry => ({
  step: 'ask',
  reviewer: 'doctor',
  by: 'hana',
  discipline: 'medical',
  day: '2026-11-28',
  askedOn: '2026-11-21',
  at: '2026-11-21T00:00:00.000Z',
  ...more,
})
const submit = verdict('submit', { reviewer: 'hana' })
const statesOf = (review: ReviewInput, entries = [entry()]) =>
  standingReviewRequests(review, entries).map(({ state, day }) => [state, day])

describe('a request', () => {
  test('is the person’s turn while the text is handed in and their approval is missing', () => {
    expect(statesOf(input([submit]))).toEqual([['open', '2026-11-28']])
    expect(statesOf(input([]))).toEqual([['not-yet', '2026-11-28']])
  })

  test('is answered by their approval or request for a change, in that discipline', () => {
    const later = { at: '2026-11-22T00:00:00.000Z' }
    expect(statesOf(input([submit, verdict('approve', later)]))[0]?.[0]).toBe('answered')
    expect(statesOf(input([submit, verdict('request-change', later)]))[0]?.[0]).toBe('answered')
    const asChief = verdict('approve', { ...later, discipline: CHIEF })
    expect(statesOf(input([submit, asChief]))[0]?.[0]).toBe('open')
  })

  test('is met by somebody else of the discipline', () => {
    expect(statesOf(input([submit, verdict('approve', { reviewer: 'other' })]))[0]?.[0]).toBe('met')
  })

  test('carries over to what is handed in anew, with as many days as at first', () => {
    const approved = verdict('approve', { at: '2026-11-22T00:00:00.000Z' })
    const edited = { contentHash: 'b', submission: 's2' }
    expect(statesOf(input([submit, approved], edited))).toEqual([['not-yet', '2026-11-28']])
    const again = verdict('submit', { ...edited, reviewer: 'hana', at: '2026-11-26T00:00:00.000Z' })
    expect(statesOf(input([submit, approved, again], edited))).toEqual([['open', '2026-12-03']])
  })

  test('ends with taking it back and with a release; the newest of one person counts', () => {
    const back = entry({ step: 'take-back', at: '2026-11-22T00:00:00.000Z' })
    expect(statesOf(input([submit]), [entry(), back])).toEqual([])
    const anew = entry({ day: '2026-11-30', at: '2026-11-23T00:00:00.000Z' })
    expect(statesOf(input([submit]), [entry(), back, anew])).toEqual([['open', '2026-11-30']])
    const at = '2026-11-25T00:00:00.000Z'
    const release = {
      revision: 1,
      action: 'publish',
      contentHash: 'a',
      reviewDueAt: null,
      at,
    } as const
    expect(statesOf(input([submit], { release }))).toEqual([])
  })
})

test('an open request is stored as one word, the earliest first', () => {
  const open = { day: '2026-11-28', reviewer: 'doctor', by: 'hana', discipline: 'medical' }
  expect(readRequestWord(requestWord(open))).toEqual(open)
  expect(requestWord(open) < requestWord({ ...open, day: '2026-12-01' })).toBe(true)
})
