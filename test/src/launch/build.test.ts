import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { buildCms, isBuildStale } from '../../../src/launch/build'

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kizuna-build-'))
  await write('src/app/page.tsx', 100)
  await write('collections/series.ts', 100)
  await write('payload.config.ts', 100)
  await write('package-lock.json', 100)
})
afterEach(() => rm(root, { recursive: true }))

test('a clone that was never built is stale, and one built after its last change is not', async () => {
  expect(await isBuildStale(root)).toBe(true)
  await write('src/.next/BUILD_ID', 200)
  expect(await isBuildStale(root)).toBe(false)
})

test.each(['src/app/page.tsx', 'collections/series.ts', 'payload.config.ts', 'package-lock.json'])(
  'a change of %s after the build makes it stale',
  async (path) => {
    await write('src/.next/BUILD_ID', 200)
    await write(path, 300)
    expect(await isBuildStale(root)).toBe(true)
  },
)

test('what the build itself writes, and the worker, do not make it stale', async () => {
  await write('src/.next/BUILD_ID', 200)
  await write('src/.next/server/chunk.js', 300)
  await write('src/next-env.d.ts', 300)
  await write('worker/main.ts', 300)
  expect(await isBuildStale(root)).toBe(false)
})

test('a build that was cut short is stale, though Next has named it; one done by others is kept', async () => {
  const cutShort = async () => {
    await write('src/.next/BUILD_ID', 200)
    throw new Error('cut short')
  }
  await expect(buildCms({ root, env: process.env, run: cutShort })).rejects.toThrow('cut short')
  expect(await isBuildStale(root)).toBe(true)
  let builds = 0
  const run = async () => {
    builds += 1
    await write('src/.next/BUILD_ID', 200)
  }
  await Promise.all([
    buildCms({ root, env: process.env, run }),
    buildCms({ root, env: process.env, run }),
  ])
  expect([await isBuildStale(root), builds]).toEqual([false, 1])
})

async function write(path: string, seconds: number): Promise<void> {
  const file = join(root, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, '')
  await utimes(file, seconds, seconds)
}
