import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { findMongod, MongodNotFoundError } from '../../../src/local/mongod'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-find-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a named mongod wins', async () => {
  const named = await findMongod({ env: { MONGOMS_SYSTEM_BINARY: process.env.TEST_MONGOD } })
  expect(named.source).toBe('MONGOMS_SYSTEM_BINARY の mongod')
})

test('the PATH that is searched is the one given, and only a program that may run counts', async () => {
  const places = ['nowhere', 'folder', 'text', 'program'].map((name) => join(folder, name))
  const [, ofFolder = '', ofText = '', ofProgram = ''] = places
  await mkdir(join(ofFolder, 'mongod'), { recursive: true })
  await mkdir(ofText)
  await mkdir(ofProgram)
  await writeFile(join(ofText, 'mongod'), 'no program')
  await writeFile(join(ofProgram, 'mongod'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  expect(await findMongod({ env: { PATH: places.join(delimiter) } })).toEqual({
    binary: join(ofProgram, 'mongod'),
    source: 'PATH にある mongod',
  })
})

test('the error can be told from others', () => {
  expect(new MongodNotFoundError('x').code).toBe('MONGOD_NOT_FOUND')
})
