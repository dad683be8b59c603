import { execFile } from 'node:child_process'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** The programs of the tests, bundled so that they start with half the work. */
export interface Programs {
  worker: string
  sandbox: string
  remove: () => Promise<void>
}

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

/** Packages that load files of their own, or that these programs never reach. */
const OUTSIDE = [
  'fs-native-extensions',
  'payload',
  'sharp',
  'kuromojin',
  'mongodb-memory-server-core',
  'express',
  '@textlint/*',
]

/** What packages in the old module form expect to be there. */
const OLD_FORM = [
  "import { createRequire as requireFrom } from 'node:module'",
  "import { dirname as folderOf } from 'node:path'",
  'const require = requireFrom(import.meta.url)',
  'const __filename = new URL(import.meta.url).pathname',
  'const __dirname = folderOf(__filename)',
].join(';')

/** Bundles worker and sandbox with nearly all of their packages. */
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
      ...OUTSIDE.map((name) => `--external:${name}`),
      `--banner:js=${OLD_FORM}`,
      '--platform=node',
      '--format=esm',
      '--target=node20',
      '--log-level=error',
    ],
    { cwd: root },
  )
  return {
    worker: join(folder, 'worker.mjs'),
    sandbox: join(folder, 'sandbox.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
