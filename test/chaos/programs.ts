import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** The programs of the tests, bundled so that they start with a fraction of the work. */
export interface Programs {
  /** What Node is started with for a worker. */
  worker: readonly string[]
  /** What Node is started with for the providers. */
  sandbox: readonly string[]
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
  '@textlint/*',
]

/** What modules of the new form are told of themselves. */
const OLD_FORM = [
  '--format=cjs',
  '--out-extension:.js=.cjs',
  '--define:import.meta.url=HERE_URL',
  '--define:import.meta.dirname=__dirname',
  "--banner:js=const HERE_URL = require('node:url').pathToFileURL(__filename).href",
]

/** The new form for what waits at its top level, and what packages of the old form expect there. */
const NEW_FORM = [
  '--format=esm',
  '--out-extension:.js=.mjs',
  `--banner:js=${[
    "import { createRequire as requireFrom } from 'node:module'",
    "import { dirname as folderOf } from 'node:path'",
    'const require = requireFrom(import.meta.url)',
    'const __filename = new URL(import.meta.url).pathname',
    'const __dirname = folderOf(__filename)',
  ].join(';')}`,
]

/** A worker reads it as it starts; it stands beside what it is read by. */
const MENU = 'lineMenu.png'

/** As the worker sets it: code is kept for the flags it was compiled with. */
const FLAGS = '--heap-growing-percent=50'

/** Bundles worker and sandbox with nearly all of their packages. */
export async function buildPrograms(): Promise<Programs> {
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'kizuna-chaos-')) // from here packages are found
  await Promise.all([
    bundle(folder, ['worker=test/chaos/workerProgram.ts', ...OLD_FORM]),
    bundle(folder, ['sandbox=worker/sandbox/main.ts', ...NEW_FORM]),
    copyFile(join(root, 'worker/channel', MENU), join(folder, MENU)),
  ])
  const cached = [FLAGS, join(import.meta.dirname, 'startCached.mjs'), join(folder, 'worker.cjs')]
  await keepCode(cached)
  return {
    worker: cached,
    sandbox: [join(folder, 'sandbox.mjs')],
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function bundle(folder: string, options: readonly string[]) {
  const outside = OUTSIDE.map((name) => `--external:${name}`)
  const others = ['--bundle', '--minify', '--platform=node', '--target=node20', '--log-level=error']
  const esbuild = join(root, 'node_modules/.bin/esbuild')
  return run(esbuild, [...options, `--outdir=${folder}`, ...others, ...outside], { cwd: root })
}

/** A start that ends at once, since it is not said which half of the product is meant. */
function keepCode(program: readonly string[]): Promise<unknown> {
  const env = { ...process.env, NODE_OPTIONS: '' }
  return run(process.execPath, [...program, 'none'], { env }).catch(() => undefined)
}
