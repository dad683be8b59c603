import { execFile } from 'node:child_process'
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { pluginManifest, workerManifest, type ProductManifest } from './manifest'

const run = promisify(execFile)

interface PackOptions {
  /** Folder of the repository. */
  root: string
  /** Folder that is made anew: `dist`, manifest, quick start, changes and licence. */
  folder: string
}

/**
 * Compiles the plugin into a folder that `npm pack` or `npm publish` takes: ESM with types and maps,
 * and the styles; no worker, no samples, no tests.
 */
export async function packPlugin({ root, folder }: PackOptions): Promise<void> {
  const dist = join(folder, 'dist')
  await rm(folder, { recursive: true, force: true })
  await mkdir(dist, { recursive: true })
  await compile(root, 'src/pack/tsconfig.json', dist)
  await copyStyles(root, dist)
  await copyFile(join(root, THREAD), join(dist, THREAD))
  await keepTypesOwn(join(dist, 'src/payload-types.d.ts'))
  await writePapers({ root, folder }, { manifest: pluginManifest, readme: 'quickStart.md' })
  await copyFile(join(root, 'src/pack/changes.md'), join(folder, 'CHANGELOG.md'))
}

/**
 * Compiles the delivery half into a folder that `npm pack` or `npm publish` takes: a program of its own
 * without CMS, practice inbox or tests.
 */
export async function packWorker({ root, folder }: PackOptions): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await compile(root, 'src/pack/worker.tsconfig.json', folder)
  for (const part of ['worker/web', 'worker/channel']) await copyAssets(root, folder, part)
  await copyFile(join(root, THREAD), join(folder, THREAD))
  await writePapers({ root, folder }, { manifest: workerManifest, readme: 'workerStart.md' })
}

interface Papers {
  manifest: (product: ProductManifest) => object
  /** File of this folder that is the package's README. */
  readme: string
}

async function writePapers({ root, folder }: PackOptions, { manifest, readme }: Papers) {
  const product = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as ProductManifest
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest(product), null, 2)}\n`)
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  await copyFile(join(root, 'src/pack', readme), join(folder, 'README.md'))
}

/** What pages and messages show: style sheets, the two scripts of pages, the menu's picture. */
async function copyAssets(root: string, folder: string, part: string): Promise<void> {
  await cp(join(root, part), join(folder, part), {
    recursive: true,
    filter: (path) => /\.(?:css|js|png)$/.test(path) || !/\.\w+$/.test(path),
  })
}

/** Begins a thread by itself, so no import leads to it. */
const THREAD = 'src/table/beginXlsxThread.mjs'

/** Our imports have no extension, as bundlers take them; Node wants one, which tsc-alias writes. */
async function compile(root: string, config: string, dist: string): Promise<void> {
  const project = ['-p', config, '--outDir', dist]
  const modules = join(root, 'node_modules')
  await run(process.execPath, [join(modules, 'typescript-7/bin/tsc'), ...project], { cwd: root })
  await run(join(modules, '.bin/tsc-alias'), [...project, '--resolve-full-paths'], { cwd: root })
}

async function copyStyles(root: string, dist: string): Promise<void> {
  const styles = join(root, 'src/admin')
  await cp(styles, join(dist, 'src/admin'), {
    recursive: true,
    filter: (path) => path.endsWith('.css') || !/\.\w+$/.test(path),
  })
}

/** The types of our collections are ours: a host generates its own, and Payload takes one set. */
async function keepTypesOwn(path: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/\ndeclare module 'payload' \{[\s\S]*?\n\}\n?/, '\n'))
}
