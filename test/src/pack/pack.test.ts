// The plugin as others install it: what is in the package, and that Node can load it as it is.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'

import { beforeAll, expect, test } from '@jest/globals'
import { packPlugin } from '../../../src/pack/pack'
import { importsOf, packageOf } from './imports'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')
// Inside the repository, so that what it needs is found where the product has it.
const folder = join(root, '.build', 'packed-by-test')

interface Manifest {
  exports: Record<string, { types: string; default: string }>
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

let files: string[]
let manifest: Manifest

beforeAll(async () => {
  await packPlugin({ root, folder })
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  files = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
}, 300_000)

const isCode = (path: string) => /\.m?js$/.test(path)

test('nothing is in it but the compiled plugin, its styles, types and papers', () => {
  const papers = files.filter((path) => !path.startsWith('dist/')).toSorted()
  expect(papers).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
  const others = files.filter((path) =>
    /(^|\/)(test|worker|sample|launch|cli|app|local)\//.test(path),
  )
  expect(others).toEqual([])
  expect(files.filter((path) => /(?<!\.d)\.tsx?$/.test(path))).toEqual([])
  expect(files.filter(isCode).length).toBeGreaterThan(500)
})

test('every entry has its code and its types, and both are there', () => {
  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './client',
    './rsc',
    './migrations',
    './next',
  ])
  for (const { types, default: code } of Object.values(manifest.exports)) {
    expect([types, existsSync(join(folder, types))]).toEqual([types, true])
    expect([code, existsSync(join(folder, code))]).toEqual([code, true])
  }
})

test('every import leads to a file with its ending, or to a package that is asked for', async () => {
  const asked = new Set<string>()
  const lost: string[] = []
  for (const path of files.filter(isCode)) {
    for (const target of await importsOf(join(folder, path))) {
      if (target.startsWith('.')) {
        if (!existsSync(join(folder, dirname(path), target))) lost.push(`${path}: ${target}`)
      } else {
        asked.add(packageOf(target))
      }
    }
  }
  expect(lost).toEqual([])
  const builtIn = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))
  const packages = [...asked].filter((name) => !builtIn.has(name) && name !== 'tsx')
  const { dependencies, peerDependencies } = manifest
  expect(packages.toSorted()).toEqual(
    Object.keys({ ...dependencies, ...peerDependencies }).toSorted(),
  )
})

test('a host has Payload and React once: they are peers, in ranges', () => {
  expect(manifest.peerDependencies).toMatchObject({
    payload: expect.stringMatching(/^\^3/),
    react: expect.stringMatching(/^\^19/),
  })
  expect(Object.keys(manifest.dependencies)).not.toContain('payload')
})

test('what the browser gets asks for nothing of the server', async () => {
  const seen = new Set<string>()
  const todo = [relative('.', manifest.exports['./client']!.default)]
  const asked = new Set<string>()
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (seen.has(path) || !isCode(path)) continue
    seen.add(path)
    for (const target of await importsOf(join(folder, path))) {
      if (target.startsWith('.')) todo.push(join(dirname(path), target))
      else asked.add(target)
    }
  }
  expect(seen.size).toBeGreaterThan(50)
  const ofServer =
    /^node:|^sharp$|^graphql$|^mongodb$|^@payloadcms\/(db|next|email)|^yauzl$|^kuromojin$/
  expect([...asked].filter((name) => ofServer.test(name))).toEqual([])
})

test('the types of our collections are not put upon the host', async () => {
  const types = files.filter((path) => path.endsWith('.d.ts'))
  const found: string[] = []
  for (const path of types) {
    const text = await readFile(join(folder, path), 'utf8')
    if (/declare (module|global)/.test(text)) found.push(path)
  }
  expect(types.length).toBeGreaterThan(500)
  expect(found).toEqual([])
})

test('plain Node loads it, and Payload builds a config with it', async () => {
  const program = `
    import { buildConfig } from 'payload'
    import { kizuna, withBuiltIns } from './dist/src/plugin/kizuna.js'
    const config = await buildConfig({
      secret: 'x'.repeat(32),
      telemetry: false,
      db: { defaultIDType: 'text', init: () => ({}) },
      collections: [{ slug: 'users', auth: true, fields: [{ name: 'roles', type: 'text' }] }],
      plugins: [kizuna({})],
    }).then(withBuiltIns)
    console.log(config.collections.map(({ slug }) => slug).join(' '))
  `
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
  })
  expect(stdout).toContain('kizuna-manuscripts')
}, 60_000)

test('the quick start names every option', async () => {
  const [options, quickStart] = await Promise.all([
    readFile(join(root, 'src/plugin/options.ts'), 'utf8'),
    readFile(join(folder, 'README.md'), 'utf8'),
  ])
  const body = /export interface KizunaOptions \{([\s\S]*?)\n\}/.exec(options)?.[1] ?? ''
  const names = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(8)
  for (const name of names) expect(quickStart).toContain(`| \`${name}\``)
})
