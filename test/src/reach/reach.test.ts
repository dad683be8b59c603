import { expect, test } from '@jest/globals'

import { addDays, localDayOf } from '../../../src/stage/day'
import { openEditorialCmsOfFile } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

const TODAY = localDayOf(new Date())
const forecast = {
  date: addDays(TODAY, 1),
  bands: { month0: 61 },
  stages: { age0: 61 },
  editions: { standard: 40 },
}

function report(data: Record<string, unknown>) {
  const municipality = cms.municipality.id
  const made = { municipality, date: TODAY, numbers: { readers: 40 }, ...data }
  return cms.payload.create({ collection: 'kizuna-reports', data: made as never })
}

test('without figures the question says that it does not know', async () => {
  const { id } = await cms.draft()
  const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/reach`)
  expect(body.reach).toMatchObject({ municipalities: 1, counted: 0 })
  expect(body.sentence).toContain('集計がまだない')
})

test('with a report it says about how many, and since when', async () => {
  await report({ forecast })
  const { id } = await cms.draft({ slot: 'day10' })
  const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/reach`)
  expect(body.reach).toMatchObject({ municipalities: 1, counted: 1, asOf: TODAY })
  expect(body.sentence).toContain('7 日間で約 14 人')
})

test('nobody but the chief asks for readers', async () => {
  const { id } = await cms.draft()
  for (const person of ['hana', 'doctor', 'machi', 'root', null] as const) {
    const { status } = await cms.rest(person, `GET /kizuna-manuscripts/${id}/reach`)
    expect([403, 404]).toContain(status)
  }
})

test('a withdrawal waits for the worker and then says how far the text had gone', async () => {
  const { id } = await cms.published()
  const path = `GET /kizuna-manuscripts/${id}/withdrawn`
  expect((await cms.rest('midori', path)).body).toEqual({
    found: null,
    progress: [],
    sentence: null,
  })
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/withdraw`, { reason: '数字が違う' })
  expect((await cms.rest('midori', path)).body.sentence).toContain('報告を待っています')
  await report({ withdrawals: [{ key: `manuscript:${id}`, sent: 12, stopped: 30 }] })
  const { body } = await cms.rest('midori', path)
  expect(body.found).toEqual({ municipalities: 1, sent: 12, hidden: 0, stopped: 30 })
  expect(body.sentence).toBe(
    '取り下げ: 送信済み 約 12 人(1 自治体の報告から)。送らずに止めた分 約 30 人。',
  )
})

test('a report has a title, and its parts must be readable', async () => {
  const made = await report({ isFinal: true })
  expect(made.title).toMatch(/年\d+月\d+日\(.\) 見本町の日報$/)
  await expect(report({ forecast: { date: 'tomorrow' } })).rejects.toThrow()
})
