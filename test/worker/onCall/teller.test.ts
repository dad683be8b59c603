// Something happens, people on call are told of it once by each way, and of its end.
import { afterEach, expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'

import { signWeb } from '../../../worker/app/workerSign'
import { checkAll } from '../../../worker/cli/doctorChecks'
import { noteBackup } from '../../../worker/ledger/backupLog'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { onCallCollections } from '../../../worker/onCall/incidentStore'
import { createTeller, startTeller } from '../../../worker/onCall/teller'
import { childTexts } from '../../src/plan/town'
import { families } from '../app/day'
import { mailUser, openWorker } from '../app/openWorker'
import { runIn } from '../cli/io'
import { startReceiver, type Receiver } from './receiver'

const SECRET = 's'.repeat(32)
const TOBAN = 'toban@minato.example'
let receiver: Receiver
afterEach(() => receiver.stop())

/** An installation in which all is well, with a mail and a webhook to people on call. */
async function onCall() {
  receiver = await startReceiver()
  const webhook = { url: `${receiver.url}/200`, secret: SECRET }
  const worker = await openWorker({
    releases: childTexts(),
    onCall: { mails: [TOBAN], webhook },
  })
  const { delivery, clock, sandbox } = worker
  const { contentStore, db } = delivery
  const { heartbeats } = ledgerCollections(db)
  const live = async () => {
    const at = clock.now
    await heartbeats.updateOne({ _id: 'tick' }, { $set: { at } }, { upsert: true })
    await signWeb(delivery)
    await contentStore.saveProgress({ lastReleaseId: null, syncedAt: at })
    await noteBackup(db, 'taken', at)
    await noteBackup(db, 'verified', at)
  }
  await live()
  const warned: string[] = []
  const log = { warn: (fields: object) => void warned.push(JSON.stringify(fields)) }
  const tellerOf = (half: typeof delivery) => createTeller({ ...half, ways: half.onCallWays, log })
  const teller = tellerOf(delivery)
  return {
    ...{ ...worker, live, warned, teller, tellerOf },
    /** So many minutes later somebody has looked. */
    after: async (minutes: number, tellers = [teller]) => {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000)
      await Promise.all(tellers.map(({ turn }) => turn()))
      await Promise.all(tellers.map(({ idle }) => idle()))
    },
    mails: async () =>
      Promise.all(
        sandbox.mail.accepted
          .filter(({ to }) => to[0] === TOBAN)
          .map(async (mail) => simpleParser(sandbox.mail.rawOf(mail))),
      ),
    posts: () => receiver.got.map(({ body }) => JSON.parse(body) as Record<string, string>),
  }
}

test('of a worker that is gone the others tell once, and of its return; nothing of any reader', async () => {
  const world = await onCall()
  const { live, after, connect, tellerOf, teller, mails, posts, delivery, sandbox } = world
  await families(world, { mail: 1 })
  const two = [teller, tellerOf(await connect())]
  await after(0, two)
  expect([await mails(), posts()]).toEqual([[], []])
  for (let minute = 0; minute < 6; minute += 1) {
    await signWeb(delivery)
    await after(1, two)
  }
  const [mail, ...more] = await mails()
  expect(more).toEqual([])
  expect(mail?.subject).toMatch(/^\[kizuna\] 動いている worker がありません/)
  expect(mail?.text).toContain('はじめにすること: worker を起動します')
  expect(mail?.from?.text).toContain('kizuna')
  expect(posts().map(({ code, state }) => `${code} ${state}`)).toEqual(['no-worker open'])

  for (let minute = 0; minute < 4; minute += 1) {
    await live()
    await after(1, two)
  }
  expect((await mails()).map(({ subject }) => subject?.slice(0, 16))).toEqual(
    ['[kizuna] 動いている wo', '[kizuna] おさまりました'].map((one) => one.slice(0, 16)),
  )
  expect(posts().map(({ state }) => state)).toEqual(['open', 'over'])
  const told = JSON.stringify([posts(), (await mails()).map(({ text }) => text)])
  expect(told).not.toContain(mailUser(0).address)
  expect(sandbox.mail.accepted).toHaveLength(2)
})

test('an alert of any worker is told once with its number, and a worker tells of the web side', async () => {
  const world = await onCall()
  const { after, connect, posts, delivery, live, clock } = world
  const other = await connect()
  for (const half of [delivery, other, other]) half.onAlert('expired', { run: 'r' })
  await Promise.all([delivery.alerts.settled(), other.alerts.settled()])
  await after(0)
  await live()
  await after(1)
  const codes = () => posts().map(({ code, state, count }) => `${code} ${state} ${count}`)
  expect(codes()).toEqual(['expired open 1'])
  const { heartbeats } = ledgerCollections(delivery.db)
  const isDead = { $set: { at: new Date(clock.now.getTime() - 180_000) } }
  for (let minute = 0; minute < 4; minute += 1) {
    await live()
    await heartbeats.updateOne({ _id: 'web' }, isDead)
    await after(1)
  }
  expect(codes()).toEqual(['expired open 1', 'web-silent open 1'])
})

test('a machine whose clock is wrong tells of that, and takes no worker for dead', async () => {
  const { connect, machine, clock, tellerOf, posts } = await onCall()
  machine.aheadMs = 600_000
  const teller = tellerOf(await connect())
  for (let minute = 0; minute < 6; minute += 1) {
    clock.now = new Date(clock.now.getTime() + 60_000)
    await teller.turn()
    await teller.idle()
  }
  expect(posts().map(({ code }) => code)).toEqual(['clock-apart'])
})

test('a way that fails is tried again and seen, and keeps no other from its own', async () => {
  const world = await onCall()
  const { after, posts, mails, delivery, live, sandbox, env, clock, warned } = world
  const mail = { ON_CALL_MAIL: TOBAN, ON_CALL_WEBHOOK: `${receiver.url}/200` }
  const shell = (...args: string[]) =>
    runIn({ env: { ...env, ...mail }, now: () => clock.now }, args)
  receiver.state.status = 503
  delivery.onAlert('line-stopped', {})
  await delivery.alerts.settled()
  await after(0)
  await live()
  expect(await mails()).toHaveLength(1)
  expect(warned.join()).toContain('http-503')
  expect(warned.join()).not.toMatch(/127\.0\.0\.1|minato/)
  const doctor = await checkAll(delivery, { dataDir: '/tmp', publicUrl: null })
  expect(doctor.find(({ check }) => check === '当番')).toMatchObject({ state: 'wrong' })
  expect((await shell('status')).out.join('\n')).toMatch(
    /当番への知らせ: メール\(…@minato\.example\)、Webhook\(127[^\n]*\n.*LINE の都合.*\n.*に、.* から届いていません\(1 通。503 と答えました/,
  )
  expect(await shell('on-call', '--test')).toMatchObject({
    code: 1,
    out: [expect.stringMatching(/^○ メール/), expect.stringMatching(/^× Webhook.*503/)],
  })
  receiver.state.status = null
  sandbox.faults.mail.add({ at: 'mail', times: null, trouble: { kind: 'cutAtMail' } })
  await live()
  await after(1)
  expect(posts().filter(({ code }) => code === 'line-stopped')).toHaveLength(2)
  const good = await checkAll(delivery, { dataDir: '/tmp', publicUrl: null })
  expect(good.find(({ check }) => check === '当番')).toMatchObject({ state: 'good' })
})

test('what a process has taken up and died with goes out after a while, by another', async () => {
  const world = await onCall()
  const { after, posts, delivery, live, clock } = world
  delivery.onAlert('run-failed', {})
  await delivery.alerts.settled()
  const { letters } = onCallCollections(delivery.db)
  const both = [signal(), signal()]
  const dead = createTeller({
    ...delivery,
    ways: delivery.onCallWays.map((way, at) => ({
      ...way,
      tell: () => {
        both[at]?.give()
        return new Promise<never>(() => undefined)
      },
    })),
    log: { warn: () => undefined },
  })
  await dead.turn()
  await Promise.all(both.map(({ given }) => given))
  await after(1)
  expect(posts()).toEqual([])
  clock.now = new Date(clock.now.getTime() + 3 * 60_000)
  await live()
  await after(0)
  expect(posts().map(({ code }) => code)).toEqual(['run-failed'])
  expect(await letters.countDocuments({ state: 'taken' })).toBe(2)
})

test('that the database is silent is told without it, and that it is back', async () => {
  const { delivery, clock } = await onCall()
  const broken = { isOn: true }
  const alerts = {
    ...delivery.alerts,
    all: () => (broken.isOn ? Promise.reject(new Error('no server')) : delivery.alerts.all()),
  }
  const log = { warn: () => undefined }
  const teller = createTeller({ ...delivery, alerts, ways: delivery.onCallWays, log })
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) {
      clock.now = new Date(clock.now.getTime() + 60_000)
      await teller.turn()
      await teller.idle()
    }
  }
  await minutes(6)
  broken.isOn = false
  await minutes(4)
  const states = receiver.got.map(({ body }) => JSON.parse(body) as Record<string, string>)
  expect(states.filter(({ code }) => code === 'database-silent').map(({ state }) => state)).toEqual(
    ['open', 'over'],
  )
})

test('it looks by itself until it is stopped', async () => {
  const { delivery } = await onCall()
  delivery.onAlert('expired', {})
  await delivery.alerts.settled()
  const told = signal()
  const ways = delivery.onCallWays.map((way) => ({
    ...way,
    tell: async () => {
      told.give()
      return { isTaken: true as const }
    },
  }))
  const teller = createTeller({ ...delivery, ways, log: { warn: () => undefined } })
  const stop = startTeller(teller, { before: () => signWeb(delivery), onFailed: () => undefined })
  await told.given
  await stop()
})

/** Something that is waited for. */
function signal() {
  let give: () => void = () => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give: () => give() }
}
