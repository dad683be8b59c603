import { expect, test } from '@jest/globals'

import type { Run } from '../../../worker/ledger/documents'
import { planRun, type PlanRunDeps } from '../../../worker/runs/planRun'
import { dailyRequest } from '../../../worker/runs/due'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { liveContent } from '../../../src/release/live'

/** Plans a run of a town with so many in the audience, of whom so many come into the plan. */
async function plan({
  counted,
  audience,
  before,
  announced = {},
  yielded = 0,
}: Record<'counted' | 'audience' | 'before', number> & {
  announced?: Record<string, number>
  yielded?: number
}) {
  const written: string[] = []
  const run = { ...dailyRequest(settings(), TODAY), attempts: 1, sealed: [], plan: null }
  const deps = {
    syncedContent: {
      settings: () => settings(),
      lineOf: () => null,
      content: () => liveContent(childTexts()),
    },
    runs: {
      beginPlanning: async () => run,
      find: async () => run,
      lastPlanned: async () => ({
        _id: 'before',
        date: '2026-10-05',
        plan: { deliveries: before, exclusions: {} },
      }),
      seal: async () => (written.push('seal'), run),
      hold: async (_: unknown, why: { code: string }) => void written.push(why.code),
    },
    changes: { last: async () => 0 },
    planning: {
      discardUnsealed: async () => undefined,
      count: async () => ({
        deliveries: audience - yielded,
        exclusions: { yieldedAddOn: yielded },
      }),
      countOfOneDay: async ({ _id }: Run) => announced[_id] ?? 0,
    },
    planner: async () => ({ audience, leftOut: 0 }),
    audience: { count: async () => counted },
    now: () => new Date(`${TODAY}T08:00:00+09:00`),
    onAlert: (code: string) => written.push(`alert ${code}`),
  } as unknown as PlanRunDeps
  const refused = await planRun(deps, { epoch: 1, run: run as unknown as Run }, () => false)
  return { refused, written }
}

test('a plan that agrees with the audience and the day before is sealed', async () => {
  const planned = await plan({ counted: 1000, audience: 1000, before: 900 })
  expect(planned).toEqual({ refused: null, written: ['seal'] })
})

test('the announcements of an import are no oddity, on their day or on the one after', async () => {
  const sealed = { refused: null, written: ['seal'] }
  const first = { [`999016:${TODAY}`]: 1500 }
  expect(await plan({ counted: 2500, audience: 2500, before: 900, announced: first })).toEqual(
    sealed,
  )
  const last = { before: 1500 }
  expect(await plan({ counted: 900, audience: 900, before: 2500, announced: last })).toEqual(sealed)
})

test('a day on which much yields to stage texts for the month’s sake is no oddity', async () => {
  const planned = await plan({ counted: 1000, audience: 1000, before: 900, yielded: 700 })
  expect(planned).toEqual({ refused: null, written: ['seal'] })
})

test.each([
  ['audience-drift', { counted: 1000, audience: 500, before: 500 }],
  ['yesterday-drift', { counted: 1000, audience: 1000, before: 400 }],
])('%s holds the run, is told and is not sealed', async (code, numbers) => {
  const planned = await plan(numbers)
  expect(planned).toEqual({ refused: { status: 'held', code }, written: [code, `alert ${code}`] })
})
