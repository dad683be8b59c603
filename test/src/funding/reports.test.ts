// Reports to grants in the CMS: begun from a template, copied without plans, written as a file.
import { expect, test } from '@jest/globals'

import { sheetRows } from '../../../src/funding/endpoints'
import { loadFunding } from '../../../src/funding/load'
import { auditEntries } from '../../auditEntries'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()
const own = { municipality: cms.municipality.id, fiscalYear: 2025 }

let years = 2030
/** Of a year of its own: there are no two of one name in one year. */
const begin = (person: Person, { template = 'user-support', fiscalYear = ++years } = {}) =>
  cms.rest(person, 'POST /kizuna-funding-reports/begin', { ...own, fiscalYear, template })
const read = (person: Person, id: string) =>
  cms.rest(person, `GET /kizuna-funding-reports/${id}?depth=0`)

test('a clerk begins one from a template, plans, and copies its lines to the next year', async () => {
  const id = String((await begin('machi', own)).body.id)
  const { body } = await read('machi', id)
  const lines = body.lines as { label: string; figure: string; id: string }[]
  expect(lines.map(({ figure }) => figure)).toContain('handbookRate')
  const planned = lines.map((line) => ({ ...line, plan: '150人', typed: '済み' }))
  const saved = await cms.rest('machi', `PATCH /kizuna-funding-reports/${id}`, { lines: planned })
  expect(saved.status).toBe(200)
  const copied = await cms.rest('machi', `POST /kizuna-funding-reports/${id}/copy`, {
    ...own,
    fiscalYear: 2026,
  })
  const copy = (await read('machi', String(copied.body.id))).body
  expect(copy).toMatchObject({ fiscalYear: 2026, title: body.title })
  const copiedLines = copy.lines as { label: string; plan?: string | null }[]
  expect(copiedLines.map(({ label }) => label)).toEqual(lines.map(({ label }) => label))
  expect(copiedLines.every(({ plan }) => !plan)).toBe(true)
})

test('its file opens with whose it is, and has the plan beside the result', async () => {
  const id = String((await begin('machi', { ...own, template: 'birth-rate' })).body.id)
  const report = await loadFunding(await cms.reqOf('machi'), id, new Date())
  const rows = sheetRows(report)
  expect(rows[0]).toMatchObject({
    label: report.title,
    result: `${report.town.name} ${report.period?.label}`,
  })
  const fathers = rows.find(({ label }) => label === '登録した父親')
  expect(fathers).toMatchObject({ plan: '', result: 'まだありません' })
})

test.each<[Person, number]>([
  ['machi', 200],
  ['mayu', 200],
  ['midori', 200],
  ['hana', 403],
  ['root', 403],
])('%s begins one of the town: %i', async (person, status) => {
  expect((await begin(person)).status).toBe(status)
})

test('who is of no town and not of the team reads none', async () => {
  const id = String((await begin('machi')).body.id)
  expect((await read('dango', id)).status).toBeGreaterThanOrEqual(403)
  const copied = await cms.rest('hana', `POST /kizuna-funding-reports/${id}/copy`, own)
  expect(copied.status).toBeGreaterThanOrEqual(403)
})

test('a second one of the same name in the same year is refused, however many press at once', async () => {
  const same = { fiscalYear: ++years }
  const answers = await Promise.all(['machi', 'mayu'].map((who) => begin(who as Person, same)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const refused = answers.find(({ status }) => status === 409)
  expect(JSON.stringify(refused?.body)).toContain('は、もうあります')
  const id = String(answers.find(({ status }) => status === 200)?.body.id)
  const copied = await cms.rest('machi', `POST /kizuna-funding-reports/${id}/copy`, {
    ...own,
    ...same,
  })
  expect(copied.status).toBe(409)
})

test('one that was written by hand stands in the log too, with whose it is', async () => {
  const written = { title: '町の事業の実績', fiscalYear: 2026 }
  const made = await cms.rest('machi', 'POST /kizuna-funding-reports', written)
  const documentId = { equals: String(made.body.doc.id) }
  const entries = await auditEntries(cms.payload, { documentId })
  expect(entries).toMatchObject([{ action: 'create', note: expect.stringContaining('2026年度') }])
})

test('what was begun, changed and taken out stands in the log', async () => {
  const id = String((await begin('machi')).body.id)
  await cms.rest('machi', `PATCH /kizuna-funding-reports/${id}`, { title: '別の題名' })
  await cms.rest('machi', `DELETE /kizuna-funding-reports/${id}`)
  const entries = await auditEntries(cms.payload, { documentId: { equals: id } })
  expect(entries.map(({ action }) => action).sort()).toEqual(['create', 'delete', 'edit'])
})
