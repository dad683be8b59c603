import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { forcedRequest } from '../../worker/runs/due'
import { CITIES, openCities } from './cities'
import { startWorker, stopProgram, type Host, type SandboxProcess } from './host'
import { round } from './meter'
import { dayOf } from './runs'

/** How often the run is looked at. */
const LOOK_MS = 200

const MEBIBYTE_KIB = 1024

/** A day that no planning round has used. */
const MEMORY_DAY = 10

/** Peak memory of the real worker program while it plans and delivers one city's day. */
export async function benchMemory(host: Host) {
  const { delivery, sandbox, cities } = await openCities(host)
  const runs = []
  for (const { code, readers } of cities) {
    host.progress(`memory: a worker delivers to a city of ${readers} readers`)
    runs.push({ readers, ...(await measure({ host, delivery, sandbox, code })) })
  }
  return { runs, aim: { peakMb: 320, atReaders: cities.at(-1)?.readers } }
}

interface MeasureInput {
  host: Host
  delivery: DeliveryHalf
  sandbox: SandboxProcess
  code: string
}

async function measure({ host, delivery, sandbox, code }: MeasureInput) {
  const worker = await startWorker(host, { name: CITIES, date: dayOf(MEMORY_DAY), sandbox })
  const idle = await memoryOf(worker)
  const startedAt = performance.now()
  const asked = forcedRequest(code, dayOf(MEMORY_DAY), new Date())
  await delivery.runs.request(asked)
  const run = await finished(delivery, asked._id)
  const seconds = (performance.now() - startedAt) / 1000
  const { peakMb } = await memoryOf(worker)
  await stopProgram(worker)
  return {
    due: run.plan?.candidates,
    calls: run.plan?.calls,
    seconds: round(seconds),
    idleMb: idle.residentMb,
    peakMb,
    ratio: round(peakMb / idle.residentMb),
  }
}

async function finished({ runs }: DeliveryHalf, id: string) {
  for (;;) {
    const run = await runs.find(id)
    if (run?.state === 'done') return run
    if (run?.state === 'held') throw new Error(`The run is held: ${run.hold?.code}`)
    await sleep(LOOK_MS)
  }
}

/** Resident memory now and at its peak, as Linux counts it. */
export async function memoryOf({ pid }: Pick<ChildProcess, 'pid'>) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1])
  const megabytes = (name: string) => Math.round(of(name) / MEBIBYTE_KIB)
  return { residentMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') }
}
