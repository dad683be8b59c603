// A file that was exported carries the version of each row: an import writes over nothing that was
// changed since.
import { expect, test } from '@jest/globals'

import { runExport } from '../../../src/import/runExport'
import { runImport } from '../../../src/import/runImport'
import { readImportTable } from '../../../src/table/importFile'
import type { SheetWord } from '../../../src/release/contentKind'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

const exported = async (kind: SheetWord, format: 'csv' | 'xlsx', by: Person) => {
  const args = { kind, format, owner: null, isUsersOwn: true } as const
  return Buffer.from((await runExport(await cms.reqOf(by), args)).bytes)
}

const imported = async (
  kind: SheetWord,
  bytes: Buffer,
  { by, isDryRun = false }: { by: Person; isDryRun?: boolean },
) => {
  const { user } = await cms.reqOf(by)
  const table = await readImportTable(bytes)
  const now = () => new Date()
  return runImport({ payload: cms.payload, user, kind, ...table, isDryRun, now })
}

const edited = (bytes: Buffer, from: string | RegExp, to: string) =>
  Buffer.from(bytes.toString('utf8').replace(from, to))

const newest = async (collection: 'kizuna-manuscripts' | 'kizuna-add-ons', id: string) =>
  (await cms.payload.findByID({ collection, id, depth: 0, draft: true })) as unknown as Record<
    string,
    unknown
  >

test.each(['csv', 'xlsx'] as const)(
  'a text that was changed since the export (%s) is refused with who, when and both versions',
  async (format) => {
    const { id } = await cms.draft({ body: `ゆっくり 10 mL のませます。${format}` })
    const file = await exported('manuscripts', format, 'hana')
    const correction = { body: `ゆっくり 5 mL のませます。${format}` }
    expect((await cms.on('kizuna-manuscripts').edit('taro', id, correction)).status).toBe(200)
    for (const isDryRun of [true, false]) {
      const report = await imported('manuscripts', file, { by: 'hana', isDryRun })
      expect(report).toMatchObject({ isWritten: false, problems: [{ column: 'mark' }] })
      const [problem] = report.problems
      expect(problem?.message).toMatch(/書き出したあとで、taroさんが .+ に保存しています/)
      expect(problem?.changes).toEqual([
        expect.objectContaining({
          label: '本文',
          before: correction.body,
          after: `ゆっくり 10 mL のませます。${format}`,
        }),
      ])
    }
    expect(await newest('kizuna-manuscripts', id)).toMatchObject(correction)
  },
)

test('whoever has looked at it empties the mark; what nobody changed since goes on', async () => {
  const { id } = await cms.draft({ body: '印の本文です。' })
  const other = await cms.draft({ body: 'そのままの本文です。' })
  const file = await exported('manuscripts', 'csv', 'hana')
  const changed = edited(file, 'そのままの本文です。', '書き出して直した本文です。')
  await cms.on('kizuna-manuscripts').edit('taro', id, { body: '印の本文を直しました。' })
  const { problems } = await imported('manuscripts', changed, { by: 'hana' })
  expect(problems).toHaveLength(1)
  const unmarked = edited(changed, /(印の本文です。[^\r]*)"v[0-9a-f]{16}"/, '$1""')
  expect(await imported('manuscripts', unmarked, { by: 'hana' })).toMatchObject({ isWritten: true })
  expect(await newest('kizuna-manuscripts', id)).toMatchObject({ body: '印の本文です。' })
  expect(await newest('kizuna-manuscripts', other.id)).toMatchObject({
    body: '書き出して直した本文です。',
  })
})

test('a publication since is no change, nor is what was changed and changed back', async () => {
  const { id } = await cms.published({ body: '公開する本文です。' })
  const file = await exported('manuscripts', 'csv', 'hana')
  for (const body of ['別の本文です。', '公開する本文です。']) {
    await cms.on('kizuna-manuscripts').edit('taro', id, { body })
  }
  const next = edited(file, '公開する本文です。', '次の本文です。')
  expect(await imported('manuscripts', next, { by: 'hana' })).toMatchObject({
    isWritten: true,
    changed: 1,
  })
})

test('a mark that a spreadsheet went on counting is named', async () => {
  await cms.draft({ body: '数えられた印です。' })
  const file = await exported('manuscripts', 'csv', 'hana')
  const counted = edited(file, /数えられた印です。([^\r]*)"v[0-9a-f]{16}"/, '直した印です。$1"v12"')
  const { problems } = await imported('manuscripts', counted, { by: 'hana' })
  expect(problems).toEqual([
    expect.objectContaining({ column: 'mark', message: expect.stringContaining('「v12」') }),
  ])
})

test('an add-on carries it in its first row', async () => {
  const { id } = await cms.addOn({
    title: '印のお知らせ',
    blocks: [
      { blockType: 'text', text: '一つ目' },
      { blockType: 'text', text: '二つ目' },
    ],
  })
  const file = await exported('addons', 'csv', 'machi')
  expect(await imported('addons', file, { by: 'machi' })).toMatchObject({
    isWritten: true,
    unchanged: 1,
  })
  const blocks = [{ blockType: 'text', text: '直した一つ目' }]
  expect((await cms.on('kizuna-add-ons').edit('mina', id, { blocks })).status).toBe(200)
  const { problems } = await imported('addons', file, { by: 'machi' })
  expect(problems).toMatchObject([{ column: 'mark', changes: [{ label: '部品' }] }])
  expect(problems[0]?.message).toContain('minaさん')
})
