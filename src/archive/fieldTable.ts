import { csvOf } from '../table/csv'
import { guardCell } from '../table/formulaGuard'

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

const HEADER = ['ファイル', '項目', '意味', '型']

/** The explanation of an archive's fields as a table (CSV) that a spreadsheet opens. *Pure.* */
export function fieldTable(fields: readonly ExplainedField[]): string {
  const rows = fields.map(({ file, field, meaning, kind }) =>
    [file, field, meaning, kind].map(guardCell),
  )
  return csvOf([HEADER, ...rows])
}
