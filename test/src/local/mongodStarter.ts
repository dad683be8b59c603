// A process of the replica set's tests: starts or joins a folder's mongod and kills itself when the
// start has reached a point.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { startReplicaSet } from '../../../src/local/replicaSet'

const [, , folder = '', reached = ''] = process.argv
const noted = join(folder, 'mongod.json')
if (reached === 'noted') rmSync(noted, { force: true })

const start = startReplicaSet({ binary: process.env.TEST_MONGOD ?? '', folder })
if (reached === 'noted') while (!existsSync(noted)) await setImmediate()
if (reached === 'joined') await start
process.kill(process.pid, 'SIGKILL')
