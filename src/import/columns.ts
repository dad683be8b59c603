import { kindOfSheet, type ContentKind, type SheetWord } from '../release/contentKind'
import type { BlockField } from '../release/blocks/blockType'
import { BLOCK_TYPES, fieldsOf, type BlockTypes } from '../release/blocks/blockTypes'
import type { Column } from '../release/column'

export type { Column } from '../release/column'

/**
 * Columns of the manuscripts' CSV: one row a manuscript, found again by its id, else by
 * series + slot + edition.
 *
 * Lists are separated by `;`, `;`, `、` or line breaks; a backslash before one of them makes it an
 * ordinary sign. A source is `題名|https://…|2026-04-01`.
 */
export const MANUSCRIPT_COLUMNS: readonly Column[] = [
  column('id', ['管理番号'], false, [
    '書き出したときの番号。あれば、この番号の原稿を直す。新しい原稿では空',
    '',
  ]),
  column('series', ['シリーズ'], true, ['シリーズのコード', 'pregnancy']),
  column('slot', ['配信日'], true, [
    '配信日。コードでも日本語でもよい',
    '24w3d または 妊娠24週3日',
  ]),
  column('edition', ['版'], false, ['版のコードまたは名前。空なら standard', 'standard']),
  column('kind', ['種類'], false, ['stage / milestone / question。空なら stage', 'stage']),
  column('title', ['題名', 'タイトル', '題名(管理用)'], true, ['管理用の題名', '24週のからだ']),
  column('subject', ['件名', 'メールの件名'], true, ['メールの件名', '妊娠24週になりました']),
  column('body', ['本文'], true, ['本文。改行してよい', 'おなかの中で…']),
  column('topics', ['話題'], false, ['話題のコードまたは名前を ; で区切る', '栄養・食事;歯と口']),
  column('ageBasis', ['月齢の数え方'], false, [
    'calendar / corrected。空なら calendar',
    'calendar',
  ]),
  column('monthRule', ['月の数え方'], false, ['friendly / legal。空なら friendly', 'friendly']),
  column('sources', ['出典'], false, [
    '題名|URL|確認日 を ; で区切る',
    '資料|https://example.jp/|2026-04-01',
  ]),
]

const OWN_ADD_ON_COLUMNS: readonly Column[] = [
  column('id', ['原稿番号', '番号'], true, [
    'ファイルの中の番号。同じ番号の行は 1 つの原稿',
    'a01',
  ]),
  column('documentId', ['管理番号'], false, [
    '書き出したときの番号。あれば、この番号の原稿を直す。新しい原稿では空',
    '',
  ]),
  column('municipality', ['自治体コード', '自治体'], true, [
    '6 桁の全国地方公共団体コード',
    '999016',
  ]),
  column('title', ['題名', 'タイトル'], true, ['読者に見える見出し', 'おはなし会のお知らせ']),
  column('from', ['配信開始', 'はじめ'], true, [
    '最初の配信日。コードでも日本語でもよい',
    'month4',
  ]),
  column('to', ['配信終了', 'おわり'], true, ['最後の配信日。from と同じ数え方', '1歳']),
  column('isEndIncluded', ['終了日を含む'], false, ['はい / いいえ。空なら はい', 'はい']),
  column('timing', ['回数'], false, ['once(1回)/ every(毎回)。空なら once', 'once']),
  column('validFrom', ['掲載開始日'], false, ['YYYY-MM-DD。空なら制限なし', '2026-04-01']),
  column('validTo', ['掲載終了日'], false, ['YYYY-MM-DD。空なら制限なし', '2027-03-31']),
  column('areas', ['地区'], false, ['地区の名前を ; で区切る。空なら全域', '北地区;南地区']),
  column('editions', ['版'], false, ['版のコードまたは名前を ; で区切る。空なら全部', 'standard']),
  column('monthRule', ['月の数え方'], false, ['friendly / legal。空なら friendly', 'legal']),
  column('order', ['順番'], false, ['同じ日に並ぶ順。小さいほど先。空なら 100', '10']),
  column('topics', ['話題'], false, ['話題のコードまたは名前を ; で区切る', '絵本']),
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
    ...OWN_ADD_ON_COLUMNS,
    column('block', ['部品'], true, [choices.join('/ '), '絵本']),
    ...blockColumns(types),
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
  timing: { '1回': 'once', 一回: 'once', 毎回: 'every' },
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

// eslint-disable-next-line max-params -- one line a column keeps the tables readable
function column(
  name: string,
  aliases: readonly string[],
  isRequired: boolean,
  [description, example]: readonly [string, string],
): Column {
  return { name, aliases, isRequired, description, example }
}
