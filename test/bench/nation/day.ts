import { setTimeout as sleep } from 'node:timers/promises'

import type { DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { forEachAtOnce } from '../../../worker/concurrency/limiter'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { forcedRequest } from '../../../worker/runs/due'
import { startWorker, stopProgram, type Host, type SandboxProcess } from '../host'
import { memoryOf } from '../memory'
import { round } from '../meter'
import { dayOf, openHours, planRuns, requestRuns, sendRuns } from '../runs'
import { bareNation, bareWorkOf } from './bareNation'
import { leastOf } from './leastCalls'
import { familiesOfEach, NATION, openNation, townsOf, type Town } from './towns'

/** How often the runs are looked at. */
const LOOK_MS = 500

/** Looks from one line of progress to the next. */
const LOOKS_A_LINE = 20

/** Runs that are asked for at once. */
const AT_ONCE = 16

/** Rounds have days of their own: everything is due anew. */
const BY_PROGRAM = 1
const BY_PHASE = 2

interface NationInput {
  readers: number
  /** What a LINE request takes at the provider, in milliseconds. */
  latencyMs: number
  /** Municipalities, of all of Japan's. */
  count: number
  /** Worker programs that share the day. */
  workers: number
}

/** A nation's day: by the worker program as a whole, then phase by phase against bare loops. */
export async function benchNation(host: Host, { readers, latencyMs, count, workers }: NationInput) {
  const towns = townsOf(readers, count)
  const sandbox = await host.startSandbox({ isLimited: true })
  const stored = towns.reduce((sum, town) => sum + town.readers, 0)
  host.progress(`nation: ${towns.length} towns with ${stored} readers are stored`)
  const delivery = await openNation(host, { sandbox, towns })
  if (latencyMs > 0) await sandbox.slowDown(latencyMs)
  const input = { host, delivery, sandbox, towns }
  const whole = await byProgram(input, workers)
  host.progress(`nation: the worker program: ${JSON.stringify(whole)}`)
  const phases = await byPhase(input)
  await delivery.close()
  await sandbox.stop()
  return { readers: stored, latencyMs, towns: towns.length, whole, phases }
}

interface DayInput {
  host: Host
  delivery: DeliveryHalf
  sandbox: SandboxProcess
  towns: Town[]
}

/** The real worker program, one or more, from the first request for a run to the last run that is done. */
async function byProgram({ host, delivery, sandbox, towns }: DayInput, count: number) {
  const date = dayOf(BY_PROGRAM)
  const start = () => startWorker(host, { name: NATION, date, sandbox })
  const workers = await Promise.all(Array.from({ length: count }, start))
  const idle = await Promise.all(workers.map((worker) => memoryOf(worker)))
  const before = await sandbox.counts()
  const startedAt = performance.now()
  await forEachAtOnce(towns, AT_ONCE, ({ code }) =>
    delivery.runs.request(forcedRequest(code, date, new Date())),
  )
  const requestSeconds = (performance.now() - startedAt) / 1000
  await allDone({ host, delivery, date, count: towns.length })
  const seconds = (performance.now() - startedAt) / 1000
  const after = await sandbox.counts()
  const ended = await Promise.all(workers.map((worker) => memoryOf(worker)))
  await Promise.all(workers.map((worker) => stopProgram(worker)))
  const calls = after.line - before.line
  const mails = after.mail - before.mail
  const least = leastOf({ towns: familiesOfEach(towns), date, daysAfter: BY_PROGRAM })
  return {
    seconds: round(seconds),
    requestSeconds: round(requestSeconds),
    calls,
    mails,
    perSecond: round((calls + mails) / seconds),
    msPerTown: round((seconds * 1000) / towns.length),
    workers: count,
    idleMb: Math.max(...idle.map(({ residentMb }) => residentMb)),
    peakMb: Math.max(...ended.map(({ peakMb }) => peakMb)),
    rate429s: after.rateRefused - before.rateRefused,
    least,
    callsOfLeast: round(calls / least.calls),
  }
}

interface AwaitedDay {
  host: Host
  delivery: DeliveryHalf
  date: string
  count: number
}

async function allDone({ host, delivery, date, count }: AwaitedDay): Promise<void> {
  const { runs } = ledgerCollections(delivery.db)
  for (let looks = 0; ; looks += 1) {
    const done = await runs.countDocuments({ date, state: 'done' })
    if (done === count) return
    if (looks % LOOKS_A_LINE === 0) host.progress(`nation: ${done} of ${count} runs are done`)
    const held = await runs.findOne({ date, state: 'held' })
    if (held) throw new Error(`A run is held: ${held.hold?.code}`)
    await sleep(LOOK_MS)
  }
}

/** Plan, bare loops with what was planned, then send and record; all in this process. */
async function byPhase({ host, delivery, sandbox, towns }: DayInput) {
  const date = dayOf(BY_PHASE)
  const own = { delivery, own: towns.map(({ code }) => code) }
  await requestRuns(own, date)
  host.progress('nation: planning')
  const plan = await host.measure(() => planRuns(own, date))
  const work = await bareWorkOf(delivery, date)
  host.progress('nation: bare loops')
  const bare = await host.measure(() => bareNation(sandbox, work))
  await openHours(own, date)
  host.progress('nation: sending and recording')
  const send = await host.measure(() => sendRuns(own, date))
  return {
    calls: work.calls.length,
    mails: work.mails.length,
    planSeconds: round(plan.seconds),
    sendAndRecordSeconds: round(send.seconds),
    bareSeconds: round(bare.seconds),
    ratio: round(bare.seconds / (plan.seconds + send.seconds)),
    cpuSeconds: {
      plan: round(plan.cpuSeconds),
      planDatabase: round(plan.databaseCpuSeconds),
      sendAndRecord: round(send.cpuSeconds),
      sendAndRecordDatabase: round(send.databaseCpuSeconds),
      bare: round(bare.cpuSeconds),
    },
  }
}
