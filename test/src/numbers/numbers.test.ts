// What the numbers of municipalities are stored as, who writes them, and what is told of each change.
import { expect, test } from '@jest/globals'

import { auditEntries } from '../../auditEntries'
import { openEditorialCmsOfFile } from '../review/editorialCms'
import { monthFigures } from '../statistics/monthFigures'

const cms = await openEditorialCmsOfFile()
const municipality = cms.municipality.id
const counted = { count: 65, source: '健康課の窓口の集計', countedOn: '2026年11月1日' }

test('a month is told once: a second time is refused, and what is no month’s figures too', async () => {
  const data = { municipality, month: '2026-10', figures: monthFigures('2026-10') }
  const create = (given: object) =>
    cms.payload.create({ collection: 'kizuna-statistics', data: { ...data, ...given } as never })
  expect((await create({})).title).toBe('2026年10月 見本町の数字')
  await expect(create({})).rejects.toThrow('もう入っています')
  const other = { month: '2026-09' }
  await expect(create({ ...other, figures: { month: '2026-09' } })).rejects.toThrow('数字')
  await expect(create({ ...other, figures: monthFigures('2026-08') })).rejects.toThrow('数字')
})

test('a number of the town is typed in, changed and taken out, each in the audit log', async () => {
  const typed = { kind: 'handbooks', period: '2026-10', ...counted }
  const { status, body } = await cms.rest('machi', 'POST /kizuna-denominators', typed)
  expect({ status, doc: body.doc }).toMatchObject({
    status: 201,
    doc: { title: '2026年10月の母子健康手帳の交付数', countedOn: '2026-11-01' },
  })
  const { id } = body.doc
  const again = await cms.rest('mayu', 'POST /kizuna-denominators', typed)
  expect(again).toMatchObject({ status: 409 })
  const other = { count: 66, kind: 'births', period: '2026' }
  const changed = await cms.rest('mayu', `PATCH /kizuna-denominators/${id}`, other)
  expect(changed.body.doc).toMatchObject({ count: 66, kind: 'handbooks', period: '2026-10' })
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
