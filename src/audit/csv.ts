import { guardCell } from '../table/formulaGuard'
import { japaneseMoment } from '../stage/japaneseDate'

/** One entry of the audit log in words. */
export interface AuditLine {
  at: string
  action: string
  actor: string
  collection: string
  title: string
  documentId: string
  note: string
  beforeHash: string
  afterHash: string
}

const COLUMNS: readonly [keyof AuditLine, string][] = [
  ['at', '日時'],
  ['action', '操作'],
  ['actor', '人'],
  ['collection', '種類'],
  ['title', '題名'],
  ['note', '備考'],
  ['documentId', '番号'],
  ['beforeHash', '前の内容の指紋'],
  ['afterHash', '後の内容の指紋'],
]

/** Without it Excel takes UTF-8 for Shift_JIS. */
const BYTE_ORDER_MARK = '\uFEFF'

/** The first line, for Excel. *Pure.* */
export function auditHeader(): string {
  return BYTE_ORDER_MARK + rowOf(COLUMNS.map(([, label]) => label))
}

/** A line of the file; moments are Japan's. *Pure.* */
export function auditRow(line: AuditLine): string {
  return rowOf(COLUMNS.map(([name]) => (name === 'at' ? japaneseMoment(line.at) : line[name])))
}

function rowOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(text: string): string {
  const harmless = guardCell(text)
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
