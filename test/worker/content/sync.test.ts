import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { CmsError, createCms } from '../../../worker/content/cms'
import { createSyncedContent } from '../../../worker/content/syncedContent'
import { createContentStore } from '../../../worker/content/store'
import { createSync, overlapped } from '../../../worker/content/sync'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import { release, settings, text, TOWN } from '../../src/plan/town'
import { LINE } from '../app/openWorker'
import { startFakeCms } from './fakeCms'
import { killAt } from '../killAt'

const id = (seconds: number, serial = 0) =>
  seconds.toString(16).padStart(8, '0') + serial.toString(16).padStart(16, '0')
const at = (seconds: number, slot: string) => release(text({ slot }), { id: id(seconds) })

let url: string
let client: MongoClient
let cms: Awaited<ReturnType<typeof startFakeCms>>
const alerts: string[] = []

beforeEach(async () => {
  alerts.length = 0
  url = emptyDatabaseUrl()
  client = await new MongoClient(url).connect()
  cms = await startFakeCms([at(1_000_000, 'day1'), at(1_000_500, 'day2')])
})

afterEach(async () => {
  await client.close()
  await giveBack(url)
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
  expect([...cms.state.keys]).toEqual(['kizuna-service-accounts API-Key key'])
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
  const version = await store.version()
  expect(await sync()).toEqual({ newReleases: 0, isChanged: false })
  expect(await store.version()).toBe(version)
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

test('nor does one at the end of a page: what comes on later pages is not all that there is', async () => {
  const { store } = open()
  const pages = [[{ ...at(1_000_600, 'day3'), key: 3 }], [at(2_000_000, 'day4')]]
  const sync = createSync({
    store,
    now: () => new Date('2026-11-23T01:00:00Z'),
    onAlert: (code) => alerts.push(code),
    cms: {
      ...createCms({ url: cms.url, apiKey: 'key' }),
      async *releasesAfter() {
        yield* [[at(1_000_500, 'day2')], ...pages]
      },
    },
  })
  expect(await sync()).toMatchObject({ newReleases: 2 })
  expect(alerts).toEqual(['release-unreadable'])
  expect((await store.readState()).lastReleaseId).toBe(id(1_000_500))
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
  const allReleases = () => {
    reads += 1
    return store.allReleases()
  }
  const version = async () => {
    const found = await store.version()
    await gate
    return found
  }
  const syncedContent = createSyncedContent({ ...store, version, allReleases })
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
  expect(reads).toBe(2)
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
  const { store, sync, syncedContent } = open()
  await sync()
  await syncedContent.refresh()
  cms.state.areSettingsSound = false
  const [first] = cms.state.releases
  cms.state.releases.push({ ...first!, id: id(1_000_900), revision: 2, action: 'withdraw' })
  await expect(sync()).rejects.toThrow()
  await syncedContent.refresh()
  expect(syncedContent.content().texts.map(({ content }) => content.slot)).toEqual(['day2'])
  // and not asked for again for as long as they cannot be read
  expect((await store.readState()).lastReleaseId).toBe(id(1_000_900))
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

const town = (number: number) => ({
  id: `t${number}`,
  code: `13${String(number).padStart(3, '0')}0`,
  name: `町${number}`,
})
const towns = (count: number) => Array.from({ length: count }, (_, at) => town(at + 1))

test('a municipality that is missing in an answer goes on with its last settings, and a person is told', async () => {
  cms.state.others = towns(40)
  const { sync, syncedContent } = open()
  await sync()
  cms.state.others = towns(39).map((one) => ({ ...one, name: `新${one.name}` }))
  await sync()
  await syncedContent.refresh()
  expect(alerts).toEqual(['municipality-missing'])
  expect(syncedContent.municipalities()).toHaveLength(41)
  expect(syncedContent.settings(town(1).code)?.name).toBe('新町1')
  expect(syncedContent.settings(town(40).code)?.name).toBe('町40')
})

test.each([
  ['no municipality at all', 0],
  ['fewer than there were', 38],
])('an answer with %s changes nothing, until a person says that it is right', async (_, left) => {
  cms.state.others = towns(40)
  const { sync, syncedContent } = open()
  await sync()
  cms.state.isFirstGone = left === 0
  cms.state.others = towns(left).map((one) => ({ ...one, name: `新${one.name}` }))
  await expect(sync()).rejects.toThrow('sync --accept-missing')
  await syncedContent.refresh()
  expect(alerts).toEqual(['settings-shrunk'])
  expect(syncedContent.municipalities()).toHaveLength(41)
  expect(syncedContent.settings(town(1).code)?.name).toBe('町1')
  await sync({ missing: true })
  await syncedContent.refresh()
  expect(syncedContent.municipalities()).toHaveLength(left === 0 ? 0 : left + 1)
})

test('a municipality whose series is missing among the series keeps its last settings', async () => {
  const { sync, syncedContent } = open()
  await sync()
  cms.state.isSeriesEmpty = true
  await expect(sync()).rejects.toThrow()
  await syncedContent.refresh()
  expect(syncedContent.settings(TOWN)?.series).toEqual(settings().series)
})

test('an account that is missing stays as long as a municipality sends through it', async () => {
  const { sync, syncedContent } = open()
  cms.state.accounts.push({ ...LINE, id: 'L2', channelId: '2', name: '使われない' })
  await sync()
  cms.state.accounts = []
  await sync()
  await syncedContent.refresh()
  expect(alerts).toEqual(['line-account-missing'])
  expect(syncedContent.line('L1')).toMatchObject(LINE)
  expect(syncedContent.line('L2')).toBeNull()
})

test('while readers move a town sends through both accounts, and a move that is missing goes on', async () => {
  const { sync, syncedContent } = open()
  const ids = { id: 'v1', municipality: 'm1', from: 'L1', to: 'L2' }
  const days = { begin: '2026-10-01', until: '2026-12-01' }
  cms.state.accounts.push({ ...LINE, id: 'L2', provider: '新会社', channelId: '2', name: '新しい' })
  const move = { ...ids, ...days, kind: 'otherProvider', stage: 'trial' }
  const now = async (moves: object[]) => {
    cms.state.moves = moves
    await sync()
    await syncedContent.refresh()
    const { lineAccount, move: open } = syncedContent.settings(TOWN)!
    return [lineAccount, syncedContent.otherLineOf(TOWN)?.id, open?.stage]
  }
  expect(await now([move])).toEqual(['L1', 'L2', 'trial'])
  expect(await now([{ ...move, stage: 'running' }])).toEqual(['L2', 'L1', 'running'])
  expect(await now([])).toEqual(['L2', 'L1', 'running'])
  expect(syncedContent.lineOf(TOWN, '新会社')?.id).toBe('L2')
  expect(await now([{ ...move, stage: 'takingBack' }])).toEqual(['L1', 'L2', 'takingBack'])
  expect(await now([{ ...move, stage: 'takenBack' }])).toEqual(['L1', undefined, undefined])
})

const hidden = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `h${at}`,
    municipality: 'm1',
    series: `id-${settings().series[0]!.series}`,
    slot: `day${at + 1}`,
    isAllEditions: true,
  }))

test('texts that a municipality shows again are shown, but not when many are gone at once', async () => {
  const { sync, syncedContent } = open()
  const slots = async () => {
    await syncedContent.refresh()
    return syncedContent.settings(TOWN)?.hidden?.length
  }
  cms.state.hidden = hidden(9)
  await sync()
  cms.state.hidden = hidden(7)
  await sync()
  expect(await slots()).toBe(7)
  cms.state.hidden = []
  await expect(sync()).rejects.toThrow('出さない原稿')
  expect(await slots()).toBe(7)
  await sync({ missing: true })
  expect(await slots()).toBe(0)
})

test.each(['before', 'after'] as const)(
  'a kill %s any write of a synchronisation hides nothing from a process that went on',
  async (when) => {
    for (let write = 1; ; write += 1) {
      await client.db().dropDatabase()
      cms.state.releases = [at(1_000_000, 'day1'), at(1_000_500, 'day2')]
      cms.state.others = []
      const ring = parseKeyRing(generateKeyRing())
      const whole = { db: client.db(), ring }
      const other = createSyncedContent(createContentStore(whole))
      await syncing(createContentStore(whole))
      await other.refresh()
      const [first] = cms.state.releases
      cms.state.releases.push({ ...first!, id: id(1_000_900), revision: 2, action: 'withdraw' })
      cms.state.others = [{ ...town(1), isActive: false }]
      const kill = killAt(client.db(), { write, when })
      await syncing(createContentStore({ db: kill.db, ring })).catch(() => undefined)
      await syncing(createContentStore(whole))
      await other.refresh()
      expect(other.content().texts.map(({ content }) => content.slot)).toEqual(['day2'])
      expect(other.settings(town(1).code)?.isActive).toBe(false)
      if (!kill.hasKilled()) {
        expect(write).toBeGreaterThan(4)
        return
      }
    }
  },
)

const syncing = (store: ReturnType<typeof createContentStore>) =>
  createSync({
    store,
    now: () => new Date(0),
    onAlert: (code: string) => alerts.push(code),
    cms: createCms({ url: cms.url, apiKey: 'key' }),
  })()

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
