import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { runToEnd } from './children'

const SOURCES = ['src', 'collections', 'payload.config.ts', 'package-lock.json']
const BUILT_BY_US = new Set(['.next', 'next-env.d.ts'])

/** Whether the CMS has never been built, or a source is newer than its build. */
export async function isBuildStale(root: string): Promise<boolean> {
  const built = await stat(join(root, 'src/.next/BUILD_ID')).catch(() => null)
  if (!built) return true
  const newest = await Promise.all(SOURCES.map((source) => newestChange(join(root, source))))
  return Math.max(...newest) > built.mtimeMs
}

/**
 * Builds the CMS for production.
 *
 * @throws Error with the end of the build's output.
 */
export async function buildCms(root: string, env: NodeJS.ProcessEnv) {
  await runToEnd({
    name: 'CMS の組み立て',
    args: [join(root, 'node_modules/next/dist/bin/next'), 'build', join(root, 'src')],
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
}

async function newestChange(path: string): Promise<number> {
  const info = await stat(path).catch(() => null)
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  const entries = (await readdir(path)).filter((entry) => !BUILT_BY_US.has(entry))
  const times = await Promise.all(entries.map((entry) => newestChange(join(path, entry))))
  return Math.max(0, ...times)
}
