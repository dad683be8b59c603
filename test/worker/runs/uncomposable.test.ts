// A town whose texts or settings cannot be put together is that town's trouble alone.
import { expect, test } from '@jest/globals'

import { forcedRequest } from '../../../worker/runs/due'
import { childTexts, settings, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, never } from '../app/day'
import { mailUser, openWorker, received, register } from '../app/openWorker'

const OTHER = '131997'

test('its run is held with an alert that names it, and the other town is sent to', async () => {
  const { contact } = settings()
  const broken = { ...contact, department: undefined as unknown as string }
  const { delivery, sandbox, alerts, clock } = await openWorker({
    releases: childTexts(),
    municipalities: [settings({ contact: broken }), settings({ code: OTHER })],
  })
  await register(delivery, { address: mailUser(1), child: DAY_45 })
  await register(delivery, { address: mailUser(2), child: DAY_45, municipality: OTHER })
  const outcomes = []
  for (const code of [TOWN, OTHER]) {
    await delivery.runs.requestAgain(forcedRequest(code, TODAY, clock.now))
    outcomes.push(await delivery.worker.work(`${code}:${TODAY}`, never))
  }
  expect(outcomes).toEqual([{ status: 'held', code: 'UNCOMPOSABLE' }, { status: 'finished' }])
  expect(alerts).toContainEqual({
    code: 'UNCOMPOSABLE',
    detail: { run: `${TOWN}:${TODAY}`, municipality: TOWN },
  })
  expect(received(sandbox).size).toBe(1)
  expect(await delivery.runs.find(`${TOWN}:${TODAY}`)).toMatchObject({ state: 'held' })
})
