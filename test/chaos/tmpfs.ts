// A disk of a few hundred megabytes that can be filled and made read-only, where the machine lets us.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A fresh database needs 300 MB, most of it for its journal. */
const DISK_MB = 450

/** What is left: the database itself takes room while the rest is taken, and then all of it. */
const LEFT_BYTES = 8 * 1024 * 1024

/** A small disk. */
export interface SmallDisk {
  /** Takes nearly all room there is left. */
  fill: () => Promise<void>
  /** Gives that room back. */
  empty: () => Promise<void>
  /** Whether it can be written to; only while no file on it is open for writing. */
  setReadOnly: (isReadOnly: boolean) => Promise<void>
  remove: () => Promise<void>
}

/** Mounts a small disk on a folder, which is made. @throws what the machine says when it may not. */
export async function mountSmallDisk(folder: string): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder])
  const filler = join(folder, 'filler')
  return {
    fill: async () => {
      const { bavail, bsize } = await statfs(folder)
      const length = bavail * bsize - LEFT_BYTES
      if (length > 0) await run('fallocate', ['-l', String(length), filler])
    },
    empty: () => rm(filler, { force: true }),
    setReadOnly: async (isReadOnly) =>
      void (await run('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder])),
    remove: async () => void (await run('umount', ['--lazy', folder])), // a mongod may be closing its files
  }
}

/** Whether this machine lets us mount. */
export async function canMount(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-disk-'))
  try {
    await (await mountSmallDisk(folder)).remove()
    return true
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
