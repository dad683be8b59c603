import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findMongod } from '../../src/local/mongod'
import { startReplicaSet } from '../../src/local/replicaSet'
import { generateKeyRing } from '../../src/secret/seal'
import type { Release } from '../../src/release/content'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { openDeliveryHalf, type DeliveryHalf } from '../../worker/app/deliveryHalf'
import type { LineAccount } from '../../src/plan/settings'
import { createMeter, type Meter } from './meter'
import { benchNow } from './runs'

/** Everything a benchmark may use, on this machine only. */
export interface Host {
  folder: string
  /** Key ring of all databases of this run. */
  keys: string
  databaseUrl: (name: string) => string
  startSandbox: (options: { isLimited: boolean }) => Promise<SandboxProcess>
  progress: (sentence: string) => void
  measure: Meter
  isQuick: boolean
}

/** A sandbox with an event loop of its own. */
export interface SandboxProcess {
  url: string
  smtpUrl: string
  addChannel: (account: LineAccount) => Promise<void>
  /** Answers each LINE request only after a while. */
  slowDown: (ms: number) => Promise<void>
  counts: () => Promise<{ line: number; mail: number; rateRefused: number }>
  stop: () => Promise<void>
}

interface HostOptions {
  env: Record<string, string | undefined>
  isQuick: boolean
  progress: (sentence: string) => void
}

/** Starts a fresh mongod in a folder of its own, runs the work, and removes everything again. */
export async function withHost<T>(
  { env, isQuick, progress }: HostOptions,
  work: (host: Host) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-bench-'))
  const { binary } = await findMongod({ env, onProgress: progress })
  const database = await startReplicaSet({ binary, folder })
  const running = new Set<SandboxProcess>()
  const startSandbox = async ({ isLimited }: { isLimited: boolean }) => {
    const sandbox = await spawnSandbox(join(folder, `sandbox-${running.size}`), isLimited)
    running.add(sandbox)
    return sandbox
  }
  const keys = generateKeyRing()
  try {
    return await work({
      folder,
      keys,
      databaseUrl: database.url,
      startSandbox,
      progress,
      isQuick,
      measure: createMeter(database.pid),
    })
  } finally {
    for (const sandbox of running) await sandbox.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function spawnSandbox(folder: string, isLimited: boolean): Promise<SandboxProcess> {
  const child = spawnProgram('worker/sandbox/main.ts', [], {
    SANDBOX_PORT: '0',
    KIZUNA_DATA_DIR: folder,
    ...(isLimited ? {} : { SANDBOX_LINE_PER_SECOND: 'off' }),
  })
  const [{ url, smtpUrl }] = (await once(child, 'message')) as [SandboxProcess]
  return {
    url,
    smtpUrl,
    stop: () => stopProgram(child),
    async addChannel({ channelId, channelSecret, provider }) {
      const body = JSON.stringify({ channelId, channelSecret, provider })
      await fetch(`${url}/sandbox/channels`, { method: 'POST', body })
    },
    async slowDown(ms) {
      const fault = { at: 'multicast', times: null, trouble: { kind: 'slow', ms } }
      const body = JSON.stringify({ line: [fault] })
      await fetch(`${url}/sandbox/faults`, { method: 'POST', body })
    },
    counts: async () =>
      (await fetch(`${url}/sandbox/counts`)).json() as ReturnType<SandboxProcess['counts']>,
  }
}

/** Starts one of our programs as a process of its own, which sends a message when it is ready. */
export function spawnProgram(
  program: string,
  args: string[],
  env: Record<string, string>,
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

/** Asks a program to end and waits until it has. */
export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

interface WorkerOptions {
  /** Name of the database. */
  name: string
  sandbox: Pick<SandboxProcess, 'url' | 'smtpUrl'>
  /** Infinity switches our own limiter off. */
  linePerSecond?: number
  /** @default {@link benchNow} */
  now?: () => Date
  keptDays?: number
}

/** The real delivery half on a database of its own. */
export function openWorker(host: Host, options: WorkerOptions) {
  const { name, sandbox, linePerSecond, now = benchNow, keptDays } = options
  return openDeliveryHalf({
    databaseUrl: host.databaseUrl(name),
    keys: host.keys,
    now,
    keptDays,
    cmsUrl: 'http://127.0.0.1:9',
    cmsApiKey: 'x'.repeat(20),
    lineApiUrl: sandbox.url,
    smtpUrl: sandbox.smtpUrl,
    publicUrl: 'https://web.example',
    ...(linePerSecond === undefined ? {} : { linePerSecond }),
    onAlert: (code) => host.progress(`alert: ${code}`),
  })
}

interface HeldInput {
  releases: Release[]
  municipalities: SyncedMunicipality[]
  accounts: LineAccount[]
}

/** Puts releases and settings in, as a synchronisation with the CMS does. */
export async function hold(
  { contentStore, syncedContent }: DeliveryHalf,
  input: HeldInput,
): Promise<void> {
  await contentStore.addReleases(input.releases)
  await contentStore.replaceSettings(input.municipalities, input.accounts)
  await contentStore.saveProgress({ lastReleaseId: null, syncedAt: new Date() })
  await syncedContent.refresh()
}

interface ProgramPlace {
  /** Name of the database. */
  name: string
  date: string
  sandbox: Pick<SandboxProcess, 'url' | 'smtpUrl'>
}

/** The worker program over a database of this host, on a day's noon; resolves when it has started. */
export async function startWorker(host: Host, place: ProgramPlace): Promise<ChildProcess> {
  const worker = spawnProgram('worker/main.ts', ['worker'], placeOf(host, place))
  await once(worker, 'message')
  return worker
}

/** The web program beside it, behind one proxy; resolves when it listens. */
export async function startWeb(
  host: Host,
  { port, ...place }: ProgramPlace & { port: number },
): Promise<ChildProcess> {
  const env = { ...placeOf(host, place), WEB_PORT: String(port), TRUST_PROXY: '1' }
  const web = spawnProgram('worker/main.ts', ['web'], env)
  await once(web, 'message')
  return web
}

function placeOf(host: Host, { name, date, sandbox }: ProgramPlace): Record<string, string> {
  return {
    DATABASE_URL: host.databaseUrl('unused'),
    PUBLIC_URL: 'https://web.example',
    DELIVERY_DATABASE_URL: host.databaseUrl(name),
    KIZUNA_DATA_DIR: host.folder,
    KIZUNA_CLOCK: `${date}T12:00+09:00`,
    KIZUNA_KEYS: host.keys,
    CMS_URL: 'http://127.0.0.1:9',
    CMS_API_KEY: 'x'.repeat(20),
    LINE_API_URL: sandbox.url,
    SMTP_URL: sandbox.smtpUrl,
    PAYLOAD_SECRET: 'x'.repeat(32),
  }
}
