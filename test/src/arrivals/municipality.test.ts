// 2,500 releases, read and planned as the page 「この日に届くもの」 does it.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Payload } from 'payload'

import { dayRows } from '../../../src/arrivals/dayRows'
import { lifeRows } from '../../../src/arrivals/lifeRows'
import { loadMunicipality } from '../../../src/arrivals/municipality'
import { loadTownMonth } from '../../../src/calendar/load'
import type { ImaginedFamily } from '../../../src/plan/imagined'
import { contentHash } from '../../../src/release/hash'
import { countQueries } from '../../countQueries'
import { countReadDocuments } from '../../readDocuments'
import { BOOK, manuscript } from '../release/sampleContent'
import { openEditorialCms, type EditorialCms, type Person } from '../review/editorialCms'

const COUNT = 2500

let cms: EditorialCms
let code: string

beforeAll(async () => {
  cms = await openEditorialCms()
  code = String(cms.series.code)
  await insertReleases(cms.payload, code)
}, 120_000)

afterAll(() => cms.close())

const town = async (person: Person) =>
  loadMunicipality(await cms.reqOf(person), String(cms.municipality.id))

const FAMILY: ImaginedFamily = {
  edition: 'standard',
  area: null,
  channel: 'mail',
  isTwins: false,
  isCorrected: false,
}

test('seven years of one child out of 2,500 releases are found without a query for each', async () => {
  const { result: rows, queries } = await countQueries(cms.payload, async () => {
    const found = await town('hana')
    if (!found) throw new Error('the town is not there')
    return lifeRows(found, { dates: { birthDate: '2026-01-01' }, family: FAMILY })
  })
  expect(rows.filter(({ texts }) => texts.length > 0)).toHaveLength(COUNT)
  expect(queries).toBeGreaterThan(0)
  expect(queries).toBeLessThan(25)
}, 60_000)

test('a day has a row for each date that something is due to', async () => {
  const found = await town('mayu')
  if (!found) throw new Error('the town is not there')
  const family = { area: null, isTwins: false, isCorrected: false }
  const { rows, count } = dayRows(found, { date: '2026-11-23', family, page: 1 })
  expect(count).toBe(COUNT)
  expect(rows).toHaveLength(60)
  const { page, last } = dayRows(found, { date: '2026-11-23', family, page: 99 })
  expect([page, page]).toEqual([last, Math.ceil(count / 60)])
  const second = dayRows(found, { date: '2026-11-23', family, page: 2 })
  expect(second.rows[0]).toMatchObject({ stage: '生後60日' })
  expect(rows[0]).toMatchObject({ stage: '生後0日', family: '誕生日 2026年11月23日(月)' })
})

test('what is read once is not read again: only what came since', async () => {
  await town('hana') // as much as there is
  const again = await countReadDocuments(cms.payload, () => town('hana'))
  expect(again.documents).toBeLessThan(20)
  const { id } = await cms.published({ title: '見本 いま公開', slot: 'day3000' })
  const subjects = async () =>
    (await town('hana'))?.content.texts.filter(({ release }) => release.key === `manuscript:${id}`)
  expect(await subjects()).toHaveLength(1)
  const told = await countReadDocuments(cms.payload, () => town('mayu'))
  expect(told.documents).toBeLessThan(30)
  await cms.on('kizuna-manuscripts').post('midori', `${id}/withdraw`, { reason: '確かめるため' })
  expect(await subjects()).toEqual([])
})

test('who may not read releases finds the town without them', async () => {
  expect((await town('dango'))?.content).toEqual({ texts: [], addOns: [] })
})

const NOW = new Date('2026-11-23T00:00:00.000Z')

const monthOf = async (person: Person, municipality = String(cms.municipality.id)) =>
  loadTownMonth(await cms.reqOf(person), { municipality, month: '2026-12', now: NOW })

const titles = async (person: Person) =>
  (await monthOf(person))?.entries.map(({ day, kind, note }) => `${day} ${kind} ${note}`.trim())

test('a month of the calendar is what has a day in it, and reads none of the 2,500', async () => {
  const period = { validFrom: '2026-12-01', validTo: '2026-12-20' }
  const out = await cms.publishedAddOn(period)
  await cms.addOn({ validFrom: '2026-12-24', validTo: '2027-01-15' })
  await cms.addOn({ validFrom: '2027-01-01' })
  // A proposal that nobody has taken.
  await cms.addOn({ ...period, blocks: [BOOK] }, 'dango')
  const planned = await cms.draft()
  for (const [document, publishAt] of [
    [out.id, '2026-12-31T15:00:00.000Z'],
    [planned.id, '2026-12-31T14:30:00.000Z'],
  ]) {
    await cms.payload.db.updateOne({
      collection: 'kizuna-text-states',
      where: { document: { equals: document } },
      data: { publishAt },
    })
  }
  const { result, documents } = await countReadDocuments(cms.payload, () => titles('midori'))
  const own = [
    '2026-12-01 periodBegins',
    '2026-12-20 periodEnds',
    '2026-12-24 periodBegins まだ公開していません: 下書き',
  ]
  expect(result).toEqual([...own, '2026-12-31 publication 23:30'])
  expect(documents).toBeGreaterThan(0)
  expect(documents).toBeLessThan(50)
  // The common texts that are to come are the team’s to know.
  expect(await titles('machi')).toEqual(own)
})

test('a clerk has the calendar of the own town, and the team those of all', async () => {
  const { docs } = await cms.payload.find({ collection: 'kizuna-municipalities', depth: 0 })
  const { id: _, ...data } = docs[0]!
  const other = { ...data, code: '999024', name: 'となり町', senderName: 'となり町', series: [] }
  const { id } = await cms.payload.create({
    collection: 'kizuna-municipalities',
    data: other as never,
  })
  expect(await monthOf('mayu')).toMatchObject({ name: '見本町', pause: null })
  expect(await monthOf('mayu', String(id))).toBeNull()
  expect(await monthOf('eiko', String(id))).toMatchObject({ name: 'となり町', entries: [] })
  await expect(monthOf('dango')).rejects.toThrow()
})

interface Raw {
  connection: {
    collection: (name: string) => { insertMany: (documents: object[]) => Promise<unknown> }
  }
}

/** Straight into the database: through the gate it would take minutes. */
async function insertReleases(payload: Payload, series: string): Promise<void> {
  const { connection } = payload.db as unknown as Raw
  const at = new Date('2026-11-01T00:00:00.000Z')
  const documents = Array.from({ length: COUNT }, (_, day) => {
    const content = manuscript({
      series,
      slot: `day${day}`,
      subject: `生後${day}日`,
      body: '見本の文です。'.repeat(80),
    })
    return {
      key: `manuscript:${day}`,
      revision: 1,
      action: 'publish',
      content,
      variables: {},
      contentHash: contentHash(content),
      publishedAt: at,
      whenOverdue: 'warn',
      createdAt: at,
      updatedAt: at,
    }
  })
  await connection.collection('kizuna-releases').insertMany(documents)
}
