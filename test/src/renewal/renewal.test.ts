import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { auditEntries } from '../../auditEntries'
import type { EditorialCms } from '../review/editorialCms'
import { openEditorialCms } from '../review/editorialCms'

let cms: EditorialCms

beforeAll(async () => {
  cms = await openEditorialCms()
}, 60_000)

afterAll(() => cms.close())

const START = { name: '見本 2027年度', code: 'child-2027', startsOn: '2099-04-01' }

const texts = async (series: string) => {
  const where = { series: { equals: series } }
  const options = { draft: true, depth: 0, pagination: false, sort: 'slotSortKey' } as const
  const { docs } = await cms.payload.find({ collection: 'kizuna-manuscripts', where, ...options })
  return docs
}

test('a series is copied forward, worked through and switched', async () => {
  const same = await cms.published({ title: '同じまま' })
  const edited = await cms.published({ title: '直す' })
  await cms.draft({ title: 'まだ下書き' })
  const series = cms.series.id

  for (const person of ['doctor', 'machi', 'dango'] as const) {
    expect((await cms.rest(person, 'POST /renewal', { ...START, series })).status).toBe(403)
  }
  expect(
    (await cms.rest('hana', 'POST /renewal', { ...START, series, startsOn: 'x' })).status,
  ).toBe(400)
  const past = await cms.rest('hana', 'POST /renewal', { ...START, series, startsOn: '2026-01-01' })
  expect(past.body.errors[0].message).toMatch(
    /^使い始める日\(2026-01-01\)は、もう過ぎています。今日/,
  )
  const noDay = await cms.rest('hana', 'POST /renewal', {
    ...START,
    series,
    startsOn: '2099-02-30',
  })
  expect(noDay.body.errors[0].message).toMatch(/[^。]。$/)
  const made = await cms.rest('hana', 'POST /renewal', { ...START, series })
  expect(made.status).toBe(200)
  const id = String(made.body.id)
  expect((await cms.rest('hana', 'POST /renewal', { ...START, series })).status).toBe(400)

  expect((await cms.rest('hana', `POST /renewal/${id}/copy`)).body).toEqual({ done: 3, total: 3 })
  expect((await cms.rest('hana', `POST /renewal/${id}/copy`)).body).toEqual({ done: 3, total: 3 })
  const copies = await texts(id)
  expect(copies).toHaveLength(3)
  expect(copies.map(({ _status }) => _status)).toEqual(['draft', 'draft', 'draft'])
  const [first, second] = copies
  expect(first).toMatchObject({ title: '同じまま', origin: same.id, slot: same.slot })
  expect(await texts(series)).toHaveLength(3)

  await cms.payload.update({
    collection: 'kizuna-manuscripts',
    id: String(second!.id),
    draft: true,
    overrideAccess: false,
    data: {
      body: '新しい年度の本文です。',
      ...(await cms.opened('kizuna-manuscripts', String(second!.id))),
    },
    req: await cms.reqOf('hana'),
  })
  const { loadBoard } = await import('../../../src/renewal/board')
  const { parsePolicy } = await import('../../../src/review/rules/policy')
  const options = { policy: parsePolicy(), now: () => new Date() }
  const board = await loadBoard(await cms.reqOf('hana'), id, options)
  expect(board.rows.map(({ standing, state }) => [standing, state])).toEqual([
    ['unchanged', 'draft'],
    ['changed', 'draft'],
    ['unapproved', 'draft'],
  ])
  const { loadDifferences } = await import('../../../src/renewal/differences')
  const found = await loadDifferences(await cms.reqOf('hana'), board.rows)
  expect(found.get(String(second!.id))).toEqual([expect.objectContaining({ field: 'body' })])
  expect(edited.id).toBe(second!.origin)

  const submitted = await cms.rest('hana', `POST /renewal/${id}/submit`)
  expect(submitted.body).toEqual({ submitted: 1, left: 0, refused: [] })
  const after = await loadBoard(await cms.reqOf('hana'), id, options)
  expect(after.rows[0]).toMatchObject({ standing: 'unchanged', state: 'in_review' })

  const town = cms.municipality.id
  const args = { municipalities: [town], isUndo: false }
  expect((await cms.rest('hana', `POST /renewal/${id}/switch`, args)).status).toBe(403)
  const unsure = await cms.rest('midori', `POST /renewal/${id}/switch`, args)
  expect(unsure.status).toBe(400)
  expect(unsure.body.errors[0].message).toContain('配信日のうち 2 日ぶん')
  const sure = { ...args, isSure: true }
  const plan = await cms.rest('midori', `POST /renewal/${id}/switch`, sure)
  expect(plan.body.rows).toEqual([expect.objectContaining({ id: town, state: 'switched' })])
  const stored = async () => {
    const found = await cms.payload.findByID({
      collection: 'kizuna-municipalities',
      id: town,
      depth: 0,
    })
    return (found.series ?? []).map((row) => [
      row.series,
      row.effectiveFrom ?? null,
      row.effectiveTo ?? null,
    ])
  }
  expect(await stored()).toEqual([
    [series, null, '2099-03-31'],
    [id, '2099-04-01', null],
  ])
  const undone = await cms.rest('midori', `POST /renewal/${id}/switch`, { ...args, isUndo: true })
  expect(undone.body.rows).toEqual([expect.objectContaining({ state: 'untouched' })])
  expect((await stored()).length).toBe(1)

  await cms.rest('midori', `POST /renewal/${id}/switch`, sure)
  const { applySwitch } = await import('../../../src/renewal/applySwitch')
  const afterwards = async (isUndo: boolean) =>
    applySwitch(
      await cms.reqOf('midori'),
      { id, municipalities: [town], isUndo, isSure: true },
      () => new Date('2099-05-01T00:00:00Z'),
    )
  expect((await afterwards(true)).rows).toEqual([expect.objectContaining({ state: 'untouched' })])
  expect((await stored()).length).toBe(1)
  await expect(afterwards(false)).rejects.toThrow(
    '切り替える日(2099-04-01)は、もう過ぎています。今日(2099-05-01)か',
  )
  expect((await stored()).length).toBe(1)
  const told = await auditEntries(cms.payload, { action: { equals: 'switch' } })
  expect(told.map(({ note }) => note)).toEqual([
    '2099-04-01 から新しいシリーズ',
    '2099-04-01 の切り替えをその日の前に取り消した',
    '2099-04-01 から新しいシリーズ',
    '2099-04-01 の切り替えを取り消した',
  ])

  expect((await cms.rest('hana', `POST /renewal/${id}/archive`, { isArchived: true })).status).toBe(
    403,
  )
  await cms.rest('midori', `POST /renewal/${id}/archive`, { isArchived: true })
  const archived = await cms.rest('hana', `GET /kizuna-series/${series}`)
  expect(archived.body).toMatchObject({ isArchived: true })
  expect(await texts(series)).toHaveLength(3)
  const still = await cms.on('kizuna-manuscripts').edit('hana', same.id, {
    title: '読める',
  })
  expect(still.status).toBe(200)
}, 120_000)

test('texts in plain Japanese stay as near to their standard texts as they were', async () => {
  const { id: series } = await cms.payload.create({
    collection: 'kizuna-series',
    data: {
      name: '見本 やさしい',
      code: 'easy-2026',
      anchor: 'birthDate',
      isEndIncluded: true,
      from: 'day0',
      to: 'month120',
    } as never,
  })
  const place = (slot: string) => ({ series, slot })
  await cms.published({ ...place('day11'), body: '同じままです。' })
  const same = await cms.draft({ ...place('day11'), edition: 'easy', title: '合っている' })
  expect((await cms.rest('hana', `POST /kizuna-manuscripts/${same.id}/align`, {})).status).toBe(200)
  const behind = await cms.published({ ...place('day12'), body: '前の文です。' })
  await cms.draft({ ...place('day12'), edition: 'easy', title: '遅れている' })
  await cms.draft({ ...place('day13'), edition: 'easy', title: '記録がない' })
  await cms.published({ ...place('day13') })
  await cms.on('kizuna-manuscripts').edit('hana', behind.id, { body: '後の文です。' })
  const target = { collection: 'kizuna-manuscripts', id: behind.id } as const
  await cms.review.submit(cms.payload, await cms.reqOf('hana'), target)
  await cms.review.approve(cms.payload, await cms.reqOf('midori'), target)
  await cms.review.publish(cms.payload, await cms.reqOf('midori'), target)

  const start = { ...START, series, code: 'easy-2027' }
  const { body: made } = await cms.rest('hana', 'POST /renewal', start)
  const { body: progress } = await cms.rest('hana', `POST /renewal/${made.id}/copy`)
  expect(progress).toEqual({ done: 6, total: 6 })
  const compared = async (title: string) => {
    const found = (await texts(made.id)).find((text) => text.title === title)
    return (await cms.rest('hana', `GET /kizuna-manuscripts/${found!.id}/standard`)).body
  }
  expect(await compared('合っている')).toMatchObject({ pair: { state: 'inLine' } })
  expect(await compared('遅れている')).toMatchObject({
    pair: { state: 'changed' },
    aligned: { body: '前の文です。' },
    standard: { content: { body: '後の文です。' } },
  })
  expect(await compared('記録がない')).toMatchObject({ pair: { state: 'unchecked' } })
}, 60_000)
