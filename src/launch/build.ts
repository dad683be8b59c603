import { existsSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { takeFileLock, type FileLock } from '../local/fileLock'
import { runToEnd, type ProgramSpec } from './children'

const SOURCES = ['src', 'collections', 'payload.config.ts', 'package-lock.json']
const BUILT_BY_US = new Set(['.next', 'next-env.d.ts'])

/** Whether the CMS has never been built to the end, or a source is newer than its build. */
export async function isBuildStale(root: string): Promise<boolean> {
  const built = await stat(join(root, 'src/.next/BUILD_ID')).catch(() => null)
  if (!built || existsSync(underWay(root))) return true
  const newest = await Promise.all(SOURCES.map((source) => newestChange(join(root, source))))
  return Math.max(...newest) > built.mtimeMs
}

interface BuildOptions {
  root: string
  env: NodeJS.ProcessEnv
  /** Runs the build's program. */
  run?: (spec: ProgramSpec) => Promise<unknown>
}

/**
 * Builds the CMS for production, unless another start has done so meanwhile: two builds at one time
 * would write into one folder.
 *
 * @throws Error with the end of the build's output.
 */
export async function buildCms({ root, env, run = runToEnd }: BuildOptions): Promise<void> {
  const turn = await untilTurn(root)
  try {
    if (!(await isBuildStale(root))) return
    await writeFile(underWay(root), '')
    await run({
      name: 'CMS の組み立て',
      args: [join(root, 'node_modules/next/dist/bin/next'), 'build', join(root, 'src')],
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
    await rm(underWay(root))
  } finally {
    turn.release()
  }
}

async function untilTurn(root: string): Promise<FileLock> {
  for (;;) {
    const turn = takeFileLock(join(root, CACHE, 'kizuna-build.lock'), 'alone')
    if (turn) return turn
    await sleep(100)
  }
}

/** Next names a build before it is done; a file says that it was not done to the end. */
function underWay(root: string): string {
  return join(root, CACHE, 'kizuna-build-under-way')
}

/** What a build of Next leaves alone. */
const CACHE = 'src/.next/cache'

async function newestChange(path: string): Promise<number> {
  const info = await stat(path).catch(() => null)
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  const entries = (await readdir(path)).filter((entry) => !BUILT_BY_US.has(entry))
  const times = await Promise.all(entries.map((entry) => newestChange(join(path, entry))))
  return Math.max(0, ...times)
}
