import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { CmsError, createCms } from '../../../worker/content/cms'
import { createSyncedContent } from '../../../worker/content/syncedContent'
import { createContentStore } from '../../../worker/content/store'
import { createSync, overlapped } from '../../../worker/content/sync'
import { testDatabaseUrl } from '../../database'
import { release, settings, text, TOWN } from '../../src/plan/town'
import { LINE } from '../app/openWorker'
import { startFakeCms } from './fakeCms'

const id = (seconds: number, serial = 0) =>
  seconds.toString(16).padStart(8, '0') + serial.toString(16).padStart(16, '0')
const at = (seconds: number, slot: string) => release(text({ slot }), { id: id(seconds) })

let client: MongoClient
let cms: Awaited<ReturnType<typeof startFakeCms>>
const alerts: string[] = []

beforeEach(async () => {
  alerts.length = 0
  client = await new MongoClient(testDatabaseUrl()).connect()
  cms = await startFakeCms([at(1_000_000, 'day1'), at(1_000_500, 'day2')])
})

afterEach(async () => {
  await client.db().dropDatabase()
  await client.close()
  await cms.stop()
})

function open() {
  const store = createContentStore({ db: client.db(), ring: parseKeyRing(generateKeyRing()) })
  const sync = createSync({
    store,
    now: () => new Date(0),
    onAlert: (code: string) => alerts.push(code),
    cms: createCms({ url: cms.url, apiKey: 'key' }),
  })
  return { store, sync, syncedContent: createSyncedContent(store) }
}

test('releases, settings and LINE accounts are taken over with the service account’s key', async () => {
  const { sync, syncedContent } = open()
  expect(await sync()).toEqual({ newReleases: 2, isChanged: true })
  await syncedContent.refresh()
  expect(syncedContent.isReady()).toBe(true)
  expect(syncedContent.content().texts.map(({ content }) => content.slot)).toEqual(['day1', 'day2'])
  expect(syncedContent.settings(TOWN)).toEqual({ ...settings(), cmsId: 'm1', hidden: [] })
  expect(syncedContent.line('L1')).toMatchObject(LINE)
  expect(syncedContent.lineByChannel(LINE.channelId)?.id).toBe('L1')
  expect([...cms.state.keys]).toEqual(['service-accounts API-Key key'])
})

test('no secret of a LINE account is stored in clear', async () => {
  const login = { channelId: '1657000001', channelSecret: 'e'.repeat(32) }
  const { channelId, channelSecret } = login
  cms.state.lineAccount = { loginChannelId: channelId, loginChannelSecret: channelSecret }
  const { sync, syncedContent } = open()
  await sync()
  const stored = await client.db().collection('synced_settings').find().toArray()
  expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${LINE.channelSecret}|e{32}`))
  await syncedContent.refresh()
  expect(syncedContent.line('L1')).toMatchObject({ ...LINE, login })
})

test('a second time nothing is new and nothing changes for the others', async () => {
  const { sync, store } = open()
  await sync()
  const { version } = await store.readState()
  expect(await sync()).toEqual({ newReleases: 0, isChanged: false })
  expect((await store.readState()).version).toBe(version)
})

test('a release whose id became visible late is found in the overlap', async () => {
  const { sync, syncedContent } = open()
  await sync()
  cms.state.releases.splice(1, 0, at(1_000_450, 'day3'))
  expect(await sync()).toMatchObject({ newReleases: 1 })
  await syncedContent.refresh()
  expect(syncedContent.content().texts).toHaveLength(3)
})

test('a release that cannot be read holds up no later one, and is taken over once it can be', async () => {
  const { sync, store, syncedContent } = open()
  const whole = at(1_000_600, 'day3')
  const withdrawal = at(2_000_000, 'day4')
  cms.state.releases.push({ ...whole, key: 3 } as never, withdrawal)
  expect(await sync()).toMatchObject({ newReleases: 3 })
  expect(alerts).toEqual(['release-unreadable'])
  expect((await store.readState()).lastReleaseId).toBe(id(1_000_500))
  cms.state.releases.splice(2, 1, whole)
  expect(await sync()).toMatchObject({ newReleases: 1 })
  expect((await store.readState()).lastReleaseId).toBe(withdrawal.id)
  await syncedContent.refresh()
  expect(syncedContent.content().texts).toHaveLength(4)
})

test('another process sees what this one has synced', async () => {
  const here = open()
  await here.sync()
  const there = createSyncedContent(here.store)
  await there.refresh()
  expect(there.content().texts).toHaveLength(2)
  cms.state.releases.push(at(1_000_600, 'day4'))
  await here.sync()
  await there.refresh()
  expect(there.content().texts).toHaveLength(3)
})

test('what was synced while it was being read is read once more', async () => {
  const { store, sync } = open()
  await sync()
  let go: () => void = () => undefined
  let gate = Promise.resolve()
  let reads = 0
  const readState = async () => {
    reads += 1
    const state = await store.readState()
    await gate
    return state
  }
  const syncedContent = createSyncedContent({ ...store, readState })
  await syncedContent.refresh()
  gate = new Promise((resolve) => (go = resolve))
  const early = syncedContent.refresh() // finds nothing new
  cms.state.releases.push(at(1_000_600, 'day4'))
  await sync()
  const late = [syncedContent.refresh(), syncedContent.refresh()]
  go()
  await early
  await Promise.all(late)
  expect(syncedContent.content().texts).toHaveLength(3)
  expect(reads).toBe(3)
})

test('an outage of the CMS leaves what is held', async () => {
  const { sync, syncedContent } = open()
  await sync()
  cms.state.isDown = true
  await expect(sync()).rejects.toThrow(CmsError)
  await syncedContent.refresh()
  expect(syncedContent.content().texts).toHaveLength(2)
})

test('a withdrawal is taken over even if the settings cannot be read', async () => {
  const { sync, syncedContent } = open()
  await sync()
  await syncedContent.refresh()
  cms.state.areSettingsSound = false
  const [first] = cms.state.releases
  cms.state.releases.push({ ...first!, id: id(1_000_900), revision: 2, action: 'withdraw' })
  await expect(sync()).rejects.toThrow()
  await syncedContent.refresh()
  expect(syncedContent.content().texts.map(({ content }) => content.slot)).toEqual(['day2'])
})

test('a town whose settings cannot be read keeps its last ones, and is its own trouble', async () => {
  const other = { id: 'm2', code: '131997', name: 'となり町' }
  cms.state.others = [other]
  const { sync, syncedContent } = open()
  await sync()
  const { contact } = settings()
  const huge = { ...contact, department: 'あ'.repeat(900_000) }
  cms.state.others = [
    { ...other, name: '新しい名前', contact: huge },
    { id: 'm3', code: 272990 },
  ]
  cms.state.releases.push(at(1_000_700, 'day5'))
  expect(await sync()).toMatchObject({ newReleases: 1 })
  await syncedContent.refresh()
  expect(alerts).toEqual(['municipality-unreadable', 'municipality-unreadable'])
  expect(syncedContent.settings('131997')).toMatchObject({ name: 'となり町', contact })
  expect(syncedContent.settings(TOWN)).not.toBeNull()
})

test('as long as the settings were never read nothing counts as taken over', async () => {
  cms.state.areSettingsSound = false
  const { sync, syncedContent } = open()
  await expect(sync()).rejects.toThrow()
  await syncedContent.refresh()
  expect(syncedContent.isReady()).toBe(false)
})

test('a release whose content is not what was approved is told and not used', async () => {
  cms.state.releases.push(
    release(text({ slot: 'day5' }), { id: id(1_000_700), contentHash: '0'.repeat(64) }),
  )
  const { sync, syncedContent } = open()
  await sync()
  await syncedContent.refresh()
  expect(alerts).toEqual(['hash-mismatch'])
  expect(syncedContent.content().texts.filter(({ isSound }) => !isSound)).toHaveLength(1)
})

test.each([
  [id(1_000_000), id(1_000_000 - 120)],
  [id(60, 5), id(0)],
  [null, null],
  ['17', '17'],
])('the overlap of %s begins at %s', (last, from) => {
  expect(overlapped(last)).toBe(from)
})
