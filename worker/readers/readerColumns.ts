import type { Column } from '../../src/release/column'

/** Columns every readers' list has, in the order of README.md. */
export const READER_COLUMNS = [
  'municipality',
  'channel',
  'address',
  'anchor',
  'date',
  'edition',
  'relation',
  'area',
  'source',
  'consentedAt',
  'consentVersion',
] as const

/** Columns that a list may lack: most have no twins, and one basis may be that of the whole list. */
const OPTIONAL_COLUMNS = ['twins', 'consentBasis', 'delivered'] as const

/** Name of a column of the readers' list. */
export type ReaderColumn = (typeof READER_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number]

/** What a clerk may call each column; the first is what messages call it. */
const ALIASES: Readonly<Record<ReaderColumn, readonly string[]>> = {
  municipality: ['自治体コード', '自治体', '団体コード'],
  channel: ['配信方法', '配信手段', 'チャネル'],
  address: ['連絡先', '宛先', 'メールアドレス', 'アドレス'],
  anchor: ['基準日', '基準日の種類', '日付の種類'],
  date: ['日付', '年月日'],
  edition: ['版'],
  relation: ['続柄', '関係'],
  area: ['地区', '地域'],
  source: ['登録元', '登録のきっかけ', 'きっかけ'],
  consentedAt: ['同意日時', '同意日', '同意した日時'],
  consentVersion: ['同意の版', '同意文の版', '同意した文面の版'],
  twins: ['ふたご', '双子', '多胎', '多胎児', '双生児'],
  consentBasis: ['同意の根拠', '同意の取り方', '同意の方法'],
  delivered: ['配信済み', '配信ずみ', 'ここまで配信', '最後に配信した日'],
}

/** The columns as the one reader of tables wants them; cells may be empty. */
export const READER_SHEET: readonly Column[] = [
  ...READER_COLUMNS.map((name) => columnOf(name, true)),
  ...OPTIONAL_COLUMNS.map((name) => columnOf(name, false)),
]

function columnOf(name: ReaderColumn, isRequired: boolean): Column {
  return { name, aliases: ALIASES[name], isRequired, description: '', example: '' }
}

/** What a clerk calls a column: `日付(date)`. *Pure.* */
export function readerColumnLabel(column: string): string {
  const label = READER_SHEET.find(({ name }) => name === column)?.aliases[0]
  return label === undefined ? column : `${label}(${column})`
}
