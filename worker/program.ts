import { constants, getPriority, setPriority } from 'node:os'
import { setFlagsFromString } from 'node:v8'

import pino from 'pino'
import { setGlobalDispatcher } from 'undici'

import { ConfigError } from '../src/config/config'
import { createLineDispatcher } from './channel/line'
import {
  deliveryConfigOf,
  openDeliveryHalf,
  type DeliveryHalf,
  type DeliverySettings,
} from './app/deliveryHalf'
import { failureOf } from './concurrency/failure'
import { createTeller, startTeller } from './onCall/teller'
import { undoAll } from './concurrency/undoAll'
import { isOpenWhether } from './database/untilKnown'
import { startJobs } from './jobs'
import { createService } from './app/service'
import { signWeb } from './app/workerSign'

/** What a program of the delivery half needs, ready to use. */
export interface ProgramSettings extends DeliverySettings {
  webPort: number
  /** Reverse proxies between the readers and this program. */
  trustProxy: number
  /** Absent or null: the real time. */
  practiceClock: object | null
}

/** The settings, the clock, and what has to be left at the end. */
export interface ProgramServices {
  settings: ProgramSettings
  now: () => Date
  stop: () => Promise<void>
}

/** Reads and fills the settings of a program. */
export type OpenServices = (env: NodeJS.ProcessEnv) => Promise<ProgramServices>

// Garbage is collected at 1.5 times what is alive, not at up to 4 times: a third less memory.
setFlagsFromString('--heap-growing-percent=50')

/** Longer than any call that is out; what is not settled by then is settled as after a crash. */
const MOST_STOP_MS = 70_000

const log = pino({ base: { pid: process.pid } })
const undo: (() => Promise<unknown>)[] = []
let isStopping = false

/**
 * Runs the delivery half as this process: `worker` plans and sends, `web` serves readers and the
 * webhook. Ends cleanly on SIGTERM; a wrong setting ends it with its sentence and code 1.
 *
 * @param mode what was typed. @default 'worker'
 */
export function runProgram(mode: string | undefined, open: OpenServices): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0))
  process.on('disconnect', () => void stop(0)) // the launcher is gone
  process.on('unhandledRejection', (error) => fail(error))
  start(mode, open).catch(fail)
}

async function start(mode = 'worker', open: OpenServices) {
  if (mode !== 'worker' && mode !== 'web') {
    throw new ConfigError(`worker か web を指定してください(「${mode}」は分かりません)。`)
  }
  if (mode === 'worker') goAfterOthers()
  setGlobalDispatcher(createLineDispatcher())
  const services = await open(process.env)
  undo.push(services.stop)
  const { settings, now } = services
  const delivery = await openDeliveryHalf({
    ...deliveryConfigOf(settings),
    now,
    onAlert: alert,
    onProgress: (sentence) => log.info(sentence),
  })
  undo.push(delivery.close)
  if (mode === 'worker') await startWorker(delivery)
  else await startWeb(delivery, settings)
  undo.push(startTelling(delivery, mode))
  const { practiceClock } = settings
  log.info({ mode, ...(practiceClock && { practiceClock: now().toISOString() }) }, 'started')
  process.send?.({ ready: true })
}

/** Families and LINE wait for the web side's answers, for seconds at most; a text has hours. */
function goAfterOthers(): void {
  setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL))
}

async function startWorker(delivery: DeliveryHalf) {
  const service = createService({ delivery, log, onAlert: delivery.onAlert })
  await service.syncContent()
  const jobs = await startJobs({ db: delivery.db, service, log })
  undo.push(jobs.stop)
  service.start()
  undo.push(service.drain)
}

async function startWeb(delivery: DeliveryHalf, settings: ProgramSettings) {
  const { webPort: port, publicUrl, lineApiUrl, isSandbox, trustProxy } = settings
  const { startWebProgram } = await import('./app/webProgram') // a worker needs none of it
  const friendUrl = isSandbox ? `${lineApiUrl.replace('127.0.0.1', 'localhost')}/` : undefined
  const web = await startWebProgram({
    delivery,
    port,
    publicUrl,
    log,
    friendUrl,
    trustProxy,
    isPracticeClock: settings.practiceClock !== null,
  })
  undo.push(web.stop)
}

/** Both kinds of programs look, so that each tells of the other. */
function startTelling(delivery: DeliveryHalf, mode: string) {
  const sign = mode === 'web' ? () => signWeb(delivery) : async () => undefined
  const teller = createTeller({ ...delivery, ways: delivery.onCallWays, log })
  const onFailed = (error: unknown) => log.error(failureOf(error), 'nobody on call is told')
  return startTeller(teller, { before: sign, onFailed })
}

function alert(code: string, detail: Record<string, unknown>) {
  log.warn({ alert: code, ...detail }, 'alert')
}

function fail(error: unknown) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`)
  else log.fatal({ ...failureOf(error), ...unreachable(error) }, 'failed')
  void stop(1)
}

/** Which database does not answer: such a message names servers, where others may quote people. */
function unreachable(error: unknown): { message?: string } {
  return error instanceof Error && isOpenWhether(error) ? { message: error.message } : {}
}

async function stop(code: number) {
  if (isStopping) return
  isStopping = true
  const onFailed = (error: unknown) => log.error(failureOf(error), 'stop failed')
  await undoAll({ steps: undo, mostMs: MOST_STOP_MS, onFailed })
  process.exit(code)
}
