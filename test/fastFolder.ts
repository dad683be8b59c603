import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Memory that is a folder, on Linux. */
const IN_MEMORY = '/dev/shm'

/** A whole run of the tests writes less than a third of it. */
const NEEDED_BYTES = 6 * 2 ** 30

const NAME = 'kizuna-test-'

/**
 * Makes the folder of one run of the tests: in memory where there is plenty, since most of them wait for
 * a database that makes its collections and indexes, and a disk makes each wait for it. What a run that was
 * killed left there is taken away first.
 */
export async function makeFastFolder(): Promise<string> {
  const base = (await isRoomy()) ? IN_MEMORY : tmpdir()
  await removeLeft(base)
  return mkdtemp(join(base, `${NAME}${process.pid}-`))
}

async function isRoomy(): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(IN_MEMORY)
    return bavail * bsize >= NEEDED_BYTES && freemem() >= NEEDED_BYTES
  } catch {
    return false // there is none
  }
}

async function removeLeft(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const [, pid] = /^kizuna-test-(\d+)-/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) await rm(join(base, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
