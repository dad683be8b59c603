// What the numbers of municipalities are stored as, who writes them, and what is told of each change.
import { expect, test } from '@jest/globals'
import { handleEndpoints } from 'payload'

import type { DenominatorReport } from '../../../src/numbers/importDenominators'
import { findMonths, findTold } from '../../../src/numbers/find'
import { inventedMonths } from '../../../src/sample/inventedMonths'
import { localDayOf } from '../../../src/stage/day'
import { addMonths, monthOf } from '../../../src/stage/month'
import { toldOf } from '../../../src/statistics/cells'
import type { MonthFigures } from '../../../src/statistics/figures'
import { askedPeriod } from '../../../src/statistics/period'
import { reportOf } from '../../../src/statistics/report'
import { auditEntries } from '../../auditEntries'
import { openEditorialCmsOfFile } from '../review/editorialCms'
import { monthFigures } from '../statistics/monthFigures'

const cms = await openEditorialCmsOfFile()
const municipality = cms.municipality.id
const counted = { count: 65, source: '健康課の窓口の集計', countedOn: '2026年11月1日' }

test('a month is told once: a second time is refused, and what is no month’s figures too', async () => {
  const data = { municipality, month: '2024-10', figures: monthFigures('2024-10') }
  const create = (given: object) =>
    cms.payload.create({ collection: 'kizuna-statistics', data: { ...data, ...given } as never })
  expect((await create({})).title).toBe('2024年10月 見本町の数字')
  await expect(create({})).rejects.toThrow('もう入っています')
  const other = { month: '2024-09' }
  await expect(create({ ...other, figures: { month: '2024-09' } })).rejects.toThrow('数字')
  await expect(create({ ...other, figures: monthFigures('2024-08') })).rejects.toThrow('数字')
})

test('a number of the town is typed in, changed and taken out, each in the audit log', async () => {
  const typed = { kind: 'handbooks', period: '2024-10', ...counted }
  const { status, body } = await cms.rest('machi', 'POST /kizuna-denominators', typed)
  expect({ status, doc: body.doc }).toMatchObject({
    status: 201,
    doc: { title: '2024年10月の母子健康手帳の交付数', countedOn: '2026-11-01' },
  })
  const { id } = body.doc
  const again = await cms.rest('mayu', 'POST /kizuna-denominators', typed)
  expect(again).toMatchObject({ status: 409 })
  const other = { count: 66, kind: 'births', period: '2026' }
  const changed = await cms.rest('mayu', `PATCH /kizuna-denominators/${id}`, other)
  expect(changed.body.doc).toMatchObject({ count: 66, kind: 'handbooks', period: '2024-10' })
  expect((await cms.rest('machi', `DELETE /kizuna-denominators/${id}`)).status).toBe(200)
  const entries = await auditEntries(cms.payload, { collection: { equals: 'kizuna-denominators' } })
  expect(entries.map(({ action, note }) => `${action} ${note}`)).toEqual([
    'create 見本町: 65(健康課の窓口の集計、2026-11-01)',
    'edit 見本町: 65(健康課の窓口の集計、2026-11-01) → 66(健康課の窓口の集計、2026-11-01)',
    'delete 見本町: 66(健康課の窓口の集計、2026-11-01)',
  ])
})

test.each([
  [{ period: '2026' }, '母子健康手帳の交付数は月ごとの数です'],
  [{ kind: 'births', period: '2026-10' }, '出生数は年度'],
  [{ count: -1 }, '整数'],
  [{ count: 1.5 }, '整数'],
  [{ source: ' ' }, '出典'],
  [{ countedOn: '来週' }, '日付'],
])('%j is refused in words', async (given, words) => {
  const data = { kind: 'handbooks', period: '2026-09', ...counted, ...given }
  const { status, body } = await cms.rest('machi', 'POST /kizuna-denominators', data)
  expect({ status, text: JSON.stringify(body) }).toEqual({
    status: 400,
    text: expect.stringContaining(words),
  })
})

/** The newest month that is over. */
const over = addMonths(monthOf(localDayOf(new Date())), -1)
const typed = {
  kind: 'handbooks',
  period: over,
  count: 30,
  source: '窓口',
  countedOn: '令和8年11月1日',
}

test('a number typed in on the page is written over the one that is there, and it says so', async () => {
  const send = (given: object) =>
    cms.rest('mayu', 'POST /numbers/denominators', { ...typed, ...given })
  expect((await send({})).body.words).toMatch(/の母子健康手帳の交付数 30 を入れました。/)
  expect((await send({})).body.words).toMatch(/もう同じ数が入っています/)
  expect((await send({ count: 24 })).body.words).toMatch(/24 に直しました\(前は 30\)/)
  expect((await send({ count: -1 })).status).toBe(400)
  expect((await send({ count: 'x' })).body.errors[0].message).toMatch(/すべて入れてください/)
  expect((await cms.rest('hana', 'POST /numbers/denominators', typed)).status).toBe(403)
})

async function download(person: 'machi' | 'midori' | 'hana' | null, query: string) {
  const headers = person ? { authorization: `JWT ${cms.tokens[person]}` } : undefined
  const request = new Request(`http://cms.example/api/numbers/export?${query}`, { headers })
  const response = await handleEndpoints({ config: cms.config, request })
  return { status: response.status, text: await response.text() }
}

test('what the page shows is downloaded: of the own town, and by the team of all together', async () => {
  const other = await otherTown()
  for (const [town, total] of [
    [municipality, 12],
    [other, 5],
  ] as const) {
    const registered = { total, breakdown: null }
    const data = { municipality: town, month: over, figures: monthFigures(over, { registered }) }
    await cms.payload.create({ collection: 'kizuna-statistics', data: data as never })
  }
  const own = await download('machi', 'format=csv')
  expect(own.text).toContain('"登録12 ÷ 交付24 = 50%"')
  expect(own.text).toContain('"開いた","40回"')
  expect((await download('machi', `municipality=${other}&format=csv`)).status).toBe(404)
  expect((await download('machi', 'municipality=all&format=csv')).text).not.toContain('すべての')
  const all = await download('midori', 'format=csv')
  expect(all.text).toContain('すべての自治体(2 自治体)')
  expect(all.text).toContain('"登録した","17人"')
  expect((await download('midori', 'format=xlsx')).status).toBe(200)
  expect((await download('midori', 'format=pdf')).status).toBe(400)
  expect((await download('hana', 'format=csv')).status).toBe(403)
  expect((await download(null, 'format=csv')).status).toBe(401)
})

async function otherTown(code = '131016'): Promise<string> {
  const { id: _, createdAt: _c, updatedAt: _u, ...data } = cms.municipality
  const made = await cms.payload.create({
    collection: 'kizuna-municipalities',
    data: {
      ...data,
      code,
      name: `となり町${code}`,
      senderName: `となり町${code} 子育て便り`,
      mailFrom: `kosodate@tonari${code}.example.jp`,
    } as never,
    depth: 0,
  })
  return String(made.id)
}

test('all together is what the months come to one by one, also when one more is told', async () => {
  const town = await otherTown('131024')
  const months = inventedMonths({ usual: 40, readers: 400, areas: ['北'], last: over })
  const tell = (figures: MonthFigures) => {
    const data = { municipality: town, month: figures.month, figures }
    return cms.payload.create({ collection: 'kizuna-statistics', data: data as never })
  }
  const [newest, ...earlier] = months.toReversed()
  for (const figures of earlier.slice(0, 14)) await tell(withOwnSource(figures))
  const period = askedPeriod(undefined, addMonths(over, 1))
  const req = await cms.reqOf('midori')
  const reports = async () => {
    const nameOf = (_: string, code: string) => (/^(sakura|other)$/.test(code) ? null : code)
    const given = { denominators: [], period, nameOf, isOneTown: false }
    const one = toldOf(await findMonths(req, null, period), period)
    return [
      reportOf({ ...given, told: one }),
      reportOf({ ...given, told: await findTold(req, null, period) }),
    ]
  }
  const [single, together] = await reports()
  expect(together).toEqual(single)
  const rows = together?.tables.find(({ key }) => key === 'registered-relation')?.rows
  expect(rows?.length).toBeGreaterThan(0)
  if (newest) await tell(withOwnSource(newest))
  const [after, more] = await reports()
  expect(more).toEqual(after)
  expect(more).not.toEqual(together)
})

/** With a source that only this town has. */
function withOwnSource(figures: MonthFigures): MonthFigures {
  const { breakdown } = figures.registered
  if (!breakdown) return figures
  const source = [...breakdown.by.source, { code: 'sakura', figure: 9 }]
  const by = { ...breakdown.by, source }
  return { ...figures, registered: { ...figures.registered, breakdown: { ...breakdown, by } } }
}

test('a file is shown first and then taken in as it was shown, all of it or nothing', async () => {
  const send = async (text: string, query = '') => {
    const request = new Request(`http://cms.example/api/numbers/denominators/import${query}`, {
      method: 'POST',
      headers: { authorization: `JWT ${cms.tokens.machi}`, 'content-type': 'text/csv' },
      body: `何の数か,いつの分か,数,出典,いつの数字か\n${text}`,
    })
    const response = await handleEndpoints({ config: cms.config, request })
    return (await response.json()) as DenominatorReport
  }
  const stored = async () =>
    (await cms.payload.count({ collection: 'kizuna-denominators' })).totalDocs
  const before = await stored()
  const rows = '手帳,2024-05,10,窓口,2024-06-01\n手帳,2024-06,12,窓口,2024-07-01\n'
  const wrong = await send(`${rows}手帳,2024-07,x,窓口,2024-08-01\n`)
  expect(wrong.problems).toEqual([expect.stringMatching(/^4行目「数」: 数は 0 から/)])
  const shown = await send(rows)
  expect(shown.rows.map(({ action }) => action)).toEqual(['created', 'created'])
  expect(await stored()).toBe(before)
  const other = await send(rows.replace('12', '13'), `?agreedTo=${shown.fingerprint}`)
  expect(other.problems[0]).toMatch(/もう一度確かめて/)
  expect(await stored()).toBe(before)
  expect((await send(rows, `?agreedTo=${shown.fingerprint}`)).isWritten).toBe(true)
  expect(await stored()).toBe(before + 2)
  expect((await send(rows)).rows.map(({ action }) => action)).toEqual(['unchanged', 'unchanged'])
})
