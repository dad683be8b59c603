import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a process of this number runs, be it ours or somebody else's. */
export function isAlive(pid: number): boolean {
  return isThere(pid) && !hasEnded(pid)
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Flag of a process that is ending (PF_EXITING): it lets go of its files before it is a zombie. */
const ENDING = 0x4

/** One that has ended keeps its number until its parent asks for it, which in a container can be never. */
function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc(5): the state follows the program's name, which may hold blanks and brackets.
    const [state = '', , , , , , flags] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return /^[ZX]/.test(state) || (Number(flags) & ENDING) !== 0
  } catch {
    return !isThere(pid) // no /proc, as on macOS, or its parent has just asked for its number
  }
}

/** A process's command line as one text with blanks in between; empty where the system is silent. */
export async function commandLineOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
  } catch {
    // No /proc, as on macOS.
    return run('ps', ['-o', 'args=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    )
  }
}

/** The processes of this machine, where the system tells of them. */
export async function processNumbers(): Promise<number[]> {
  try {
    return (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  } catch {
    return run('ps', ['-axo', 'pid=']).then(
      ({ stdout }) =>
        stdout
          .split('\n')
          .map(Number)
          .filter((pid) => pid > 0),
      () => [],
    )
  }
}

/** The other processes that have a file open, where the system tells of them. */
export async function processesWithOpen(path: string): Promise<number[]> {
  const file = await realpath(path)
  const pids = (await processNumbers()).filter((pid) => pid !== process.pid)
  const openFiles = await Promise.all(pids.map(openFilesOf))
  return pids.filter((_, at) => openFiles[at]?.includes(file))
}

async function openFilesOf(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const numbers = await readdir(folder).catch(() => []) // gone, somebody else's, or no /proc
  return Promise.all(numbers.map((number) => readlink(`${folder}/${number}`).catch(() => '')))
}
