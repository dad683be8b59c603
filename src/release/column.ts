/** One column of an import file, as the README's table and the error messages describe it. */
export interface Column {
  /** Name in the header line. */
  name: string
  /** Japanese names that are read as well. */
  aliases: readonly string[]
  /** Whether the header must have it; other columns may be left out. */
  isRequired: boolean
  /** What to write in it, for a clerk. */
  description: string
  example: string
}

/** What a field says of its column; it is called as the field is, unless several share it. */
export type FieldColumn = Omit<Column, 'name' | 'isRequired'> & Partial<Column>
