import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One program that the launcher keeps running. */
export interface ProgramSpec {
  /** Short name, also of its log file. */
  name: string
  /** Arguments for node. */
  args: string[]
  env: NodeJS.ProcessEnv
}

/** A program that has ended by itself or by somebody else's hand. */
export interface UnexpectedExit {
  name: string
  /** How it ended, as the rest of a sentence. */
  ending: string
  /** The end of its log. */
  lastLines: string
}

interface ChildrenOptions {
  /** Folder for `<name>.log`. */
  logDir: string
  /** Called once, when a program ends that nobody asked to end. */
  onUnexpectedExit: (ended: UnexpectedExit) => void
  /** Open files that each program inherits: locks that last until the last of them is gone. */
  inherited?: readonly number[]
}

/** The launcher's child programs: started one by one, stopped together in reverse order. */
export interface Children {
  /** Starts one that stays. */
  start: (spec: ProgramSpec) => Promise<void>
  /** Runs one to its end, as `runToEnd` does, unless all are stopped before. */
  run: (spec: ProgramSpec) => Promise<string>
  /** SIGTERM to each, SIGKILL after the grace period. */
  stopAll: (graceMs: number) => Promise<void>
}

/**
 * Keeps child programs: each that stays writes to its own log file, and all hear of the launcher's
 * death by the closing of their ipc channel.
 */
export function createChildren(options: ChildrenOptions): Children {
  const { logDir, onUnexpectedExit, inherited = [] } = options
  const running: ChildProcess[] = []
  let isStopping = false

  const start = async (spec: ProgramSpec) => {
    await mkdir(logDir, { recursive: true })
    const log = createWriteStream(join(logDir, `${spec.name}.log`), { flags: 'a' })
    await once(log, 'open')
    const child = spawnProgram(spec, ['ignore', log, log, 'ipc', ...inherited])
    running.push(child)
    child.once('exit', (code, signal) => {
      if (isStopping) return
      isStopping = true
      const { name } = spec
      void lastLinesOf(join(logDir, `${name}.log`)).then((lastLines) =>
        onUnexpectedExit({ name, ending: endingOf(code, signal), lastLines }),
      )
    })
  }
  const run = (spec: ProgramSpec) =>
    runToEnd(spec, { inherited, onSpawn: (child) => void running.push(child) })
  const stopAll = async (graceMs: number) => {
    isStopping = true
    for (const child of running.reverse()) await stopChild(child, graceMs)
  }
  return { start, run, stopAll }
}

function spawnProgram({ args, env }: ProgramSpec, stdio: StdioOptions): ChildProcess {
  return spawn(process.execPath, ['--import', endWithLauncher, ...args], { env, stdio })
}

const endWithLauncher = new URL('endWithLauncher.mjs', import.meta.url).href

async function stopChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await exited
  clearTimeout(timer)
}

async function lastLinesOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-8).join('\n')
}

/** How a program ended: by a signal, which leaves no word in its log, or with a code. *Pure.* */
export function endingOf(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') {
    return '外から強制的に終了させられました(SIGKILL。メモリが足りないときにも起こります)'
  }
  if (signal !== null) return `外から終了させられました(${signal})`
  return code === 0 ? '終わりました(終了コード 0)' : `失敗して終わりました(終了コード ${code})`
}

/** What the programs are called beside their names. */
const PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['cms', 'CMS'],
  ['worker', '配信係'],
  ['web', '登録ページ'],
  ['sandbox', '練習用の LINE'],
])

/** What is said of a program that has ended: which, how, what comes next, and where to look. *Pure.* */
export function exitLines({ name, ending, lastLines }: UnexpectedExit, logDir: string): string {
  const again =
    name === 'worker' ? '途中だった配信は、起動すると続きから進みます。' : 'データはそのままです。'
  return [
    `${PROGRAMS.get(name) ?? ''}(${name})が${ending}。`,
    `ほかのプログラムも止めます。もう一度 npm start で起動してください。${again}`,
    `止まる前の記録(${join(logDir, `${name}.log`)} の終わり):`,
    lastLines,
  ].join('\n')
}

interface RunOptions {
  inherited?: readonly number[]
  onSpawn?: (child: ChildProcess) => void
}

/**
 * Runs one program to its end.
 *
 * @returns what it wrote to stdout.
 * @throws Error with how it ended and the end of its stderr when that is not code 0.
 */
export async function runToEnd(
  spec: ProgramSpec,
  { inherited = [], onSpawn }: RunOptions = {},
): Promise<string> {
  const child = spawnProgram(spec, ['ignore', 'pipe', 'pipe', 'ipc', ...inherited])
  onSpawn?.(child)
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  if (code === 0) return stdout()
  const ending = `${stdout()}\n${stderr()}`.trim().split('\n').slice(-12).join('\n')
  throw new Error(`「${spec.name}」が${endingOf(code, signal)}。\n${ending}`)
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}
