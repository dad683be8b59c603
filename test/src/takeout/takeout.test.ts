// What of the CMS is a municipality's own: who may take it, that nothing of another town is in it, and
// how another installation has it afterwards.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createLocalReq, handleEndpoints } from 'payload'

import { sealTakeout } from '../../../src/secret/takeoutToken'
import { openEntrance } from '../../../src/secret/entrance'
import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { openArchive, writeArchive, type ArchiveFile } from '../../../src/archive/encryptedZip'
import { bringDocuments } from '../../../src/takeout/bringDocuments'
import { broughtAddOn } from '../../../src/takeout/broughtDocument'
import { cmsFields } from '../../../src/takeout/cmsFields'
import type { CmsPart } from '../../../src/archive/ownPart'
import { cmsPart } from '../../../src/takeout/cmsPart'
import { TAKEOUT_FORMAT, type TakeoutManifest } from '../../../src/archive/manifest'
import {
  CMS_FIELDS_PATH,
  documentsPath,
  NOT_OWN,
  OWN_DOCUMENTS,
  versionsPath,
} from '../../../src/takeout/ownDocuments'
import { newPassphrase, readPassphrase } from '../../../src/archive/passphrase'
import type { Collection } from '../../collections/accessMatrix'
import { NOW, startCms, type TestCms } from '../../collections/cms'
import { createDocuments } from '../../collections/documents'
import { gather, type People } from '../../collections/people'

const keys = generateKeyRing()
const ring = parseKeyRing(keys)
const now = () => NOW

let cms: TestCms
let people: People
let folder: string
let own: Map<string, string>
let others: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-takeout-'))
  cms = await startCms({ keys, publicUrl: 'https://kizuna.example/' })
  people = await gather(cms)
  const documents = await createDocuments(cms, people)
  own = new Map()
  others = [people.other]
  for (const { slug: collection } of OWN_DOCUMENTS) {
    own.set(collection, await documents.find(collection as Collection, 'own'))
    others.push(await documents.find(collection as Collection, 'other'))
  }
}, 120_000)
afterAll(async () => {
  await cms.stop()
  await rm(folder, { recursive: true, force: true })
})

const approversPart = async (): Promise<CmsPart> => {
  const user = await cms.payload.findByID({
    collection: 'users',
    id: people.ids['municipal-approver'],
  })
  const req = await createLocalReq({ user: { ...user, collection: 'users' } }, cms.payload)
  return cmsPart(req, { municipality: people.own, overrideAccess: false })
}

const operatorsPart = async (): Promise<CmsPart> =>
  cmsPart(await createLocalReq({}, cms.payload), { municipality: people.own, overrideAccess: true })

async function textOf(part: CmsPart, path: string): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const piece of part.content(path)) parts.push(Buffer.from(piece))
  return Buffer.concat(parts).toString()
}

const idsIn = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { id: string }).id)

test('every collection is taken, or the reason says why not', () => {
  const slugs = cms.config.collections
    .map(({ slug }) => slug)
    .filter((slug) => !/^payload-/.test(slug))
  const known = [...OWN_DOCUMENTS.map(({ slug }) => slug), ...Object.keys(NOT_OWN)]
  expect(known.toSorted()).toEqual(slugs.toSorted())
})

describe.each([
  ['the approver', approversPart],
  ['the operator at the shell', operatorsPart],
] as const)('as %s', (_, open) => {
  test('all that is the town’s own is in it, and nothing of another one', async () => {
    const part = await open()
    for (const path of await part.paths()) {
      const text = await textOf(part, path)
      for (const id of others) expect(text.includes(id) && path).toBe(false)
    }
    for (const { slug: collection } of OWN_DOCUMENTS) {
      expect(idsIn(await textOf(part, documentsPath(collection)))).toContain(own.get(collection))
    }
    expect(idsIn(await textOf(part, versionsPath('kizuna-add-ons'))).length).toBeGreaterThan(0)
  })

  test('no password, no key and no second factor is in it', async () => {
    const part = await open()
    const line = await textOf(part, documentsPath('users'))
    expect(line).not.toMatch(/hash|salt|session|apiKey|secret/i)
  })
})

test('a picture is in it with its file', async () => {
  const part = await approversPart()
  const [picture] = (await part.paths()).filter((path) => path.startsWith('cms/pictures/'))
  expect((await textOf(part, picture!)).slice(1, 4)).toBe('PNG')
})

test('every field of what is taken is explained', async () => {
  const part = await operatorsPart()
  const explained = new Set(cmsFields(cms.payload).map(({ file, field }) => `${file} ${field}`))
  for (const { slug: collection } of OWN_DOCUMENTS) {
    const file = documentsPath(collection)
    for (const line of (await textOf(part, file)).split('\n').filter(Boolean)) {
      const fields = Object.keys(JSON.parse(line) as object).map((field) => `${file} ${field}`)
      expect(fields.filter((field) => !explained.has(field))).toEqual([])
    }
  }
  expect(await textOf(part, CMS_FIELDS_PATH)).toContain(
    '"cms/kizuna-municipalities.ndjson","code",',
  )
})

describe('the way to it', () => {
  const enter = async (as: string | undefined, id: string) =>
    handleEndpoints({
      config: cms.config,
      request: new Request(`http://cms.test/api/takeout/${id}/entrance`, {
        method: 'POST',
        headers: as ? { Authorization: as } : {},
      }),
    })

  test('the approver of the town and the operator are led to it, and the log says so', async () => {
    for (const role of ['municipal-approver', 'admin'] as const) {
      const page = await (await enter(people.as[role], people.own)).text()
      const [, token = ''] = /counter\/enter\/([^"]+)"/.exec(page) ?? []
      expect(openEntrance(ring, token, NOW)).toMatchObject({
        isTakeout: true,
        by: people.ids[role],
      })
      const { docs } = await cms.payload.find({
        collection: 'kizuna-audit-log',
        where: { action: { equals: 'takeout' } },
        depth: 0,
      })
      expect(docs[0]).toMatchObject({ documentId: people.own, actor: { value: people.ids[role] } })
    }
  })

  test.each([
    'anonymous',
    'worker',
    'editor',
    'reviewer',
    'chief',
    'municipal-editor',
    'contributor',
  ] as const)('%s is not led to it', async (actor) => {
    expect((await enter(people.as[actor], people.own)).status).toBe(403)
  })

  test('an approver is not led to another town’s', async () => {
    expect((await enter(people.as['municipal-approver'], people.other)).status).toBe(403)
  })
})

describe('the delivery half asks in somebody’s name', () => {
  const ask = async (by: string, path?: string, code?: string) => {
    const { code: ownCode } = await cms.payload.findByID({
      collection: 'kizuna-municipalities',
      id: people.own,
    })
    const token = sealTakeout(ring, { by, municipality: code ?? ownCode }, NOW)
    return cms.rest({ method: 'POST', path: '/takeout/part', body: { token, path } })
  }

  test('and is given what they may read', async () => {
    const { status, body } = await ask(people.ids['municipal-approver'])
    expect(status).toBe(200)
    expect(body.paths).toContain(documentsPath('kizuna-add-ons'))
  })

  test('not in the name of who may not, nor of nobody, nor for another town', async () => {
    const { code } = await cms.payload.findByID({
      collection: 'kizuna-municipalities',
      id: people.other,
    })
    for (const by of [people.ids['municipal-editor'], people.ids.chief, 'f'.repeat(24)]) {
      expect((await ask(by)).status).toBe(403)
    }
    expect((await ask(people.ids['municipal-approver'], undefined, code)).status).toBe(403)
  })

  test('not with a word of its own, and not for a file that is none', async () => {
    const forged = { token: 'k1.x.y.z' }
    expect((await cms.rest({ method: 'POST', path: '/takeout/part', body: forged })).status).toBe(
      403,
    )
    expect((await ask(people.ids.admin, 'cms/../secret')).status).toBe(404)
  })
})

test('the words that open it are read however they are typed', () => {
  const words = newPassphrase()
  expect(words).toMatch(/^([2-9A-HJ-NP-Z]{5}-){5}[2-9A-HJ-NP-Z]{5}$/)
  expect(newPassphrase()).not.toBe(words)
  expect(readPassphrase(` ${words.toLowerCase().replaceAll('-', ' ')}\n`)).toBe(words)
})

test('an add-on that was published, by its authors, is nobody’s draft elsewhere', () => {
  const published = {
    title: '講座',
    _status: 'published',
    authors: ['a'],
    savedBy: 'a',
    submission: 's',
  }
  const nobody = { authors: [], savedBy: null, proposedBy: null, submission: null }
  expect(broughtAddOn(published)).toEqual({ title: '講座', _status: 'draft', ...nobody })
})

describe('brought into another installation', () => {
  let there: TestCms

  beforeAll(async () => {
    there = await startCms({ keys: generateKeyRing() }, 'there')
  }, 120_000)
  afterAll(() => there.stop())

  const bring = async () => {
    const part = await approversPart()
    const path = join(folder, 'town.zip')
    const files = async function* (): AsyncGenerator<ArchiveFile> {
      for (const file of await part.paths()) yield { path: file, content: part.content(file) }
    }
    await writeArchive(Writable.toWeb(createWriteStream(path)), 'WORDS', files())
    const archive = await openArchive(path, 'WORDS')
    const town = await cms.payload.findByID({ collection: 'kizuna-municipalities', id: people.own })
    const manifest: TakeoutManifest = {
      format: TAKEOUT_FORMAT,
      product: 'kizuna',
      takenAt: NOW.toISOString(),
      municipality: { code: town.code, name: town.name, id: people.own },
      isFinal: true,
      files: [],
    }
    const result = await bringDocuments({ payload: there.payload, archive, manifest, now })
    await archive.close()
    return result
  }

  test('the town pauses, its add-ons are drafts with their history, its numbers are there', async () => {
    const { brought, municipality } = await bring()
    expect(brought).toMatchObject({
      'kizuna-statistics': 1,
      'kizuna-reports': 1,
      'kizuna-media': 1,
    })
    const town = await there.payload.findByID({
      collection: 'kizuna-municipalities',
      id: municipality,
    })
    expect(town).toMatchObject({ isActive: false, series: [] })
    const { docs } = await there.payload.find({
      collection: 'kizuna-add-ons',
      depth: 0,
      draft: true,
    })
    expect(docs.length).toBeGreaterThan(0)
    for (const { _status, authors } of docs) {
      expect(_status).toBe('draft')
      expect(authors ?? []).toEqual([])
    }
    const versions = await there.payload.findVersions({ collection: 'kizuna-add-ons', depth: 0 })
    const before = await cms.payload.findVersions({
      collection: 'kizuna-add-ons',
      where: { 'version.municipality': { equals: people.own } },
      depth: 0,
    })
    expect(versions.totalDocs).toBe(before.totalDocs)
    expect(versions.docs.every(({ version }) => version._status === 'draft')).toBe(true)
    const { docs: approvals } = await there.payload.find({
      collection: 'kizuna-approvals',
      depth: 0,
    })
    expect(approvals.map(({ submission }) => submission)).toEqual(['brought'])
    const { totalDocs: releases } = await there.payload.find({ collection: 'kizuna-releases' })
    expect(releases).toBe(0)
    const { docs: figures } = await there.payload.find({
      collection: 'kizuna-statistics',
      depth: 0,
    })
    expect(figures[0]).toMatchObject({ municipality, id: own.get('kizuna-statistics') })
  })

  test('brought again, nothing is there twice', async () => {
    const again = await bring()
    expect(Object.values(again.brought).every((count) => count === 0)).toBe(true)
    const { totalDocs } = await there.payload.find({ collection: 'kizuna-media' })
    expect(totalDocs).toBe(1)
  })
})
