// A workbook is read in a thread of its own, within limits: nobody else waits, and none reads for ever.
import { beforeAll, describe, expect, test } from '@jest/globals'
import { setImmediate } from 'node:timers/promises'

import { MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import { writeSheet } from '../../../src/import/writeSheet'
import { createXlsxReader, readXlsxAside } from '../../../src/table/readXlsxAside'
import { readXlsx } from '../../../src/table/xlsx'

const ROWS = 2000

let book: Buffer

beforeAll(async () => {
  book = await bookOf(ROWS, '見本')
})

async function bookOf(length: number, body: string): Promise<Buffer> {
  const rows = Array.from({ length }, (_, index) => ({
    slot: `day${index}`,
    title: '見本',
    body: `${index}${body}`,
  }))
  const sheet = { columns: MANUSCRIPT_COLUMNS, format: 'xlsx', name: '原稿' } as const
  return Buffer.from(await writeSheet(rows, sheet))
}

describe('a workbook', () => {
  test('is read as it would be here, in all its parts', async () => {
    expect(await readXlsxAside(book)).toEqual(await readXlsx(book))
  })

  test('holds nobody else: they have had many turns when it is read', async () => {
    let turns = 0
    let isRead = false
    const reading = readXlsxAside(book).finally(() => (isRead = true))
    while (!isRead) {
      await setImmediate()
      turns += 1
    }
    await reading
    expect(turns).toBeGreaterThan(1000)
  })

  test('is refused in its own words, and the next one is read', async () => {
    const [broken, next] = await Promise.allSettled([
      readXlsxAside(Buffer.from('PK\x03\x04 and no more')),
      readXlsxAside(book),
    ])
    expect(broken).toMatchObject({
      reason: { code: 'IMPORT_FILE', message: expect.stringMatching(/壊れているか/) },
    })
    expect(next).toMatchObject({ value: { sheet: '原稿' } })
  })
})

test('one that takes too long is given up, and the next one gets another thread', async () => {
  const read = createXlsxReader({ timeoutMs: 1, memoryMb: 256 })
  const asked = [read(book), read(book)]
  for (const one of await Promise.allSettled(asked)) {
    expect(one).toMatchObject({
      reason: { code: 'IMPORT_FILE', message: expect.stringMatching(/時間がかかりすぎた/) },
    })
  }
})

test('one that needs too much memory is given up', async () => {
  const read = createXlsxReader({ timeoutMs: 60_000, memoryMb: 12 })
  const large = await bookOf(1000, '見本'.repeat(4000)) // 16 MB of letters, all kept at once
  await expect(read(large)).rejects.toMatchObject({
    code: 'IMPORT_FILE',
    message: expect.stringMatching(/メモリーが多すぎる/),
  })
})
