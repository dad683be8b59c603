import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { handleEndpoints } from 'payload'

import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

async function download(person: Person, query = '') {
  const request = new Request(`http://cms.example/api/kizuna-audit-log/export${query}`, {
    headers: { authorization: `JWT ${cms.tokens[person]}` },
  })
  const response = await handleEndpoints({ config: cms.config, request })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { response, bytes, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
}

function rowsOf(text: string): Record<string, string>[] {
  return parse(text, { bom: true, columns: true })
}

test('the chief gets every entry as CSV that Excel opens: BOM, names, titles, Japan’s time', async () => {
  const { id } = await cms.published({ title: '見本, "引用符" と改行' })
  const { response, bytes, text } = await download('midori')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const own = rowsOf(text).filter(({ 番号 }) => 番号 === id)
  expect(own.map(({ 操作, 人, 題名 }) => [操作, 人, 題名])).toEqual([
    ['作成', 'hana', '見本, "引用符" と改行'],
    ['監修に出した', 'hana', '見本, "引用符" と改行'],
    ['承認', 'midori', '見本, "引用符" と改行'],
    ['公開', 'midori', '見本, "引用符" と改行'],
  ])
  expect(own[0]?.日時).toMatch(/^\d{4}年\d+月\d+日\(.\) \d+:\d\d$/)
})

test('a title that begins like a formula stays text', async () => {
  await cms.draft({ title: '=HYPERLINK("http://bad.example")' })
  const { text } = await download('midori')
  expect(text).toContain(`"'=HYPERLINK(""http://bad.example"")"`)
})

test('days filter, both included, as days in Japan', async () => {
  await cms.draft()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())
  const all = rowsOf((await download('root')).text).length
  expect(rowsOf((await download('root', `?from=${today}&to=${today}`)).text)).toHaveLength(all)
  expect(rowsOf((await download('root', '?to=2001-01-01')).text)).toHaveLength(0)
})

test('more than a page comes whole', async () => {
  const at = new Date('2020-01-01T00:00:00Z').toISOString()
  for (let batch = 0; batch < 11; batch += 1) {
    await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        cms.payload.db.create({
          collection: 'kizuna-audit-log',
          data: {
            action: 'edit',
            collection: 'kizuna-manuscripts',
            at,
            documentId: `many-${batch}-${number}`,
          },
        }),
      ),
    )
  }
  const rows = rowsOf((await download('midori', '?from=2020-01-01&to=2020-01-01')).text)
  expect(new Set(rows.map(({ 番号 }) => 番号)).size).toBe(1100)
})

test.each(['hana', 'doctor', 'machi', 'dango'] as const)('%s may not', async (person) => {
  expect((await download(person)).response.status).toBe(403)
})

test.each([
  ['?from=yesterday', '「yesterday」は日付として読めません'],
  ['?from=2026-02-02&to=2026-02-01', '「ここから」の日を'],
])('%s is answered with what to do', async (query, sentence) => {
  const { response, text } = await download('midori', query)
  expect(response.status).toBe(400)
  expect(text).toContain(sentence)
})
