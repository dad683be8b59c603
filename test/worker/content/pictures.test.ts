// The picture of a text comes with its release, or the release waits; then the CMS may be gone.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { createCms } from '../../../worker/content/cms'
import { createContentStore } from '../../../worker/content/store'
import { createSync } from '../../../worker/content/sync'
import { createSyncedContent } from '../../../worker/content/syncedContent'
import { drawingOf } from '../../drawing'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import { samplePicture } from '../../samplePicture'
import { release, text } from '../../src/plan/town'
import { startFakeCms } from './fakeCms'

const drawing = await drawingOf(200)
const other = await drawingOf(20)
const { picture, name } = samplePicture(drawing)
const KEY = 'manuscript:m1'

let url: string
let client: MongoClient
let cms: Awaited<ReturnType<typeof startFakeCms>>
const alerts: string[] = []

beforeEach(async () => {
  alerts.length = 0
  url = emptyDatabaseUrl()
  client = await new MongoClient(url).connect()
  const before = { id: '1'.padStart(24, '0'), key: KEY, revision: 1 }
  const now = { id: '2'.padStart(24, '0'), key: KEY, revision: 2 }
  cms = await startFakeCms([
    release(text({ slot: 'day1', body: '前の文' }), before),
    release(text({ slot: 'day1', body: '絵のある文', picture }), now),
  ])
})

afterEach(async () => {
  await client.close()
  await giveBack(url)
  await cms.stop()
})

function open() {
  const store = createContentStore({ db: client.db(), ring: parseKeyRing(generateKeyRing()) })
  const syncedContent = createSyncedContent(store)
  const sync = createSync({
    store,
    now: () => new Date(0),
    onAlert: (code: string) => alerts.push(code),
    cms: createCms({ url: cms.url, apiKey: 'key' }),
  })
  const bodies = async () => {
    await syncedContent.refresh()
    return syncedContent.content().texts.map(({ content }) => content.body)
  }
  return { store, sync, bodies }
}

test('with its release, and the CMS is asked for it once', async () => {
  cms.state.pictures.set(name, drawing)
  const { store, sync, bodies } = open()
  await sync()
  expect(await bodies()).toEqual(['絵のある文'])
  expect(await store.pictures.read(name)).toEqual(drawing)
  cms.state.pictures.clear()
  await sync()
  expect(alerts).toEqual([])
  expect(await bodies()).toEqual(['絵のある文'])
})

test.each<[string, Buffer | null]>([
  ['not to be had', null],
  ['another file than was approved', other],
  ['not the type its name says', Buffer.from('<svg></svg>')],
])(
  'one that is %s: a person is told, families go on getting what was out',
  async (_label, file) => {
    if (file) cms.state.pictures.set(name, file)
    const { store, sync, bodies } = open()
    await sync()
    expect(alerts).toEqual(['picture-missing'])
    expect(await bodies()).toEqual(['前の文'])
    expect(await store.pictures.read(name)).toBeNull()
    cms.state.pictures.set(name, drawing)
    await sync()
    expect(await bodies()).toEqual(['絵のある文'])
  },
)

test('a withdrawal waits for no picture', async () => {
  const [, shown] = cms.state.releases
  if (!shown) throw new Error('no release')
  cms.state.releases.push({
    ...shown,
    id: '3'.padStart(24, '0'),
    revision: 3,
    action: 'withdraw',
  })
  const { sync, bodies } = open()
  await sync()
  expect(await bodies()).toEqual([])
})
