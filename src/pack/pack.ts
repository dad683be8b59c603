import { execFile } from 'node:child_process'
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { pluginManifest, type ProductManifest } from './manifest'

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
  await compile(root, dist)
  await copyStyles(root, dist)
  await copyFile(join(root, THREAD), join(dist, THREAD))
  await keepTypesOwn(join(dist, 'src/payload-types.d.ts'))
  const product = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as ProductManifest
  const manifest = `${JSON.stringify(pluginManifest(product), null, 2)}\n`
  await writeFile(join(folder, 'package.json'), manifest)
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  await copyFile(join(root, 'src/pack/quickStart.md'), join(folder, 'README.md'))
  await copyFile(join(root, 'src/pack/changes.md'), join(folder, 'CHANGELOG.md'))
}

/** Begins a thread by itself, so no import leads to it. */
const THREAD = 'src/table/beginXlsxThread.mjs'

/** Our imports have no extension, as bundlers take them; Node wants one, which tsc-alias writes. */
async function compile(root: string, dist: string): Promise<void> {
  const project = ['-p', 'src/pack/tsconfig.json', '--outDir', dist]
  const program = (name: string) => join(root, 'node_modules/.bin', name)
  await run(program('tsc'), project, { cwd: root })
  await run(program('tsc-alias'), [...project, '--resolve-full-paths'], { cwd: root })
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
