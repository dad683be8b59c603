// `npm start`: everything on this machine, from the database to the inbox, until Ctrl-C.
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

import { practiceClockOf, systemNow } from '../config/clock'
import { ConfigError, parseConfig, type Config } from '../config/config'
import { buildCms, isBuildStale } from './build'
import { createChildren, exitLines, type Children, type ProgramSpec } from './children'
import { welcomeLines } from './banner'
import { childEnvironment, openLocalServices, type LocalServices } from '../local/services'
import { lockDataFolder } from '../local/folderLock'
import { notedClock } from '../local/openClock'
import { placesOf, type Places } from '../local/places'
import { isFree } from '../local/port'
import { registerPracticeChannels } from '../sample/practiceChannels'
import { createProgress } from './progress'
import { waitUntilReady } from './ready'
import { importSample } from './sample'

const root = fileURLToPath(new URL('../..', import.meta.url))
const write = (text: string) => process.stdout.write(text)
const progress = createProgress({ write, now: () => Date.now() })
const undo: (() => Promise<void>)[] = []
let isStopping = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void shutDown(0))
}

try {
  await start()
} catch (error) {
  if (!isStopping) {
    write(`\n${describeFailure(error)}\n`)
    await shutDown(1)
  }
}

async function start() {
  const config = withClockStarted(parseConfig(process.env))
  const places = placesOf(config)
  const folder = await holdFolder(config, places)
  await assertPortsFree(places)
  const services = await progress.step('データベースを起動しています', () => openServices(config))
  progress.line(`  ${services.databaseLine}`)
  const children = keepChildren(services, [folder.file, ...services.userFiles])
  const { settings } = services
  const env = { ...process.env, ...childEnvironment(settings), NODE_ENV: 'production' as const }
  if (await isBuildStale(root)) {
    await progress.step('管理画面を組み立てています(初回は 1 分ほど)', () =>
      buildCms({ root, env, run: children.run }),
    )
  }
  await startPrograms({ services, children, env })
}

/** From now on the practice clock runs: all programs of this start show the same. */
function withClockStarted(config: Config): Config {
  const practice = practiceClockOf(config, systemNow())
  return { ...config, KIZUNA_CLOCK_SINCE: practice?.since ?? null }
}

async function holdFolder(config: Config, places: Places) {
  const held = await lockDataFolder({
    dataDir: config.KIZUNA_DATA_DIR,
    places,
    clock: notedClock(practiceClockOf(config, systemNow())),
    now: systemNow,
    onWait: () =>
      progress.line('前回は途中で切れました。そのときのプログラムが終わるのを待っています。'),
  })
  undo.push(held.release)
  return held
}

/** Each inherits the locks: until the last has ended, no other start begins and the database stays. */
function keepChildren({ settings }: LocalServices, inherited: number[]): Children {
  const children = createChildren({
    logDir: join(settings.dataDir, 'logs'),
    inherited,
    onUnexpectedExit: (ended) => {
      write(`\n${exitLines(ended, join(settings.dataDir, 'logs'))}\n`)
      void shutDown(1)
    },
  })
  undo.push(() => children.stopAll(25_000))
  return children
}

/** What Ctrl-C undoes from the first moment, also while the database is still coming up. */
async function openServices(config: Config): Promise<LocalServices> {
  const opening = new AbortController()
  const { signal } = opening
  const onProgress = progress.line
  const services = openLocalServices({ config, env: process.env, onProgress, signal })
  const failed = () => undefined // start() tells why
  undo.push(async () => {
    opening.abort()
    await services.then(({ stop }) => stop(), failed)
  })
  return services
}

interface Starting {
  services: LocalServices
  children: Children
  env: NodeJS.ProcessEnv
}

async function startPrograms({ services, children, env }: Starting) {
  const { settings, databaseId, now } = services
  const program = (name: string, ...args: string[]): ProgramSpec => ({
    name,
    args: ['--import', 'tsx', ...args.map((arg, at) => (at === 0 ? join(root, arg) : arg))],
    env,
  })

  if (settings.isSandbox) await children.start(program('sandbox', 'worker/sandbox/main.ts'))
  await children.start(program('cms', 'src/launch/cms.ts'))
  await progress.step('CMS を起動しています', async () => {
    if (settings.isSandbox) await ready(settings.lineApiUrl, '練習用の LINE')
    await ready(`http://localhost:${settings.cmsPort}/admin/login`, 'CMS')
  })
  if (settings.isSandbox) {
    const { lineApiUrl, publicUrl, payloadSecret } = settings
    await registerPracticeChannels({ sandboxUrl: lineApiUrl, publicUrl, payloadSecret })
    await importSample({ settings, databaseId, program, run: children.run, progress })
    // Before the worker's first tick: in the evening that finds the day's hours over.
    const report = await progress
      .step('今日の文を届けています', () =>
        children.run(program('今日の配信', 'worker/cli/main.ts', 'deliver')),
      )
      .catch(notDelivered)
    progress.line(indent(report))
  }
  await children.start(program('worker', 'worker/main.ts', 'worker'))
  await children.start(program('web', 'worker/main.ts', 'web'))
  await progress.step('登録ページと配信係を起動しています', () =>
    ready(`http://localhost:${settings.webPort}/readyz`, '登録ページ'),
  )
  for (const line of await welcomeLines(settings, now())) progress.line(line)
}

/** What holds the delivery is seen and released in the running product, so this starts all the same. */
function notDelivered(error: Error): string {
  if (isStopping) throw error
  return `今日の文は、まだ届けていません。ほかは、このまま起動します。\n${error.message}`
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ')
}

function ready(url: string, name: string): Promise<void> {
  return waitUntilReady({ url, name, timeoutMs: 90_000 })
}

async function assertPortsFree({ ports: { cms, web, sandbox }, isSandbox }: Places) {
  const wanted: [string, number][] = [
    ['CMS_PORT', cms],
    ['WEB_PORT', web],
  ]
  if (isSandbox) {
    wanted.push(['SANDBOX_PORT', sandbox])
    wanted.push(['SANDBOX_PORT(メールの受け口、+1)', sandbox + 1])
  }
  const taken: string[] = []
  for (const [name, port] of wanted) if (!(await isFree(port))) taken.push(`${name} ${port}`)
  if (taken.length === 0) return
  throw new ConfigError(
    `ほかのプログラムが使っているポートがあります: ${taken.join('、')}。そのプログラムを止めるか、別の番号を設定してください(例: CMS_PORT=3100 WEB_PORT=3101 SANDBOX_PORT=3102 npm start)。`,
  )
}

async function shutDown(code: number) {
  if (isStopping) return
  isStopping = true
  if (undo.length === 0) process.exit(code) // nothing was begun, and what runs here is not ours
  write('\n止めています…(送りかけの分を終えてから止まります)\n')
  for (const stop of undo.reverse())
    await stop().catch((error: Error) => write(`${error.message}\n`))
  write('止まりました。もう一度 npm start で続きから始まります。\n')
  process.exit(code)
}

function describeFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  return error instanceof Error ? error.message : String(error)
}
