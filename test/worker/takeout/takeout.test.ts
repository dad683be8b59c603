// A town leaves one installation with everything and goes on in another, with other keys.
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { BSON } from 'mongodb'

import { addDays } from '../../../src/stage/day'
import { openArchive, writeArchive, type OpenArchive } from '../../../src/archive/encryptedZip'
import { MANIFEST_PATH, type TakeoutManifest } from '../../../src/archive/manifest'
import { countsOf } from './countsOf'
import { atOneInstant } from '../../../worker/backup/atOneInstant'
import { accountMarks } from '../../../worker/readers/accountMarks'
import { indexOf, suppressionId } from '../../../worker/readers/identity'
import type { Address } from '../../../worker/readers/reader'
import { BOUNDED_COLLECTIONS } from '../../../worker/retention/collections'
import { forcedRequest } from '../../../worker/runs/due'
import {
  assertWhole,
  readTakeout,
  takeIn,
  takeinFault,
  takeinMarks,
} from '../../../worker/takeout/takeIn'
import { deliveryFields, takeOut } from '../../../worker/takeout/takeOut'
import { NOT_TAKEN, PAYLOAD_TABLE, TAKEN_TABLES } from '../../../worker/takeout/tables'
import { childTexts, release, settings, text, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, deliver, families, never } from '../app/day'
import {
  hold,
  lineUser,
  mailUser,
  openWorker,
  received,
  register,
  type WorkerUnderTest,
} from '../app/openWorker'

const WORDS = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF'
const NEIGHBOUR = '999024'
const PAUSED = settings({ isActive: false })
const TOMORROW = addDays(TODAY, 1)
const RELEASES = [...childTexts(), release(text({ slot: 'day46' }))]

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-takeout-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const nothing = {
  paths: async () => [],
  content: async function* () {
    yield* []
  },
}

let archives = 0

async function archiveOf({ delivery }: WorkerUnderTest, isActive = false) {
  archives += 1
  const path = join(folder, `${archives}.zip`)
  const manifest = await takeOut({
    ...delivery,
    product: 'kizuna 1.0.0',
    municipality: { code: TOWN, name: 'みなと町', id: 'cms-town', isActive },
    cms: nothing,
    passphrase: WORDS,
    target: Writable.toWeb(createWriteStream(path)),
  })
  return { path, manifest }
}

async function bringTo({ delivery }: WorkerUnderTest, path: string) {
  const archive = await openArchive(path, WORDS)
  try {
    const manifest = await readTakeout(archive)
    expect(await takeinFault({ ...delivery, manifest }, false)).toBeNull()
    return await takeIn({ ...delivery, archive, manifest })
  } finally {
    await archive.close()
  }
}

const openTown = (municipalities = [settings(), settings({ code: NEIGHBOUR, name: 'となり町' })]) =>
  openWorker({ releases: RELEASES, municipalities })

async function deliverOn({ delivery, clock }: WorkerUnderTest, day: string) {
  clock.now = new Date(`${day}T10:00:00+09:00`)
  await delivery.runs.requestAgain(forcedRequest(TOWN, day, clock.now))
  await delivery.worker.work(`${TOWN}:${day}`, never)
}

const known = ({ delivery }: WorkerUnderTest, { address, ...of }: Address) => {
  return { ...of, index: indexOf(delivery.ring, { address, ...of }) }
}

const count = (copies: Map<string, number>, address: string) => copies.get(address) ?? 0

test('whoever was sent today’s text is sent it by neither again, and tomorrow’s by the new one alone', async () => {
  const old = await openTown()
  const { line, mail } = await families(old, { line: 4, mail: 3 })
  await register(old.delivery, { address: mailUser(50), child: DAY_45, municipality: NEIGHBOUR })
  const { readers } = old.delivery
  const [stopped] = line
  await deliver(old)
  await readers.stopReader(stopped!.readerId)
  await readers.suppress({ ...known(old, mailUser(2)), reason: 'complained' })
  await hold(old.delivery, [], [PAUSED])
  const { path, manifest } = await archiveOf(old)
  expect(manifest.isFinal).toBe(true)

  const fresh = await openTown([PAUSED])
  expect(await bringTo(fresh, path)).toMatchObject({ readers: 7, children: 7, deliveries: 7 })
  await hold(fresh.delivery, [], [settings()])
  await deliverOn(fresh, TODAY)
  expect([...received(fresh.sandbox)]).toEqual([])

  await deliverOn(fresh, TOMORROW)
  const [before, after] = [received(old.sandbox), received(fresh.sandbox)]
  for (const at of [0, 1, 2, 3]) {
    expect(count(before, lineUser(at).address)).toBe(1)
    expect(count(after, lineUser(at).address)).toBe(at === 0 ? 0 : 1)
  }
  for (const at of [0, 1, 2]) {
    expect(count(before, mailUser(at).address)).toBe(1)
    expect(count(after, mailUser(at).address)).toBe(at === 2 ? 0 : 1)
  }
  expect(after.has(mailUser(50).address)).toBe(false)
  expect(mail).toHaveLength(3)
})

test('who was left unsent when the town paused is sent it by the new one', async () => {
  const old = await openTown()
  await families(old, { mail: 2 })
  await hold(old.delivery, [], [PAUSED])
  const { path } = await archiveOf(old)
  const fresh = await openTown([PAUSED])
  await bringTo(fresh, path)
  await hold(fresh.delivery, [], [settings()])
  await deliverOn(fresh, TODAY)
  expect([...received(fresh.sandbox).values()]).toEqual([1, 1])
})

test('addresses are readable with the new keys alone, refusals and consents come along', async () => {
  const old = await openTown()
  const { mail } = await families(old, { mail: 2 })
  await old.delivery.readers.suppress({ ...known(old, mailUser(1)), reason: 'bounced' })
  const { path } = await archiveOf(old)
  const fresh = await openTown([PAUSED])
  await bringTo(fresh, path)
  const stored = (one: WorkerUnderTest, _id: string) =>
    one.delivery.db
      .collection<{ _id: string; identities: { sealed: string; index: string }[] }>('readers')
      .findOne({ _id })
  const [was, is] = [await stored(old, mail[0]!.readerId), await stored(fresh, mail[0]!.readerId)]
  const { identities: sealedBefore, ...personBefore } = was!
  const { identities: sealedNow, ...personNow } = is!
  expect(personNow).toEqual(personBefore)
  expect(sealedNow[0]!.sealed).not.toBe(sealedBefore[0]!.sealed)
  expect(sealedNow[0]!.index).toBe(indexOf(fresh.delivery.ring, mailUser(0)))
  const refused = suppressionId(known(fresh, mailUser(1)))
  expect(
    await fresh.delivery.db.collection<{ _id: string }>('suppressions').findOne({ _id: refused }),
  ).toMatchObject({ reason: 'bounced' })
  const again = await fresh.delivery.readers.register({
    ...{ municipality: TOWN, edition: 'standard', relation: 'mother', area: null, source: null },
    ...{ consentedAt: fresh.clock.now, consentVersion: '1', address: mailUser(0), child: DAY_45 },
  })
  expect(again.readerId).toBe(mail[0]!.readerId)
})

test('who has moved to another town, or had their data erased, is named by nothing', async () => {
  const old = await openTown()
  const { mail } = await families(old, { mail: 3 })
  await deliver(old)
  await old.delivery.readers.eraseReader({ readerId: mail[1]!.readerId })
  const there = { municipality: NEIGHBOUR, area: null, edition: 'standard', consentVersion: '1' }
  const town = { ...there, consentedAt: old.clock.now }
  await old.delivery.readers.moveTown({ readerId: mail[2]!.readerId, town })
  const { path, manifest } = await archiveOf(old)
  const archive = await openArchive(path, WORDS)
  const all: string[] = []
  for (const { path: file } of manifest.files) {
    for await (const line of archive.lines(file)) all.push(line)
  }
  await archive.close()
  expect(all.join('\n')).toContain(mailUser(0).address)
  for (const at of [1, 2]) {
    expect(all.join('\n')).not.toContain(mailUser(at).address)
    expect(all.filter((line) => line.includes(mail[at]!.readerId))).toHaveLength(at === 1 ? 1 : 0)
  }
  const fresh = await openTown([PAUSED])
  await bringTo(fresh, path)
  await hold(fresh.delivery, [], [settings()])
  await deliverOn(fresh, TOMORROW)
  expect([...received(fresh.sandbox).keys()]).toEqual([mailUser(0).address])
})

test('a copy of a town that goes on is read and not brought', async () => {
  const old = await openTown()
  await families(old, { mail: 1 })
  const { path, manifest } = await archiveOf(old, true)
  expect(manifest.isFinal).toBe(false)
  const fresh = await openTown([PAUSED])
  expect(await takeinFault({ ...fresh.delivery, manifest }, false)).toContain('二度届きます')
  await old.delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, old.clock.now))
  expect((await archiveOf(old)).manifest.isFinal).toBe(false) // asked for, and not done yet
  await old.delivery.db.collection('runs').deleteMany({})
  expect((await archiveOf(old)).manifest.isFinal).toBe(true)
  const mark = { move: 'm', reader: 'r', municipality: TOWN, letters: {} }
  await accountMarks(old.delivery.db).insertOne({ _id: 'm:r', ...mark })
  expect((await archiveOf(old)).manifest.isFinal).toBe(false) // readers are between two accounts
  expect(path).toBeTruthy()
})

test('a town that goes on here, or has readers of its own, is left alone', async () => {
  const old = await openTown()
  await families(old, { mail: 1 })
  const { manifest } = await archiveOf(old)
  const fresh = await openTown()
  expect(await takeinFault({ ...fresh.delivery, manifest }, true)).toContain('ここで続いています')
  await families(fresh, { mail: 1 })
  expect(await takeinFault({ ...fresh.delivery, manifest }, false)).toContain(
    'ここで登録した読者がいます',
  )
})

test('brought again until texts go out here, and never after', async () => {
  const old = await openTown()
  await families(old, { mail: 2 })
  await hold(old.delivery, [], [PAUSED])
  const { path, manifest } = await archiveOf(old)
  const fresh = await openTown([PAUSED])
  await bringTo(fresh, path)
  await bringTo(fresh, path)
  await hold(fresh.delivery, [], [settings()])
  await deliverOn(fresh, TODAY)
  expect(await takeinFault({ ...fresh.delivery, manifest }, false)).toContain(
    'ここで配信を始めています',
  )
})

test('what was stopped here since is not undone, and an older archive takes the place of no newer one', async () => {
  const old = await openTown()
  const { mail } = await families(old, { mail: 2 })
  await hold(old.delivery, [], [PAUSED])
  const { manifest: older } = await archiveOf(old)
  old.clock.now = new Date(old.clock.now.getTime() + 60_000)
  const { path, manifest } = await archiveOf(old)
  const fresh = await openTown([PAUSED])
  await bringTo(fresh, path)
  expect(await takeinFault({ ...fresh.delivery, manifest: older }, false)).toContain('より古い')
  expect(await takeinFault({ ...fresh.delivery, manifest }, false)).toBeNull()
  await fresh.delivery.readers.stopReader(mail[0]!.readerId)
  expect(await takeinFault({ ...fresh.delivery, manifest }, false)).toContain(
    '登録や停止がありました',
  )
})

test('broken off in the middle, it is done again to the same end', async () => {
  const old = await openTown()
  await families(old, { line: 2, mail: 2 })
  await deliver(old)
  const { path } = await archiveOf(old)
  const fresh = await openTown([PAUSED])
  const archive = await openArchive(path, WORDS)
  const broken: OpenArchive = {
    ...archive,
    lines: async function* (name) {
      yield* archive.lines(name)
      if (name.includes('batches')) throw new Error('the machine went off')
    },
  }
  const manifest = await readTakeout(archive)
  await expect(takeIn({ ...fresh.delivery, archive: broken, manifest })).rejects.toThrow()
  await archive.close()
  expect(await takeinMarks(fresh.delivery.db).findOne()).not.toHaveProperty('finishedAt')
  // nobody is here before all that they were sent is
  expect(await countsOf(fresh.delivery.db)).toMatchObject({ readers: 0, children: 0, pairs: 0 })
  await bringTo(fresh, path)
  expect(await takeinMarks(fresh.delivery.db).findOne()).toHaveProperty('finishedAt')
  expect(await countsOf(fresh.delivery.db)).toEqual(await countsOf(old.delivery.db))
})

test('wrong words, a file cut short, and lines that are missing are each told', async () => {
  const old = await openTown()
  await families(old, { mail: 1 })
  const { path, manifest } = await archiveOf(old)
  const wrong = await openArchive(path, 'ZZZZZ')
  await expect(readTakeout(wrong)).rejects.toThrow('開くための言葉が違います')
  await wrong.close()
  const fresh = await openTown([PAUSED])
  const archive = await openArchive(path, WORDS)
  const more: TakeoutManifest = {
    ...manifest,
    files: manifest.files.map((file) => ({ ...file, lines: file.lines + 1 })),
  }
  await expect(takeIn({ ...fresh.delivery, archive, manifest: more })).rejects.toThrow('行のはず')
  await archive.close()
  const again = await openArchive(path, WORDS)
  await assertWhole(again, manifest)
  await expect(assertWhole(again, more)).rejects.toThrow('行のはず')
  await again.close()
  const bytes = await readFile(path)
  const at = bytes.indexOf('delivery/readers.ndjson') + 150
  bytes[at] = bytes[at]! ^ 255
  const flipped = join(folder, 'flipped.zip')
  await writeFile(flipped, bytes)
  const broken = await openArchive(flipped, WORDS)
  await expect(assertWhole(broken, manifest)).rejects.toThrow('壊れています')
  await broken.close()
  await truncate(path, 1000)
  await expect(openArchive(path, WORDS)).rejects.toThrow('途中で切れています')
  const other = join(folder, 'other.zip')
  await writeArchive(
    Writable.toWeb(createWriteStream(other)),
    WORDS,
    (async function* () {
      yield {
        path: MANIFEST_PATH,
        content: (async function* () {
          yield '{"format":"x"}'
        })(),
      }
    })(),
  )
  await expect(openArchive(other, '')).rejects.toThrow('開くための言葉が違います')
  const strange = await openArchive(other, WORDS)
  await expect(readTakeout(strange)).rejects.toThrow('この版の kizuna のものではありません')
  await strange.close()
})

test('two archives at a time share the time the server remembers, and give it back', async () => {
  const { client } = (await openTown()).delivery
  const name = 'minSnapshotHistoryWindowInSeconds'
  const windowOf = async () =>
    Number((await client.db('admin').command({ getParameter: 1, [name]: 1 }))[name])
  const before = await windowOf()
  const during: number[] = []
  const read = async () => void during.push(await windowOf())
  await Promise.all([atOneInstant(client, read), atOneInstant(client, read)])
  expect(during.every((seconds) => seconds >= 6 * 3600)).toBe(true)
  expect(await windowOf()).toBe(before)
})

test('every collection of the database is taken, or the reason says why not', () => {
  const named = [...TAKEN_TABLES, PAYLOAD_TABLE].map(({ name }) => name)
  const known = [...named, ...Object.keys(NOT_TAKEN)].toSorted()
  expect(known).toEqual(BOUNDED_COLLECTIONS.map(({ name }) => name).toSorted())
})

test('every field of what is taken has its sentence', async () => {
  const old = await openTown()
  await families(old, { line: 2, mail: 2 })
  await deliver(old)
  const { path, manifest } = await archiveOf(old)
  const archive = await openArchive(path, WORDS)
  const explained = new Set(deliveryFields().map(({ file, field }) => `${file} ${field}`))
  const missing = new Set<string>()
  for (const { path: file } of manifest.files) {
    for await (const line of archive.lines(file)) {
      for (const field of Object.keys(BSON.EJSON.parse(line) as object)) {
        if (!explained.has(`${file} ${field}`)) missing.add(`${file} ${field}`)
      }
    }
  }
  await archive.close()
  expect([...missing]).toEqual([])
})
