// `npm start`: everything on this machine, from the database to the inbox, until Ctrl-C.
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { localDayOf } from '../stage/day'
import { ConfigError, isSandbox, parseConfig, type Config } from '../config/config'
import { buildCms, isBuildStale } from './build'
import { createChildren, runToEnd, type ProgramSpec } from './children'
import { welcomeLines } from './banner'
import { childEnvironment, openLocalServices, type LocalServices } from '../local/services'
import { lockDataFolder } from '../local/folderLock'
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
/** How long programs of a start that was killed may take to end. */
const ENDING_MS = 30_000

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
  const config = parseConfig(process.env)
  const { isAfterCrash } = await holdFolder(config)
  await assertPortsFree(config, isAfterCrash)
  const services = await progress.step('データベースを起動しています', () => openServices(config))
  progress.line(`  ${services.databaseLine}`)
  const { settings } = services
  const env = { ...process.env, ...childEnvironment(settings), NODE_ENV: 'production' as const }
  if (await isBuildStale(root)) {
    await progress.step('管理画面を組み立てています(初回は 1 分ほど)', () => buildCms(root, env))
  }
  await startPrograms(services, env)
}

async function holdFolder(config: Config) {
  const held = await lockDataFolder({
    dataDir: config.KIZUNA_DATA_DIR,
    ports: { cms: config.CMS_PORT, web: config.WEB_PORT, sandbox: config.SANDBOX_PORT },
    now: () => new Date(),
  })
  undo.push(held.release)
  return held
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

async function startPrograms({ settings, databaseId }: LocalServices, env: NodeJS.ProcessEnv) {
  const children = createChildren({
    logDir: join(settings.dataDir, 'logs'),
    onUnexpectedExit: (name, lines) => {
      write(`\n${name} が止まりました。ほかも止めます。${name}.log の終わり:\n${lines}\n`)
      void shutDown(1)
    },
  })
  undo.push(() => children.stopAll(25_000))
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
  }
  if (settings.isSandbox) await importSample({ settings, databaseId, program, progress })
  await children.start(program('worker', 'worker/main.ts', 'worker'))
  await children.start(program('web', 'worker/main.ts', 'web'))
  await progress.step('登録ページと配信係を起動しています', () =>
    ready(`http://localhost:${settings.webPort}/readyz`, '登録ページ'),
  )
  if (settings.isSandbox) await deliverToday(program)
  for (const line of await welcomeLines(settings)) progress.line(line)
}

async function deliverToday(program: (name: string, ...args: string[]) => ProgramSpec) {
  const report = await progress.step('今日の文を届けています', () =>
    runToEnd(
      program('今日の配信', 'worker/cli/main.ts', 'deliver', '--date', localDayOf(new Date())),
    ),
  )
  progress.line(indent(report))
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ')
}

function ready(url: string, name: string): Promise<void> {
  return waitUntilReady({ url, name, timeoutMs: 90_000 })
}

async function assertPortsFree(config: Config, isAfterCrash: boolean) {
  const wanted: [string, number][] = [
    ['CMS_PORT', config.CMS_PORT],
    ['WEB_PORT', config.WEB_PORT],
  ]
  if (isSandbox(config)) {
    wanted.push(['SANDBOX_PORT', config.SANDBOX_PORT])
    wanted.push(['SANDBOX_PORT(メールの受け口、+1)', config.SANDBOX_PORT + 1])
  }
  const taken = isAfterCrash ? await untilFree(wanted) : await takenOf(wanted)
  if (taken.length === 0) return
  throw new ConfigError(
    `ほかのプログラムが使っているポートがあります: ${taken.join('、')}。そのプログラムを止めるか、別の番号を設定してください(例: CMS_PORT=3100 WEB_PORT=3101 SANDBOX_PORT=3102 npm start)。`,
  )
}

async function takenOf(wanted: [string, number][]): Promise<string[]> {
  const taken: string[] = []
  for (const [name, port] of wanted) if (!(await isFree(port))) taken.push(`${name} ${port}`)
  return taken
}

/** Programs of a start that was killed end by themselves, after what they were about to send. */
async function untilFree(wanted: [string, number][]): Promise<string[]> {
  const giveUpAt = performance.now() + ENDING_MS
  let taken = await takenOf(wanted)
  if (taken.length > 0) {
    progress.line('前回は途中で切れました。そのときのプログラムが終わるのを待っています。')
  }
  while (taken.length > 0 && performance.now() < giveUpAt) {
    await sleep(250)
    taken = await takenOf(wanted)
  }
  return taken
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
