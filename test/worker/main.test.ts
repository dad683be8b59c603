import { getPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, expect, test } from '@jest/globals'

import { freePort } from '../../src/local/port'
import { addDays, localDayOf } from '../../src/stage/day'
import { TOWN } from '../src/plan/town'
import { lineUser } from './app/openWorker'
import { startProgram } from './program'
import { openProgramWorld } from './programWorld'

const undo: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Starts `worker/main.ts`; it is killed after the test if it has not ended. */
async function start(mode: string, env: Record<string, string>) {
  const program = await startProgram(mode, env)
  undo.push(program.kill)
  return program
}

test('the worker ticks, welcomes within seconds and ends cleanly on SIGTERM', async () => {
  const { sandbox, delivery, env, db } = await openProgramWorld(undo)
  const worker = await start('worker', env)
  expect(worker.isReady).toBe(true)
  expect(getPriority(worker.pid)).toBeGreaterThan(getPriority()) // who is waited for goes first
  const { readerId } = await delivery.readers.register({
    municipality: TOWN,
    address: lineUser(1),
    edition: 'standard',
    relation: 'mother',
    area: null,
    source: null,
    consentedAt: new Date(),
    consentVersion: '1',
    child: { birthDate: addDays(localDayOf(new Date()), -45) },
  })
  await delivery.welcomes.requestWelcome(readerId)
  await sandbox.until(() => sandbox.line.accepted().length > 0)
  while (!(await db.collection('heartbeats').findOne({}))) await sleep(50)
  expect(await db.collection('workers').countDocuments()).toBe(1)
  expect(await worker.stop()).toBe(0)
  expect(await db.collection('workers').countDocuments()).toBe(0)
  const claimed = { leaseUntil: { $ne: null } }
  expect(await db.collection('runs').countDocuments(claimed)).toBe(0)
  expect(sandbox.line.accepted()).toHaveLength(1)
}, 60_000)

test('a worker that died while it asked the CMS keeps the others from it for seconds only', async () => {
  const { env, db } = await openProgramWorld(undo)
  await start('worker', env)
  const [jobs, state] = [db.collection('agenda_jobs'), db.collection('sync_state')]
  const diedAt = new Date(Date.now() - 10_000)
  const isFree = { name: 'syncContent', lockedAt: null }
  const locked = { $set: { lockedAt: diedAt, nextRunAt: diedAt } }
  while (!(await jobs.findOneAndUpdate(isFree, locked))) await sleep(20)
  const lockedAt = new Date()
  while (!(await state.findOne({ syncedAt: { $gt: lockedAt } }))) await sleep(50)
  const afterMs = Date.now() - diedAt.getTime()
  expect(afterMs).toBeGreaterThan(14_000) // the lock was there
  expect(afterMs).toBeLessThan(20_000) // a withdrawal has 30 s to reach every worker
}, 60_000)

test('the web side answers when it is ready, and ends cleanly', async () => {
  const { delivery, env } = await openProgramWorld(undo)
  await delivery.sync()
  const port = await freePort()
  const web = await start('web', { ...env, WEB_PORT: String(port) })
  expect(web.isReady).toBe(true)
  expect(getPriority(web.pid)).toBe(getPriority())
  const origin = `http://127.0.0.1:${port}`
  expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  expect(await (await fetch(`${origin}/metrics`)).text()).toContain('kizuna_last_tick')
  expect((await fetch(`${origin}/r/${TOWN}`)).status).toBe(200)
  expect(await web.stop()).toBe(0)
}, 60_000)

test('behind one proxy each reader has a limit of their own, whatever they claim to be', async () => {
  const { delivery, env } = await openProgramWorld(undo)
  await delivery.sync()
  const port = await freePort()
  const web = await start('web', { ...env, WEB_PORT: String(port), TRUST_PROXY: '1' })
  const leftFor = async (forwarded: string) => {
    const headers = { 'x-forwarded-for': forwarded }
    const url = `http://127.0.0.1:${port}/r/${TOWN}`
    const { headers: answered } = await fetch(url, { method: 'POST', headers })
    return Number(/r=(\d+)/.exec(answered.get('ratelimit') ?? '')?.[1])
  }
  const first = await leftFor('203.0.113.1')
  expect(await leftFor('203.0.113.2')).toBe(first)
  expect(await leftFor('198.51.100.9, 203.0.113.1')).toBe(first - 1)
  expect(await web.stop()).toBe(0)
}, 60_000)

test('a wrong setting stops the start with a sentence and code 1', async () => {
  const { env } = await openProgramWorld(undo)
  const worker = await start('worker', { ...env, WEB_PORT: 'abc' })
  expect(worker.isReady).toBe(false)
  expect((await worker.exited)[0]).toBe(1)
}, 60_000)
