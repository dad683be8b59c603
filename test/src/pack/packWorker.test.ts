// The delivery half as others install it: what is in the package, and that it runs as it is.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { freePort } from '../../../src/local/port'
import { packWorker } from '../../../src/pack/pack'
import { TOWN } from '../plan/town'
import { startProgram } from '../../worker/program'
import { openProgramWorld } from '../../worker/programWorld'
import { importsOf, packageOf } from './imports'

const root = resolve(import.meta.dirname, '../../..')
// Inside the repository, so that what it needs is found where the product has it.
const folder = join(root, '.build', 'worker-packed-by-test')
const program = join(folder, 'worker/packaged.js')

const undo: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of undo.reverse()) await step()
})

let files: string[]
let manifest: { bin: Record<string, string>; dependencies: Record<string, string> }

beforeAll(async () => {
  await packWorker({ root, folder })
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  files = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as typeof manifest
}, 300_000)

test('nothing of the CMS, the practice inbox or the commands is in it', () => {
  const parts = new Set(files.map((path) => path.split('/').slice(0, 2).join('/')))
  for (const other of ['src/admin', 'src/review', 'src/plugin', 'src/sample']) {
    expect(parts).not.toContain(other)
  }
  expect([...parts]).toEqual(expect.arrayContaining(['worker/web', 'src/plan', 'src/release']))
  expect(files.filter((path) => /^worker\/(?:sandbox|cli)\/|\.tsx?$/.test(path))).toEqual([])
  expect(files).not.toContain('src/local/mongod.js')
  expect(manifest.bin).toEqual({ 'kizuna-worker': 'worker/packaged.js' })
})

test('every import leads to a file with its ending, or to a package that is asked for', async () => {
  const asked = new Set<string>(['@digital-go-jp/design-tokens']) // a style sheet is read of it
  const lost: string[] = []
  for (const path of files.filter((one) => /\.m?js$/.test(one))) {
    for (const target of await importsOf(join(folder, path))) {
      if (!target.startsWith('.')) asked.add(packageOf(target))
      else if (!existsSync(join(folder, dirname(path), target))) lost.push(`${path}: ${target}`)
    }
  }
  expect(lost).toEqual([])
  const builtIn = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))
  const packages = [...asked].filter((name) => !builtIn.has(name) && name !== 'tsx')
  expect(packages.toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted())
})

test('without settings it says which are missing, and starts nothing', async () => {
  const env = { PATH: process.env.PATH } as unknown as NodeJS.ProcessEnv
  const run = promisify(execFile)(process.execPath, [program], { env })
  const { code, stderr } = await run.then(
    () => ({ code: 0, stderr: '' }),
    (error: { code: number; stderr: string }) => error,
  )
  expect(code).toBe(1)
  for (const name of ['DELIVERY_DATABASE_URL', 'CMS_URL', 'KIZUNA_KEYS', 'LINE_API_URL']) {
    expect(stderr).toContain(`- ${name}: 要ります。`)
  }
  expect(stderr).not.toContain('PAYLOAD_SECRET')
})

test('it plans and serves with what the delivery half needs, and no secret of the CMS', async () => {
  const { delivery, env, db } = await openProgramWorld(undo)
  await delivery.sync()
  const port = await freePort()
  const own = { ...env, DATABASE_URL: '', PAYLOAD_SECRET: '', WEB_PORT: String(port) }
  const programs = await Promise.all(
    ['worker', 'web'].map((mode) => startProgram(mode, own, [program])),
  )
  undo.push(...programs.map(({ kill }) => kill))
  expect(programs.map(({ isReady }) => isReady)).toEqual([true, true])
  const origin = `http://127.0.0.1:${port}`
  expect((await fetch(`${origin}/r/${TOWN}`)).status).toBe(200)
  expect((await fetch(`${origin}/style/page.css`)).status).toBe(200)
  expect(await db.collection('workers').countDocuments()).toBe(1)
  expect(await Promise.all(programs.map(({ stop }) => stop()))).toEqual([0, 0])
}, 60_000)
