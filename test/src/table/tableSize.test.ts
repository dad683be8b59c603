// What is too much in a file is counted while it is read, and said at once: no more of it is read.
import { describe, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { csvRecords } from '../../../src/table/csvRecords'
import { fileBytes } from '../../../src/table/fileBytes'
import { readImportTable } from '../../../src/table/importFile'
import { readSheet } from '../../../src/table/sheet'
import { refuseSize } from '../../../src/table/xlsxSize'
import { MANUSCRIPT_COLUMNS } from '../../../src/import/columns'

const HEADER = 'series,slot,title,subject,body\n'
const LARGE = 9_000_000

/** The one problem of a text, as a person is told it. */
async function told(text: string): Promise<string[]> {
  const { source } = await readImportTable(new TextEncoder().encode(text))
  const { problems } = readSheet(source, MANUSCRIPT_COLUMNS)
  return problems.map(({ line, message }) => `${line}: ${message}`)
}

describe('a CSV is refused with the place and what was found', () => {
  test.each([
    ['one line without end', 'a'.repeat(LARGE), /^1: 1 列目の欄に 9,000,000 文字/],
    ['a hundred thousand columns', 'a,'.repeat(100_000), /^1: この行に欄が 200 より多く/],
    ['nothing but commas', `${HEADER}${','.repeat(LARGE)}`, /^2: この行に欄が 200 より多く/],
    ['millions of empty lines', '\n'.repeat(LARGE), /^500000: 改行が 500,000 より多く/],
    ['millions of old line ends', '\r'.repeat(LARGE), /^500000: 改行が 500,000 より多く/],
    ['millions of rows', `${HEADER}${'a,b,c,d,e\n'.repeat(400_000)}`, /^20001: 行が 20,000 行より/],
    ['many wide rows', `${'a,'.repeat(150)}\n`.repeat(5000), /欄が全部で 300,000 より多く/],
    [
      'a quote that is never closed',
      `${HEADER}"${'a,b\n'.repeat(100_000)}`,
      /^2: 「"」で始まった欄が閉じて/,
    ],
    ['nothing but quotes', '"'.repeat(LARGE), /^1: 「"」で始まる欄が長すぎます/],
    [
      'a cell of ten megabytes',
      `${HEADER}a,"${'あ\n'.repeat(2_000_000)}"`,
      /改行が 500,000 より多く/,
    ],
    [
      'a cell of nine megabytes',
      `${HEADER}a,b,"${'あ'.repeat(2_900_000)}"`,
      /^2: 3 列目の欄に 2,900,000 文字/,
    ],
    [
      'a sign under forty thousand marks, whose order costs their number squared',
      `${HEADER}a,b,c,d,か${'\u0301'.repeat(19_000)}${'\u0323'.repeat(19_000)}`,
      /^2: 5 列目の欄に、1 つの文字に重なる記号/,
    ],
    ['one mark too many', `${HEADER}a,b,c,d,か${'\u3099'.repeat(31)}`, /^2: 5 列目の欄に、/],
    ['the half-width ones', `${HEADER}a,b,c,d,カ${'ﾞﾟ'.repeat(16)}`, /^2: 5 列目の欄に、/],
  ] as [string, string, RegExp][])('%s', async (...[, text, sentence]) => {
    expect(await told(text)).toEqual([expect.stringMatching(sentence)])
  })

  test('and read to its end when it is as large as allowed', async () => {
    const rows = Array.from({ length: 19_999 }, (_, n) => `pregnancy,day${n},題名,件名,本文`)
    const { source } = await readImportTable(new TextEncoder().encode(HEADER + rows.join('\n')))
    expect(readSheet(source, MANUSCRIPT_COLUMNS).rows).toHaveLength(19_999)
    expect(await told(`${HEADER}a,b,c,d,"${'あ'.repeat(39_999)}"`)).toEqual([])
    expect(
      await told(`${HEADER}a,b,c,d,${'か\u3099é̂'.repeat(9000)}${'\u0301'.repeat(29)}`),
    ).toEqual([])
  })

  test.each([
    [
      'a,b\nc,d',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    ['a,b\n', [[1, 'a', 'b']]],
    [
      'a,\n,b',
      [
        [1, 'a', ''],
        [2, '', 'b'],
      ],
    ],
    ['a,', [[1, 'a', '']]],
    [
      '"a ""b"" ,\n",c\n\n"",d',
      [
        [1, 'a "b" ,\n', 'c'],
        [4, '', 'd'],
      ],
    ],
    ['', []],
    ['\n\n', []],
    ['a', [[1, 'a']]],
  ] as [string, unknown[][]][])('%j is taken apart', (text, expected) => {
    const records = csvRecords(text, ',')
    expect(Array.isArray(records) && records.map(({ line, cells }) => [line, ...cells])).toEqual(
      expected,
    )
  })

  test.each([
    ['a,"b', 1, /閉じていません/],
    ['a\n"b\nc', 2, /閉じていません/],
    ['a"b', 1, /使い方が読めません/],
    ['"a\nb"c,d', 2, /使い方が読めません/],
    ['"""', 1, /閉じていません/],
  ] as [string, number, RegExp][])('%j is no CSV', (text, line, sentence) => {
    expect(csvRecords(text, ',')).toEqual({ line, message: expect.stringMatching(sentence) })
  })
})

describe('the parts of a workbook are counted before anything is made of them', () => {
  const part = (inside: string) => () => refuseSize([strToU8(inside)])

  test.each([
    [
      'a million styled rows that are empty',
      '<row r="1" s="1"/>'.repeat(1_000_000),
      '行が 20,000 行より',
    ],
    ['a row far below', '<row r="1048576" s="1"/>', '(1,048,576 行目まで使われています)'],
    ['a cell far away', '<c r="XFD1"><v>1</v></c>', '(XFD1まで使われています)'],
    ['a cell with a prefix', '<x:c t="n" r = \'GS1\'/>', '(GS1まで使われています)'],
    ['a column nobody has', '<c r="AAAAAAAA1"/>', '広すぎます'],
    ['cells without end', '<c><v>1</v></c>'.repeat(400_000), '欄が全部で 300,000 より'],
    ['shared words without end', '<si><t/></si>'.repeat(1_000_000), '中身が大きすぎます'],
    ['depth', '<a>'.repeat(1_000_000), '中身が大きすぎます'],
    ['styles', '<xf numFmtId="0"/>'.repeat(500_000), '中身が大きすぎます'],
    ['merged ranges', '<mergeCell ref="A1:B2"/>'.repeat(500_000), '中身が大きすぎます'],
    ['a tag without end', `<row ${'a="1" '.repeat(500_000)}/>`, '中身が大きすぎます'],
    ['a tag that nothing closes', '<c '.repeat(10_000), '中身が大きすぎます'],
    ['a text without end', `<t>${'a'.repeat(2_000_000)}`, '中身が大きすぎます'],
    ['signs written out', `<t>${'&amp;'.repeat(100_000)}</t>`.repeat(6), '中身が大きすぎます'],
  ])('%s', (_, inside, sentence) => {
    expect(part(inside)).toThrow(sentence)
  })

  test('and an ordinary sheet passes', () => {
    const row = (n: number) =>
      `<row r="${n}">${'ABCDEFGHIJKL'.replace(/./g, (c) => `<c r="${c}${n}" s="1" t="s"><v>5</v></c>`)}</row>`
    const sheet = Array.from({ length: 20_000 }, (_, index) => row(index + 1)).join('')
    const words =
      '<si><t>おなか</t><rPh sb="0" eb="1"><t>オナカ</t></rPh><phoneticPr fontId="1"/></si>'
    expect(() => refuseSize([strToU8(sheet), strToU8(words.repeat(100_000))])).not.toThrow()
    expect(part('<cols><col min="1" max="16384" width="9"/></cols>')).not.toThrow()
    expect(part('<center r="ZZZ9"/><rowBreaks r="99999999"/>')).not.toThrow()
  })

  test('a workbook that unpacks to far more is not unpacked', async () => {
    const bomb = zipSync({ 'xl/sharedStrings.xml': new Uint8Array(100 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(200_000)
    await expect(readImportTable(bomb)).rejects.toThrow('中身が大きすぎます')
  })
})

test('a file on the disk is not opened to its end to see that it is too large', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-file-'))
  const path = join(folder, 'large.csv')
  await writeFile(path, 'a,b')
  expect((await fileBytes(path)).toString()).toBe('a,b')
  await truncate(path, 5 * 1024 ** 3)
  await expect(fileBytes(path)).rejects.toThrow('10 MB まで')
  await expect(fileBytes(folder)).rejects.toThrow('ファイルではありません')
  await rm(folder, { recursive: true })
})
