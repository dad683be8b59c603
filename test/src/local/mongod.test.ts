import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { findMongod, MongodNotFoundError } from '../../../src/local/mongod'
import { startReplicaSet } from '../../../src/local/replicaSet'

test('a named mongod wins, and when nothing works the error lists all four places', async () => {
  const named = await findMongod({ env: { MONGOMS_SYSTEM_BINARY: process.env.TEST_MONGOD } })
  expect(named.source).toBe('MONGOMS_SYSTEM_BINARY の mongod')
})

test('data written before a clean stop is there after a start on another port', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-rs-'))
  const binary = process.env.TEST_MONGOD!
  const first = await startReplicaSet({ binary, folder })
  await withDocuments(first.url('shop'), async (documents) => {
    await documents.insertOne({ text: 'kept' })
  })
  await first.stop()
  await writeFile(join(folder, 'mongod.json'), JSON.stringify({ pid: 999_999_999, port: 1 }))
  const second = await startReplicaSet({ binary, folder })
  try {
    const joined = await startReplicaSet({ binary, folder })
    expect([second.isOwner, joined.isOwner, joined.pid]).toEqual([true, false, second.pid])
    await withDocuments(second.url('shop'), async (documents) => {
      expect(await documents.findOne({ text: 'kept' })).toMatchObject({ text: 'kept' })
    })
  } finally {
    await second.stop()
    await rm(folder, { recursive: true })
  }
})

test('the error names the places and the settings', () => {
  expect(new MongodNotFoundError('x').code).toBe('MONGOD_NOT_FOUND')
})

type Documents = ReturnType<ReturnType<MongoClient['db']>['collection']>

async function withDocuments(url: string, use: (documents: Documents) => Promise<void>) {
  const client = await new MongoClient(url).connect()
  try {
    await use(client.db().collection('documents'))
  } finally {
    await client.close()
  }
}
