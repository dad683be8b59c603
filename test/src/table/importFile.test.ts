import { deflateRawSync } from 'node:zlib'

import { describe, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'

import { MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import { readImportFile } from '../../../src/table/importFile'
import { unzip, ZipError } from '../../../src/table/zip'
import { writeSheet } from '../../../src/import/writeSheet'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('a file that is no spreadsheet is refused with what to do', () => {
  test.each([
    ['nothing', bytes(), 'ファイルが空です'],
    ['an old workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 1), '古い形式の Excel'],
    ['a PDF', new TextEncoder().encode('%PDF-1.7'), 'PDF'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0), 'CSV でも Excel ブックでもない'],
    [
      'a picture with few zeros',
      bytes(0x89, 0x50, 0x4e, 0x47, 0, ...Array<number>(200).fill(0xff)),
      'CSV でも Excel ブックでもない',
    ],
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
    await expect(unzip(workbook, () => true, limits)).rejects.toThrow(ZipError)
    expect(deflateRawSync(Buffer.alloc(1024 * 1024)).length).toBeLessThan(2000) // such bombs exist
  })
})

/** A workbook with one sheet, as its XML. */
function workbookOf(inside: string): Uint8Array {
  const sheet = `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">${inside}</worksheet>`
  const styles = `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
  const files = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="原稿" sheetId="1" r:id="rId0"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ),
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': sheet,
  }
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])),
  )
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

function relations(...targets: [string, string][]): string {
  const each = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`
}

const cells = (inside: string) => `<sheetData><row r="3">${inside}</row></sheetData>`

describe('cells that are not what they seem are refused', () => {
  test.each([
    [
      'merged',
      `${cells('')}<mergeCells><mergeCell ref="A1:B1"/></mergeCells>`,
      '結合されたセル(A1:B1)',
    ],
    [
      'a hidden column',
      `<cols><col min="3" max="3" hidden="1"/></cols>${cells('')}`,
      '隠れている列(C',
    ],
    ['a hidden row', '<sheetData><row r="4" hidden="1"></row></sheetData>', '隠れている行(4'],
    ['an error', cells('<c r="B3" t="e"><v>#REF!</v></c>'), 'エラーになっている欄(B3)'],
    [
      'all that is wrong at once',
      `<cols><col min="3" max="3" hidden="1"/></cols>${cells(
        '<c r="B3" t="e"><v>#REF!</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3"><f>A1</f></c>',
      )}`,
      /エラーになっている欄\(B3、C3\).*計算されていない式\(D3\).*隠れている列\(C/,
    ],
    ['a formula without value', cells('<c r="B3"><f>A1</f></c>'), '計算されていない式(B3)'],
    ['a cell far away', cells('<c r="XFD1048576"><v>1</v></c>'), '広すぎます'],
    ['a cell far below', cells('<c r="A20001"><v>1</v></c>'), '広すぎます'],
    ['a cell far to the right', cells('<c r="GS3"><v>1</v></c>'), '広すぎます'],
  ])('%s', async (_label, inside, sentence) => {
    await expect(readImportFile(workbookOf(inside))).rejects.toThrow(sentence)
  })
})

test('a second sheet is named, and that it is hidden', async () => {
  const hidden = { name: '旧版', rows: [['見えない']], hidden: true }
  const workbook = await writeXlsx({ sheets: [{ name: '原稿', rows: [['題名']] }, hidden] })
  await expect(readImportFile(workbook)).rejects.toThrow(
    /2 枚あります\(「原稿」、「旧版」\(非表示\)\)。.*「再表示」/,
  )
})

test('cells are read as what they say, whoever wrote the file', async () => {
  const workbook = workbookOf(
    `${cells(
      `<c r="A3" t="inlineStr"><is><t xml:space="preserve"> &#x1F600;&#x1F476;\n次 </t></is></c>
       <c r="B3" t="inlineStr"><is><r><t>漢字</t></r><rPh sb="0" eb="2"><t>カンジ</t></rPh></is></c>
       <c r="C3" t="str"><f>"&amp;lt;b"</f><v>&amp;lt;b</v></c>
       <c r="D3" s="1"><v>46113</v></c><c r="E3"><v>1.5</v></c><c r="F3" t="b"><v>1</v></c>
       <c r="G3" t="str"><f>""</f><v></v></c>`,
    )}<drawing r:id="rId1"/>`,
  )
  expect(await readImportFile(workbook)).toEqual([
    {
      line: 3,
      cells: [' 😀👶\n次 ', '漢字', '&lt;b', '2026/4/1', '1.5', 'TRUE', ''],
      days: new Map([[3, '2026-04-01']]),
    },
  ])
})

describe('merged cells', () => {
  const text = (ref: string) => `<c r="${ref}" t="inlineStr"><is><t>${ref}</t></is></c>`
  const row = (number: number, ...columns: string[]) =>
    `<row r="${number}">${columns.map((column) => text(`${column}${number}`)).join('')}</row>`
  const workbook = (merged: string) =>
    workbookOf(
      `<sheetData>${row(1, 'A')}${row(3, 'A', 'B', 'C')}${row(4, 'A', 'B')}${row(5, 'A', 'C')}${row(6, 'A')}</sheetData><mergeCells><mergeCell ref="${merged}"/></mergeCells>`,
    )

  test.each(['A1:C1', 'A1:C2', 'A6:C6'])('of a title or remark (%s) are read', async (merged) => {
    expect(await readImportFile(workbook(merged))).toHaveLength(5)
  })

  test.each(['A3:B3', 'A2:A3', 'B4:B5', 'A5:B5'])(
    'of the table (%s) are refused',
    async (merged) => {
      await expect(readImportFile(workbook(merged))).rejects.toThrow(`(${merged})`)
    },
  )
})

test('a file that says it is smaller than it is, is not unpacked to its end', async () => {
  const archive = zipSync({ 'a.xml': new Uint8Array(30 * 1024 * 1024) })
  const directory = Buffer.from(archive).lastIndexOf('PK\x01\x02', 'latin1') // of the only file
  new DataView(archive.buffer).setUint32(directory + 24, 10, true)
  const limits = { maxFiles: 1, maxBytes: 100 }
  await expect(unzip(Buffer.from(archive), () => true, limits)).rejects.toThrow('BROKEN')
})
