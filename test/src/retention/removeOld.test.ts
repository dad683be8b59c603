// What has ended in the CMS goes: old figures, dead jobs, forgotten locks; nothing else does.
import { randomBytes } from 'node:crypto'

import { afterAll, expect, test } from '@jest/globals'

import { addDays, localDayOf } from '../../../src/stage/day'
import {
  countOld,
  KEPT_SIGN_IN_DAYS,
  LEAST_REPORT_DAYS,
  removeOld,
} from '../../../src/retention/removeOld'
import { KEPT_TRASH_DAYS } from '../../../src/review/queries/trashStatus'
import { REMOVAL } from '../../../src/retention/job'
import { DIGESTS } from '../../../src/digest/job'
import { NOW, startCms } from '../../collections/cms'

const cms = await startCms({ keptReportDays: LEAST_REPORT_DAYS })
afterAll(() => cms.stop())

const { db } = cms.payload
const today = localDayOf(NOW)

/** Each time, what goes is what was said to be due. */
async function remove() {
  const options = { now: () => NOW, keptReportDays: LEAST_REPORT_DAYS }
  const due = (await countOld(cms.payload, options)).map((row) => row.due)
  const removed = await removeOld(cms.payload, options)
  expect(due.reduce((sum, one) => sum + one, 0)).toBe(removed)
  return removed
}

const report = (daysAgo: number) =>
  db.create({
    collection: 'kizuna-reports',
    data: { date: addDays(today, -daysAgo), title: `${daysAgo}`, numbers: {}, isFinal: true },
  })

const datesLeft = async () => {
  const { docs } = await db.find<{ date: string }>({ collection: 'kizuna-reports', limit: 0 })
  return docs.map(({ date }) => date).sort()
}

const ago = (days: number) => new Date(Date.now() - days * 24 * 3600_000).toISOString()

test('figures are there for as many days as are kept, and then go', async () => {
  for (const days of [0, 1, LEAST_REPORT_DAYS, LEAST_REPORT_DAYS + 1, 5000]) await report(days)
  expect(await remove()).toBe(2)
  expect(await datesLeft()).toEqual([LEAST_REPORT_DAYS, 1, 0].map((days) => addDays(today, -days)))
  expect(await remove()).toBe(0)
})

test('what a reader said goes three years after its month', async () => {
  for (const month of ['2023-10', '2023-11', '2026-11']) {
    const id = `${month}-`.padEnd(22, 'x')
    await db.create({ collection: 'kizuna-voices', data: { id, month }, customID: id })
  }
  expect(await remove()).toBe(1)
  const { docs } = await db.find<{ month: string }>({ collection: 'kizuna-voices', limit: 0 })
  expect(docs.map(({ month }) => month).toSorted()).toEqual(['2023-11', '2026-11'])
})

test('more than one piece goes at once', async () => {
  const many = Array.from({ length: 520 }, (_, at) => report(LEAST_REPORT_DAYS + 1 + (at % 50)))
  await Promise.all(many)
  expect(await remove()).toBe(520)
})

test('who came in goes after 400 days, and what was done never', async () => {
  const entry = (action: string, days: number) =>
    db.create({
      collection: 'kizuna-audit-log',
      data: {
        action,
        collection: 'users',
        documentId: `${action} ${days}`,
        at: new Date(NOW.getTime() - days * 24 * 3600_000).toISOString(),
      },
    })
  for (const action of ['login', 'logout', 'login-failed', 'login-stopped', 'publish']) {
    await entry(action, KEPT_SIGN_IN_DAYS - 1)
    await entry(action, KEPT_SIGN_IN_DAYS + 1)
  }
  expect(await remove()).toBe(4)
  const { docs } = await db.find<{ documentId: string }>({
    collection: 'kizuna-audit-log',
    limit: 0,
  })
  expect(docs.map(({ documentId }) => documentId)).toContain('publish 401')
  expect(docs).toHaveLength(6)
})

test('a job that failed long ago goes, and one that waits stays', async () => {
  const jobs = cms.payload.db.collections['payload-jobs']!
  const job = { queue: DIGESTS, taskSlug: DIGESTS, processing: false }
  await jobs.collection.insertOne({ ...job, hasError: true, updatedAt: new Date(ago(31)) })
  await jobs.collection.insertOne({ ...job, hasError: false, updatedAt: new Date(ago(1)) })
  expect(await remove()).toBe(1)
  expect(await jobs.countDocuments()).toBe(1)
})

test('an editing lock that nobody took off goes after a day', async () => {
  const locks = cms.payload.db.collections['payload-locked-documents']!
  await locks.collection.insertOne({ updatedAt: new Date(ago(2)) })
  await locks.collection.insertOne({ updatedAt: new Date() })
  expect(await remove()).toBe(1)
  expect(await locks.countDocuments()).toBe(1)
})

test('a text ends after 400 days in the trash, and never where it once went out', async () => {
  const text = async (title: string, days: number) => {
    const deletedAt = new Date(NOW.getTime() - days * 24 * 3600_000).toISOString()
    return db.create({ collection: 'kizuna-manuscripts', data: { title, deletedAt } })
  }
  await text('まだ', KEPT_TRASH_DAYS - 1)
  const ended = await text('書き損じ', KEPT_TRASH_DAYS + 1)
  const { id } = await text('届けたもの', KEPT_TRASH_DAYS + 1)
  const release = { key: `manuscript:${String(id)}`, revision: 1, action: 'withdraw' }
  await db.create({ collection: 'kizuna-releases', data: release })
  expect(await remove()).toBe(1)
  const { docs } = await db.find<{ title: string }>({ collection: 'kizuna-manuscripts', limit: 0 })
  expect(docs.map(({ title }) => title).toSorted()).toEqual(['まだ', '届けたもの'].toSorted())
  const where = { documentId: { equals: String(ended.id) } }
  const log = await cms.payload.find({ collection: 'kizuna-audit-log', where })
  expect(log.docs).toMatchObject([{ action: 'delete', note: 'ごみ箱に 400 日あった' }])
})

test('Payload wakes it', () => {
  const task = cms.config.jobs.tasks?.find(({ slug }) => slug === REMOVAL)
  expect(task?.schedule).toMatchObject([{ queue: DIGESTS }])
})

test('what readers wrote to a survey goes after three years, and its numbers stay', async () => {
  const texts = [{ question: 'q', texts: [{ text: 'ことば', hasPersonalDetails: false }] }]
  for (const year of ['2023', '2026']) {
    const createdAt = `${year}-10-31T00:00:00.000Z`
    const data = {
      survey: randomBytes(12).toString('hex'),
      municipality: randomBytes(12).toString('hex'),
      texts,
      told: {},
      createdAt,
    }
    await db.create({ collection: 'kizuna-survey-results', data })
  }
  expect(await remove()).toBe(1)
  const { docs } = await db.find<{ texts?: unknown }>({ collection: 'kizuna-survey-results' })
  expect(docs.map((one) => Boolean(one.texts)).toSorted()).toEqual([false, true])
  expect(await remove()).toBe(0)
})
