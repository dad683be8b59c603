// `npm start`: everything on this machine, from the database to the inbox, until Ctrl-C.
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

import { localDayOf } from '../stage/day'
import { ConfigError, parseConfig, type Config } from '../config/config'
import { buildCms, isBuildStale } from './build'
import { createChildren, runToEnd, type ProgramSpec } from './children'
import { welcomeLines } from './banner'
import {
  childEnvironment,
  openLocalServices,
  type LocalServices,
  type Settings,
} from '../local/services'
import { isFree } from '../local/port'
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
  const config = parseConfig(process.env)
  const services = await progress.step('データベースを起動しています', () => openServices(config))
  progress.line(`  ${services.databaseLine}`)
  const { settings } = services
  await assertPortsFree(settings)
  const env = { ...process.env, ...childEnvironment(settings), NODE_ENV: 'production' as const }
  if (await isBuildStale(root)) {
    await progress.step('管理画面を組み立てています(初回は 1 分ほど)', () => buildCms(root, env))
  }
  await startPrograms(settings, env)
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

async function startPrograms(settings: Settings, env: NodeJS.ProcessEnv) {
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
  if (settings.isSandbox) await importSample({ settings, program, progress })
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

async function assertPortsFree(settings: Settings) {
  const wanted: [string, number][] = [
    ['CMS_PORT', settings.cmsPort],
    ['WEB_PORT', settings.webPort],
    ['SANDBOX_PORT', settings.sandboxPort],
    ['SANDBOX_PORT(メールの受け口、+1)', settings.sandboxPort + 1],
  ]
  const taken: string[] = []
  for (const [name, port] of wanted) if (!(await isFree(port))) taken.push(`${name} ${port}`)
  if (taken.length === 0) return
  throw new ConfigError(
    `ほかのプログラムが使っているポートがあります: ${taken.join('、')}。もう kizuna が動いていないか確かめるか、別の番号を設定してください。`,
  )
}

async function shutDown(code: number) {
  if (isStopping) return
  isStopping = true
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
