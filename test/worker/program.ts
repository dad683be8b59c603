import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The delivery half as a program of its own. */
export interface Program {
  /** False when it ended before it was ready. */
  isReady: boolean
  /** Its process. */
  pid: number
  exited: Promise<[number | null]>
  /** Asks it to end; gives its exit code. */
  stop: () => Promise<number | null>
  /** Ends it, whatever it is doing. */
  kill: () => Promise<void>
}

/** Starts `worker/main.ts`, or what is packed of it, and waits until it says that it is ready. */
export async function startProgram(
  mode: string,
  env: Record<string, string>,
  program: readonly string[] = ['--import', 'tsx', 'worker/main.ts'],
): Promise<Program> {
  const child = spawn(process.execPath, [...program, mode], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const isReady = await Promise.race([once(child, 'message').then(() => true), exited])
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return (await exited)[0]
  }
  return {
    isReady: isReady === true,
    pid: child.pid ?? 0,
    exited,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}
