// What a person says about a held run reaches the ledger, and only the hold that was meant.
import { afterEach, expect, test } from '@jest/globals'

import { readStatus } from '../../../src/operation/status'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { childTexts } from '../../src/plan/town'
import { families, lookAndWork, openService, RUN } from '../app/day'
import { openWorker, received } from '../app/openWorker'
import { startFakeCms } from '../content/fakeCms'

let stop: () => Promise<unknown> = async () => undefined
afterEach(() => stop())

/** A day of six families whose run is held since half past eight. */
async function openHeld() {
  const cms = await startFakeCms([])
  stop = cms.stop
  const worker = await openWorker({ releases: childTexts(), cmsUrl: cms.url })
  const service = openService(worker)
  await families(worker, { mail: 6 })
  await service.tick()
  const { runs } = ledgerCollections(worker.delivery.db)
  const holdAt = async (time: string) => {
    const hold = { code: 'yesterday-drift', detail: '', at: new Date(time) }
    await runs.updateOne({ _id: RUN }, { $set: { state: 'held', hold } })
    return { run: RUN, heldAt: hold.at.toISOString() }
  }
  const find = () => worker.delivery.runs.find(RUN)
  return { cms, worker, service, holdAt, find }
}

test('a run that may go on goes on; the same word does not free it from a later hold', async () => {
  const { cms, worker, service, holdAt, find } = await openHeld()
  const held = await holdAt('2026-10-06T08:30:00+09:00')
  cms.state.isDown = true
  cms.state.acts = [{ ...held, act: 'continue' }]
  await service.tick()
  expect(await find()).toMatchObject({ state: 'held' })
  cms.state.isDown = false
  await service.tick()
  expect(await find()).toMatchObject({ state: 'requested', isForced: true })
  expect(cms.state.acts).toEqual([])
  // who asked sees it at once
  expect(readStatus(cms.state.status)?.towns[0]?.runs).toMatchObject([{ state: 'requested' }])
  await lookAndWork(service)
  expect([...received(worker.sandbox).values()]).toEqual([1, 1, 1, 1, 1, 1])
  await holdAt('2026-10-06T09:30:00+09:00')
  cms.state.acts = [{ ...held, act: 'continue' }] // the CMS did not hear that it was done
  await service.tick()
  expect(await find()).toMatchObject({ state: 'held' })
})

test('a run that is dropped sends nothing, and each of its texts is accounted for', async () => {
  const { cms, worker, service, holdAt, find } = await openHeld()
  const held = await holdAt('2026-10-06T08:30:00+09:00')
  cms.state.acts = [{ ...held, act: 'drop' }]
  await service.tick()
  await lookAndWork(service)
  expect(await find()).toMatchObject({ state: 'done', isStale: true })
  expect(received(worker.sandbox).size).toBe(0)
})
