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

interface ChildrenOptions {
  /** Folder for `<name>.log`. */
  logDir: string
  /** Called once, when a program ends that nobody asked to end. */
  onUnexpectedExit: (name: string, lastLines: string) => void
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
    child.once('exit', () => {
      if (isStopping) return
      isStopping = true
      void lastLines(join(logDir, `${spec.name}.log`)).then((lines) =>
        onUnexpectedExit(spec.name, lines),
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

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-8).join('\n')
}

interface RunOptions {
  inherited?: readonly number[]
  onSpawn?: (child: ChildProcess) => void
}

/**
 * Runs one program to its end.
 *
 * @returns what it wrote to stdout.
 * @throws Error with the end of its stderr when it ends with another code than 0.
 */
export async function runToEnd(
  spec: ProgramSpec,
  { inherited = [], onSpawn }: RunOptions = {},
): Promise<string> {
  const child = spawnProgram(spec, ['ignore', 'pipe', 'pipe', 'ipc', ...inherited])
  onSpawn?.(child)
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return stdout()
  const ending = `${stdout()}\n${stderr()}`.trim().split('\n').slice(-12).join('\n')
  throw new Error(`${spec.name} が失敗しました(終了コード ${code})。\n${ending}`)
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}
