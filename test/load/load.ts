// A day on which everybody comes at once: webhooks and registrations at a steady rate during a send.
import { mkdir } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { freePort } from '../../src/local/port'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { createSandbox } from '../../worker/sandbox/sandbox'
import { startWeb, startWorker, stopProgram, type Host } from '../bench/host'
import { benchNow, dayOf } from '../bench/runs'
import { countBy } from '../year/summary'
import type { LoadReport } from './judge'
import { latenciesOf } from './latencies'
import { watchMemory } from './memory'
import { sendOpenLoop, type Answered } from './openLoop'
import {
  planRegistrations,
  planWebhooks,
  type PlannedRegistration,
  type PlannedWebhook,
} from './plan'
import { createRegistrations } from './registrations'
import { createSends } from './sends'
import { openTalks, type Talks } from './talks'
import { dealtWith, wrongAnswers } from './tally'
import { LOAD, storeTowns } from './town'
import { createWebhookCalls } from './webhookCalls'

/** How much comes, and for how long. */
export interface LoadInput {
  seconds: number
  /** Calls of the webhook a second. */
  webhooks: number
  /** Registrations a second. */
  registrations: number
  readers: number
  /**
   * So long a quarter comes first, which does not count: programs that have just begun have their code
   * still to compile, and nobody begins with everybody at once.
   */
  warmUpSeconds: number
}

/** A run begins every so many seconds of the load. */
const RUN_EVERY_SECONDS = 5

/** The day after today, whose noon the programs' clocks begin at. */
const DAY = 1

const clock = {
  now: () => performance.now(),
  until: (ms: number) => sleep(Math.max(1, ms - performance.now())),
}

/** Puts the load on the real programs, and counts what became of it. */
export async function runLoad(host: Host, input: LoadInput) {
  const { seconds, readers, warmUpSeconds } = input
  const count = Math.max(4, Math.ceil(seconds / RUN_EVERY_SECONDS))
  const size = { seconds, towns: count, readersPerTown: Math.floor(readers / count) }
  host.progress(`${count} 自治体、読者 ${count * size.readersPerTown} 人を入れています。`)
  const sandbox = await host.startSandbox({ isLimited: true })
  const { delivery, towns } = await storeTowns(host, { sandbox, ...size })
  const outside = await openOutside(host)
  const place = { name: LOAD, date: dayOf(DAY) }
  const port = await freePort()
  const worker = await startWorker(host, { ...place, sandbox })
  const { url } = outside.talks
  const toWeb = { url, smtpUrl: outside.mailbox.smtpUrl }
  const web = await startWeb(host, { ...place, port, sandbox: toWeb })
  const webUrl = `http://127.0.0.1:${port}`
  const calls = createWebhookCalls({ webUrl, towns, now: () => benchNow().getTime() })
  const register = createRegistrations({
    ...{ webUrl, towns, today: place.date, mailbox: outside.mailbox },
  })
  const sends = createSends({ delivery, towns, date: place.date, now: benchNow })
  const ending = new AbortController()
  const { signal } = ending
  try {
    host.progress(`${warmUpSeconds} 秒のあいだ、4 分の 1 の割合で始めます(数えません)。`)
    const first = { ...size, seconds: warmUpSeconds }
    const warm = planWebhooks(Math.ceil(input.webhooks / 4), first, 'warm-')
    await sendOpenLoop({ arrivals: warm, send: calls.send, clock })
    host.progress(`${seconds} 秒のあいだ、負荷をかけます。`)
    const aside = Promise.all([
      watchMemory(web, signal),
      watchMemory(worker, signal),
      sends.during(seconds, signal),
    ])
    const [called, registered] = await Promise.all([
      sendOpenLoop({ arrivals: planWebhooks(input.webhooks, size), send: calls.send, clock }),
      sendOpenLoop({
        arrivals: planRegistrations(input.registrations, size),
        send: register,
        clock,
      }),
    ])
    ending.abort()
    const [webMemory, workerMemory] = await aside
    const send = await sends.ended()
    const report = await reportOf({ delivery, talks: outside.talks, called, registered, send })
    return { ...report, memory: { web: webMemory, worker: workerMemory }, loadAverage: loadavg() }
  } finally {
    ending.abort()
    await Promise.all([stopProgram(web), stopProgram(worker), calls.close()])
    await Promise.all([delivery.close(), outside.close()])
  }
}

async function openOutside(host: Host) {
  const folder = join(host.folder, 'mailbox')
  await mkdir(folder, { recursive: true })
  const talks = await openTalks()
  const mailbox = await createSandbox({
    ...{ port: 0, smtpPort: 0, folder, now: benchNow, perSecond: null },
  })
  return { talks, mailbox, close: () => Promise.all([talks.close(), mailbox.stop()]) }
}

interface Came {
  delivery: DeliveryHalf
  talks: Talks
  called: readonly Answered<PlannedWebhook>[]
  registered: readonly Answered<PlannedRegistration>[]
  send: LoadReport['send']
}

async function reportOf({ delivery, talks, called, registered, send }: Came) {
  const calls = called.map(({ what }) => what)
  await repliesCame(talks)
  const noted = await delivery.db.collection<{ _id: string }>('webhookEvents').find().toArray()
  const done = registered.filter(({ status }) => status === 'registered')
  const failed = registered.filter(({ status }) => status !== 'registered')
  const mails = { 'identities.channel': 'mail', createdAt: { $gt: new Date('2026-01-02') } }
  const stored = await delivery.db.collection('readers').countDocuments(mails)
  return {
    webhooks: latenciesOf(called.map(({ latencyMs }) => latencyMs)),
    registrations: latenciesOf(registered.map(({ latencyMs }) => latencyMs)),
    answers: countBy(called, ({ status }) => status),
    wrong: { ...wrongAnswers(called), ...countBy(failed, ({ status }) => `登録 ${status}`) },
    events: dealtWith({
      calls,
      noted: new Set(noted.map(({ _id }) => _id)),
      used: talks.used,
    }),
    registered: { done: done.length, stored },
    send,
  }
}

/** The answers in the talks come after the webhook's own: until none has come for a while. */
async function repliesCame({ used }: Talks): Promise<void> {
  for (let before = -1; used.size > before;) {
    before = used.size
    await sleep(2000)
  }
}
