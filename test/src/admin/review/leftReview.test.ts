import { expect, test } from '@jest/globals'

import { leftReview } from '../../../../src/admin/review/leftReview'
import type { ReviewStatus } from '../../../../src/review/queries/status'

const shown = (state: ReviewStatus['state'], submit = false) => ({
  state,
  can: { submit } as ReviewStatus['can'],
  schedule: null,
})

test.each(['in_review', 'approved'] as const)(
  'a save that makes a text that was %s a draft again says so, and what to do',
  (state) => {
    expect(leftReview(shown(state), shown('draft', true))).toContain(
      'もう一度「監修に出す」を押して',
    )
    expect(leftReview(shown(state), shown('draft'))).toContain('書く担当の人が')
  },
)

test.each([
  [null, 'draft'],
  ['draft', 'draft'],
  ['in_review', 'in_review'],
  ['in_review', 'needs_changes'],
  ['needs_changes', 'draft'],
  ['published', 'draft'],
] as const)('from %s to %s there is nothing to say', (before, now) => {
  expect(leftReview(before === null ? null : shown(before), shown(now))).toBeNull()
})

test('a save that breaks a publication at a chosen time says so first', () => {
  const schedule = (isBroken: boolean) => ({
    publishAt: '2026-12-01T00:00:00.000Z',
    words: '公開予約 12月1日 9:00',
    refusal: null,
    isBroken,
  })
  const before = { ...shown('approved'), schedule: schedule(false) }
  const now = { ...shown('draft', true), schedule: schedule(true) }
  expect(leftReview(before, now)).toMatch(/公開予約 12月1日 9:00.*このままでは公開されません/)
})
