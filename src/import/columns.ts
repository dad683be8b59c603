import { fieldsOfKind } from '../release/contentFields'
import { kindOfSheet, type ContentKind, type SheetWord } from '../release/contentKind'
import type { BlockField } from '../release/blocks/blockType'
import { BLOCK_TYPES, fieldsOf, type BlockTypes } from '../release/blocks/blockTypes'
import type { Column } from '../release/column'

export type { Column } from '../release/column'

/** The number a document was exported with, by which an import finds it again. */
const documentNumber = {
  isRequired: false,
  aliases: ['管理番号'],
  description: '書き出したときの番号。あれば、この番号の原稿を直す。新しい原稿では空',
  example: '',
}

/** Which version a row was written from; see ./exportMark. */
const exportedVersion = {
  name: 'mark',
  isRequired: false,
  aliases: ['書き出しの印(変えないでください)', '書き出しの印'],
  description: '書き出したときの内容の印。あとで原稿が変わっていると、取り込む前に知らせる',
  example: '',
}

function columnsOf(kind: ContentKind): Column[] {
  return fieldsOfKind(kind).map(([name, { column }]) => ({ name, isRequired: false, ...column }))
}

/**
 * Columns of the manuscripts' CSV: one row a manuscript, found again by its id, else by
 * series + slot + edition.
 *
 * Lists are separated by `;`, `;`, `、` or line breaks; a backslash before one of them makes it an
 * ordinary sign. A source is `題名|https://…|2026-04-01`.
 */
export const MANUSCRIPT_COLUMNS: readonly Column[] = [
  { ...documentNumber, name: 'id' },
  ...columnsOf('manuscript'),
  exportedVersion,
]

/** Types of block as the choices of their column. *Pure.* */
export function blockChoices(types: BlockTypes) {
  return types.map(({ blockType, nameInCells }) => ({ value: blockType, label: nameInCells }))
}

/** Name of the column a block's field stands in. *Pure.* */
export function columnOf(name: string, { column: { name: shared } }: BlockField): string {
  return shared ?? name
}

/** Columns of the blocks, each once, though several types may use it. *Pure.* */
export function blockColumns(types: BlockTypes): Column[] {
  const fields = types.flatMap((type) => fieldsOf(type))
  const columns = fields.map(([name, field]) => ({ name, isRequired: false, ...field.column }))
  return [...new Map(columns.map((one) => [one.name, one])).values()]
}

/**
 * Columns of the add-ons' CSV: one row a block; rows with the same `id` are one add-on, its own
 * columns stand in its first row (in the later ones they may be empty or the same). *Pure.*
 */
export function addOnColumns(types: BlockTypes): Column[] {
  const choices = blockChoices(types).map(({ value, label }) => `${value}(${label})`)
  return [
    {
      name: 'id',
      isRequired: true,
      aliases: ['原稿番号', '番号'],
      description: 'ファイルの中の番号。同じ番号の行は 1 つの原稿',
      example: 'a01',
    },
    { ...documentNumber, name: 'documentId' },
    ...columnsOf('addOn'),
    {
      name: 'block',
      isRequired: true,
      aliases: ['部品'],
      description: choices.join('/ '),
      example: '絵本',
    },
    ...blockColumns(types),
    exportedVersion,
  ]
}

/** Columns of an add-on of the types there are. */
export const ADD_ON_COLUMNS: readonly Column[] = addOnColumns(BLOCK_TYPES)

/** The columns of each kind of file. */
export const COLUMNS: Readonly<Record<ContentKind, readonly Column[]>> = {
  manuscript: MANUSCRIPT_COLUMNS,
  addOn: ADD_ON_COLUMNS,
}

/** Cell values a clerk may write in Japanese, by column. */
export const VALUE_ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  edition: { 標準: 'standard', やさしい日本語: 'easy' },
  editions: { 標準: 'standard', やさしい日本語: 'easy' },
  kind: { 通常: 'stage', 節目: 'milestone', 確認: 'question' },
  ageBasis: { 暦: 'calendar', 暦月齢: 'calendar', 修正: 'corrected', 修正月齢: 'corrected' },
  monthRule: { 一般: 'friendly', 法律: 'legal', 法定: 'legal' },
  timing: { '1回': 'once', 一回: 'once', 毎回: 'every', お知らせ: 'notice' },
  relation: { 母: 'mother', 父: 'father', 祖父母: 'grandparent' },
  isEndIncluded: {
    はい: 'true',
    含む: 'true',
    '○': 'true',
    '1': 'true',
    TRUE: 'true',
    いいえ: 'false',
    含まない: 'false',
    '×': 'false',
    '0': 'false',
    FALSE: 'false',
  },
}

/** What a clerk calls a column, or the part of one that a path such as `sources.0.url` names. *Pure.* */
export function columnLabel(word: SheetWord, path: string): string {
  const columns = COLUMNS[kindOfSheet(word)]
  const [name = path] = path.split('.')
  return (
    columns.find((column) => column.name === name)?.aliases[0] ??
    (name === 'blocks' ? '部品' : path)
  )
}

/** The columns as a Markdown table for the README. *Pure.* */
export function columnTable(columns: readonly Column[]): string {
  const rows = columns.map(({ name, aliases, isRequired, description, example }) =>
    [`\`${name}\``, aliases.join('、'), isRequired ? '必須' : '', description, example]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | '),
  )
  const head = ['列 | 日本語名 | 必須 | 書き方 | 例', '--- | --- | --- | --- | ---']
  return [...head, ...rows].map((row) => `| ${row} |`).join('\n')
}
