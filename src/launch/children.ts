import { spawn, type ChildProcess } from 'node:child_process'
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
}

/** The launcher's child programs: started one by one, stopped together in reverse order. */
export interface Children {
  start: (spec: ProgramSpec) => Promise<void>
  /** SIGTERM to each, SIGKILL after the grace period. */
  stopAll: (graceMs: number) => Promise<void>
}

/**
 * Keeps child programs: each writes to its own log file and hears of the launcher's death by the
 * closing of its ipc channel.
 */
export function createChildren({ logDir, onUnexpectedExit }: ChildrenOptions): Children {
  const running: { name: string; child: ChildProcess }[] = []
  let isStopping = false

  const start = async (spec: ProgramSpec) => {
    await mkdir(logDir, { recursive: true })
    const log = createWriteStream(join(logDir, `${spec.name}.log`), { flags: 'a' })
    await once(log, 'open')
    const child = spawn(process.execPath, spec.args, {
      stdio: ['ignore', log, log, 'ipc'],
      env: spec.env,
    })
    running.push({ name: spec.name, child })
    child.once('exit', () => {
      if (isStopping) return
      isStopping = true
      void lastLines(join(logDir, `${spec.name}.log`)).then((lines) =>
        onUnexpectedExit(spec.name, lines),
      )
    })
  }

  const stopAll = async (graceMs: number) => {
    isStopping = true
    for (const { child } of running.reverse()) await stopChild(child, graceMs)
  }
  return { start, stopAll }
}

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

/**
 * Runs one program to its end.
 *
 * @returns what it wrote to stdout.
 * @throws Error with the end of its stderr when it ends with another code than 0.
 */
export async function runToEnd({ name, args, env }: ProgramSpec): Promise<string> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return stdout()
  const ending = `${stdout()}\n${stderr()}`.trim().split('\n').slice(-12).join('\n')
  throw new Error(`${name} が失敗しました(終了コード ${code})。\n${ending}`)
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}
