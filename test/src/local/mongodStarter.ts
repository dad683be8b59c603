// A process of the replica set's tests: starts or joins a folder's mongod and kills itself when the
// start has reached a point.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { MongoClient } from 'mongodb'

import { startReplicaSet } from '../../../src/local/replicaSet'

const [, , folder = '', reached = ''] = process.argv
const noted = join(folder, 'mongod.json')
if (reached === 'noted') rmSync(noted, { force: true })

const start = startReplicaSet({ binary: process.env.TEST_MONGOD ?? '', folder })
if (reached === 'noted') while (!existsSync(noted)) await setImmediate()
if (reached === 'joined') await start
if (reached === 'writing') await beginToWrite((await start).url('shop'))
process.kill(process.pid, 'SIGKILL')

/** Writes a document in a transaction that is never ended. */
async function beginToWrite(url: string): Promise<void> {
  const client = await new MongoClient(url).connect()
  await client.db().createCollection('documents')
  const session = client.startSession()
  session.startTransaction()
  const documents = client.db().collection<{ _id: number; text: string }>('documents')
  await documents.insertOne({ _id: 1, text: 'half' }, { session })
}
