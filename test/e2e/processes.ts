import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process of a data folder. */
export interface FoundProcess {
  pid: number
  command: string
}

/** The processes that name a folder in their arguments or environment, but this one's own. */
export async function processesOf(folder: string): Promise<FoundProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map((pid) => look(pid, folder)))
  return found.filter((one) => one !== null)
}

/** Kills every process of a data folder, and waits until none is left. */
export async function endAll(folder: string): Promise<void> {
  for (;;) {
    const left = await processesOf(folder)
    if (left.length === 0) return
    for (const { pid } of left) kill(pid)
    await sleep(50)
  }
}

async function look(pid: number, folder: string): Promise<FoundProcess | null> {
  if (pid === process.pid) return null
  const [command, environment] = await Promise.all([read(pid, 'cmdline'), read(pid, 'environ')])
  if (!command || !`${command}\n${environment}`.includes(folder)) return null
  return { pid, command: command.replaceAll('\0', ' ').trim() }
}

/** A file of a process, empty when the process has gone or belongs to somebody else. */
function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}
