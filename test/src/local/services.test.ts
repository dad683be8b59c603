import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { parseConfig } from '../../../src/config/config'
import { lockDataFolder } from '../../../src/local/folderLock'
import { placesOf } from '../../../src/local/places'
import { childEnvironment, deliveryBeside, openLocalServices } from '../../../src/local/services'
import { endAll } from '../../e2e/processes'

const env = { MONGOMS_SYSTEM_BINARY: process.env.TEST_MONGOD }
let dataDir = ''

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kizuna-local-'))
})
afterEach(async () => {
  await endAll(dataDir) // what a test that failed has left
  await rm(dataDir, { recursive: true })
})

test('an empty configuration gets a database, secrets only their owner reads, and the sandbox', async () => {
  const config = parseConfig({ KIZUNA_DATA_DIR: dataDir })
  const { settings, databaseLine, stop } = await openLocalServices({ config, env })
  try {
    expect(databaseLine).toMatch(/内蔵/)
    expect(settings.databaseUrl).not.toBe(settings.deliveryDatabaseUrl)
    expect(settings.lineApiUrl).toBe('http://127.0.0.1:3002')
    expect(settings.smtpUrl).toBe('smtp://127.0.0.1:3003')
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600)
    const secrets = await readFile(join(dataDir, 'secrets.json'), 'utf8')
    const child = await openLocalServices({ config: parseConfig(childEnvironment(settings)), env })
    expect(child.settings).toEqual(settings)
    await child.stop()
    expect(await readFile(join(dataDir, 'secrets.json'), 'utf8')).toBe(secrets)
  } finally {
    await stop()
  }
})

test('a command beside a start that chose other ports uses them', async () => {
  const given = { KIZUNA_DATA_DIR: dataDir, CMS_PORT: '4100', WEB_PORT: '4101' }
  const places = placesOf(parseConfig({ ...given, SANDBOX_PORT: '4102' }))
  const start = await lockDataFolder({ dataDir, places, now: () => new Date() })
  const config = parseConfig({ KIZUNA_DATA_DIR: dataDir })
  const beside = await openLocalServices({ config, env })
  expect(beside.settings).toMatchObject({
    cmsUrl: 'http://localhost:4100',
    publicUrl: 'http://localhost:4101',
    lineApiUrl: 'http://127.0.0.1:4102',
    smtpUrl: 'smtp://127.0.0.1:4103',
  })
  await beside.stop()
  await start.release()
  const after = await openLocalServices({ config, env })
  expect(after.settings.cmsUrl).toBe('http://localhost:3000')
  await after.stop()
})

test('a start that is called off leaves no database behind, whenever that is', async () => {
  const config = parseConfig({ KIZUNA_DATA_DIR: dataDir })
  for (const reached of ['.', 'secrets.json', 'mongodb/mongod.json', 'mongodb/mongod.log']) {
    const opening = new AbortController()
    const started = openLocalServices({ config, env, signal: opening.signal })
    const calledOff = expect(started).rejects.toThrow(/abort/i)
    await untilThere(join(dataDir, reached))
    opening.abort()
    await calledOff
    await rm(dataDir, { recursive: true })
    await mkdir(dataDir)
  }
  const { databaseLine, stop } = await openLocalServices({ config, env })
  expect(databaseLine).not.toContain('動いているものに接続')
  await stop()
})

test('the delivery database stands beside the one given', () => {
  expect(deliveryBeside('mongodb://a:b@db.example:27017,two/cms?replicaSet=rs')).toBe(
    'mongodb://a:b@db.example:27017,two/cms-delivery?replicaSet=rs',
  )
})

async function untilThere(path: string): Promise<void> {
  while (!existsSync(path)) await setImmediate()
}
