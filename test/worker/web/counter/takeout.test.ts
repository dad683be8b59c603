// All that is a town's own, given to who was sent for it, and to nobody else at the counter.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'

import { openArchive } from '../../../../src/archive/encryptedZip'
import { CmsError } from '../../../../worker/content/cms'
import { readTakeout } from '../../../../worker/takeout/takeIn'
import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { openDesk } from './desk'

let web: Awaited<ReturnType<typeof openWeb>>
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-takeout-'))
  web = await openWeb()
  await web.readers.register(registration({ address: TARO }))
})
afterEach(() => {
  web.state.cmsFault = null
})
afterAll(async () => {
  await web.close()
  await rm(folder, { recursive: true, force: true })
})

test('who was sent for it sees the words, is given the file, and it is written down', async () => {
  const desk = await openDesk(web, { isTakeout: true })
  expect(desk.home.url).toBe('/counter/takeout')
  const { page } = desk.home
  const [words = ''] = /(?:[2-9A-Z]{5}-){5}[2-9A-Z]{5}/.exec(page) ?? []
  expect((await desk.browser.open('/counter/takeout')).page).toContain(words)
  const file = await desk.browser.save('/counter/takeout')
  expect(file.headers.get('content-disposition')).toMatch(/kizuna-\d{6}-.+\.zip/)
  const path = join(folder, 'town.zip')
  await writeFile(path, Buffer.from(await file.arrayBuffer()))
  const archive = await openArchive(path, words)
  const manifest = await readTakeout(archive)
  expect(manifest.isFinal).toBe(false) // the town goes on
  for await (const line of archive.lines('delivery/readers.ndjson')) {
    expect(JSON.parse(line)).toMatchObject({ identities: [{ address: TARO.address }] })
  }
  await archive.close()
  const notes = await web.collections.counterLog.find({ act: 'takeout' }).toArray()
  expect(notes).toHaveLength(1)
})

test('two who were sent for it have words of their own', async () => {
  const wordsOf = async () => {
    const desk = await openDesk(web, { isTakeout: true })
    return /(?:[2-9A-Z]{5}-){5}[2-9A-Z]{5}/.exec(desk.home.page)
  }
  expect((await wordsOf())?.[0]).not.toBe((await wordsOf())?.[0])
})

test('who came to the counter is given nothing of it', async () => {
  const desk = await openDesk(web)
  expect(desk.home.url).toBe('/counter')
  expect((await desk.browser.open('/counter/takeout')).status).toBe(403)
  expect((await desk.browser.save('/counter/takeout')).status).toBe(403)
  expect((await web.get('/counter/takeout')).status).toBe(403)
})

test('where the CMS does not answer, a page says so, and no half a file is given', async () => {
  web.state.cmsFault = new CmsError('It is away.')
  const desk = await openDesk(web, { isTakeout: true })
  const answer = await desk.browser.save('/counter/takeout')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('content-disposition')).toBeNull()
  expect(await answer.text()).toContain('いまは持ち出せません')
})
