import { writeSheet } from '../import/writeSheet'
import type { Column } from '../release/column'

/** What one field of one file means. */
export interface ExplainedField {
  /** Path of the file in the archive. */
  file: string
  /** Name of the field; parts of parts behind a dot. */
  field: string
  /** Its name for people, or what it says, in one sentence. */
  meaning: string
  /** What stands in it. */
  kind: string
}

const COLUMNS: readonly Column[] = [
  ['file', 'ファイル'],
  ['field', '項目'],
  ['meaning', '意味'],
  ['kind', '型'],
].map(([name = '', alias = '']) => {
  return { name, aliases: [alias], isRequired: true, description: '', example: '' }
})

/** The explanation of an archive's fields as a table (CSV) that a spreadsheet program opens. */
export function fieldTable(fields: readonly ExplainedField[]): Promise<Uint8Array> {
  const rows = fields.map((one) => ({ ...one }))
  return writeSheet(rows, { columns: COLUMNS, format: 'csv', name: '項目' })
}
