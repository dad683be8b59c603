import { expect, test } from '@jest/globals'

import { openChannels } from '../../../worker/deliver/hours'
import { createPauses } from '../../../worker/deliver/pause'
import type { Run } from '../../../worker/ledger/documents'
import { dailyRequest, forcedRequest } from '../../../worker/runs/due'
import { scopesOf, type Outgoing } from '../../../src/operation/halt'
import { settings, TODAY, TOWN } from '../../src/plan/town'

/** The channels that are open at a time of the day, with some of the accounts stopped. */
function openAt(
  time: string,
  { isActive = true, stopped = [] as string[], halted = '', request = DAILY } = {},
) {
  const now = () => new Date(`${time}+09:00`)
  const town = settings({ isActive })
  const pauses = createPauses({ now })
  for (const key of stopped) pauses.stop(key)
  const syncedContent = { settings: () => town, lineOf: () => ({ id: 'L1' }) }
  const halts = {
    isHalted: (to: Outgoing) => scopesOf(to).some((scope) => scope === halted),
  }
  const deps = { syncedContent, pauses, halts, now } as unknown as Parameters<
    typeof openChannels
  >[0]
  return openChannels(deps, { epoch: 1, run: request as Run })
}

const DAILY = dailyRequest(settings(), TODAY)

test.each([
  ['07:59:59', []],
  ['08:00:00', ['line']],
  ['09:00:00', ['line', 'mail']],
  ['19:59:59', ['line', 'mail']],
  ['20:00:00', []],
])('at %s these channels are open: %j', (time, channels) => {
  expect(openAt(`${TODAY}T${time}`)).toEqual(channels)
})

test('nothing is open while the municipality pauses', () => {
  expect(openAt(`${TODAY}T10:00:00`, { isActive: false })).toEqual([])
})

test.each([
  ['all', []],
  [`town:${settings().code}`, []],
  ['town:131016', ['line', 'mail']],
  ['line:L1', ['mail']],
  ['line:L2', ['line', 'mail']],
  ['mail', ['line']],
])('while a person has stopped %s, %j is open', (halted, channels) => {
  expect(openAt(`${TODAY}T10:00:00`, { halted })).toEqual(channels)
})

test.each([
  ['L1', ['mail']],
  [settings().mailFrom, ['line']],
])('while %s is stopped the other channel is open', (key, channels) => {
  expect(openAt(`${TODAY}T10:00:00`, { stopped: [key] })).toEqual(channels)
})

test('a run of another day is not open, whatever its hours say', () => {
  const now = new Date(`${TODAY}T10:00:00+09:00`)
  const { closesAt } = forcedRequest(TOWN, '2026-10-08', now)
  const request = { ...forcedRequest(TOWN, TODAY, now), closesAt }
  expect(openAt('2026-10-07T00:00:00', { request })).toEqual([])
  expect(openAt(`${TODAY}T23:59:59`, { request })).toEqual(['line', 'mail'])
})
