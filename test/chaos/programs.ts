import { execFile } from 'node:child_process'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** The programs of the tests, bundled so that they start in half a second instead of two. */
export interface Programs {
  worker: string
  sandbox: string
  remove: () => Promise<void>
}

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

/** Bundles worker and sandbox; what they import of packages stays outside. */
export async function buildPrograms(): Promise<Programs> {
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'kizuna-chaos-')) // from here packages are found
  await run(
    join(root, 'node_modules/.bin/esbuild'),
    [
      'worker=test/chaos/workerProgram.ts',
      'sandbox=worker/sandbox/main.ts',
      `--outdir=${folder}`,
      '--out-extension:.js=.mjs',
      '--bundle',
      '--packages=external',
      '--platform=node',
      '--format=esm',
      '--target=node20',
      '--log-level=error',
      '--sourcemap',
    ],
    { cwd: root },
  )
  return {
    worker: join(folder, 'worker.mjs'),
    sandbox: join(folder, 'sandbox.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
