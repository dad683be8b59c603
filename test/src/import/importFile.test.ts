import { deflateRawSync } from 'node:zlib'

import { describe, expect, test } from '@jest/globals'

import { MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import { readDay } from '../../../src/import/days'
import { readImportFile } from '../../../src/import/importFile'
import { refuseLayout } from '../../../src/import/xlsxLayout'
import { unzip, ZipError } from '../../../src/import/zip'
import { writeSheet } from '../../../src/import/writeSheet'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('a file that is no spreadsheet is refused with what to do', () => {
  test.each([
    ['nothing', bytes(), 'ファイルが空です'],
    ['an old workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 1), '古い形式の Excel'],
    ['a PDF', new TextEncoder().encode('%PDF-1.7'), 'PDF'],
    ['UTF-16', bytes(0xff, 0xfe, 0x41, 0), 'Unicode テキスト'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0), 'CSV でも Excel ブックでもない'],
    ['a broken archive', bytes(0x50, 0x4b, 3, 4, 9, 9), 'Excel ブック(.xlsx)として読めません'],
    ['40 MB', new Uint8Array(40 * 1024 * 1024), '10 MB まで'],
  ] as [string, Uint8Array, string][])('%s', async (...[, file, sentence]) => {
    await expect(readImportFile(file)).rejects.toThrow(sentence)
  })

  test('a workbook that would unpack to far more than it says', async () => {
    const workbook = Buffer.from(
      await writeSheet([], { columns: MANUSCRIPT_COLUMNS, format: 'xlsx', name: '見本' }),
    )
    const limits = { maxFiles: 100, maxBytes: 100 }
    expect(() => unzip(workbook, () => true, limits)).toThrow(ZipError)
    expect(deflateRawSync(Buffer.alloc(1024 * 1024)).length).toBeLessThan(2000) // such bombs exist
  })
})

describe('cells that are not what they seem are refused', () => {
  const sheet = (inside: string) => Buffer.from(`<worksheet xmlns="x">${inside}</worksheet>`)
  test.each([
    ['merged', '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', '結合されたセル(A1:B1)'],
    ['a hidden column', '<cols><col min="3" max="3" hidden="1"/></cols>', '隠れている列(C'],
    ['a hidden row', '<sheetData><row r="4" hidden="1"></row></sheetData>', '隠れている行(4'],
    ['an error', '<c r="B3" t="e"><v>#REF!</v></c>', 'エラーになっている欄(B3)'],
    ['a formula without value', '<c r="B3"><f>A1</f></c>', '計算されていない式(B3)'],
    ['a cell far away', '<c r="XFD1048576"><v>1</v></c>', '広すぎます'],
  ])('%s', (_label, inside, sentence) => {
    expect(() => refuseLayout('xl/worksheets/sheet1.xml', sheet(inside))).toThrow(sentence)
  })
})

test.each([
  ['2026/4/1', '2026-04-01'],
  ['2026/4/1', '2026-04-01'],
  ['令和8年4月1日', '2026-04-01'],
  ['令和元年5月1日', '2019-05-01'],
  ['R8.4.1', '2026-04-01'],
  ['平成30年4月1日', '2018-04-01'],
  ['46113', '2026-04-01'],
  ['', ''],
  ['12', '12'],
])('the day %s is %s', (written, day) => {
  expect(readDay(written)).toBe(day)
})
