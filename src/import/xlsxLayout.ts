import { ImportFileError } from './csv'

/** The last row and column an import looks at; formats far below cost memory and mean nothing. */
const MAX_ROW = 20_000
const MAX_COLUMN = 200

/**
 * Refuses a sheet whose cells are not what they seem: merged or hidden ones. Other files of a
 * workbook pass.
 *
 * @throws ImportFileError
 */
export function refuseLayout(name: string, file: Buffer): void {
  const xml = file.toString('utf8')
  if (!/<(\w+:)?worksheet[\s>]/.test(xml.slice(0, 4096))) return
  const sentence = sentenceFor(xml)
  if (sentence !== null) throw new ImportFileError(`${sentence}(${name.split('/').at(-1)})`)
}

function sentenceFor(xml: string): string | null {
  const { row, column } = farthest(xml)
  if (row > MAX_ROW || column > MAX_COLUMN) {
    return `シートが広すぎます。${MAX_ROW.toLocaleString('ja')} 行・${MAX_COLUMN} 列より先の欄を、書式も含めて削除してください。`
  }
  const merged = /<(?:\w+:)?mergeCell\s[^>]*ref=["']([^"']+)["']/.exec(xml)?.[1]
  if (merged) {
    return `結合されたセル(${merged})があります。「セル結合の解除」をして、1 つの欄に 1 つずつ書いてください。`
  }
  const fault = tagsOf(xml, 'c').find((tag) => attribute(tag, 't') === 'e')
  if (fault) {
    return `計算がエラーになっている欄(${attribute(fault, 'r') ?? '?'})があります。式を値に直してください。`
  }
  const open =
    /<(?:\w+:)?c\s([^>]*)><(?:\w+:)?f(?:\s[^>]*)?(?:\/>|>[^<]*<\/(?:\w+:)?f>)<\/(?:\w+:)?c>/.exec(
      xml,
    )
  if (open) {
    return `計算されていない式(${attribute(` ${open[1] ?? ''}`, 'r') ?? '?'})があります。Excel で開いて保存し直すか、値に直してください。`
  }
  const hidden = tagsOf(xml, 'col').find(isHidden)
  if (hidden) {
    const column = columnName(Number(attribute(hidden, 'min') ?? 1))
    return `隠れている列(${column} 列から)があります。「再表示」するか、要らない列を削除してください。`
  }
  const hiddenRow = tagsOf(xml, 'row').find(isHidden)
  if (!hiddenRow) return null
  return `隠れている行(${attribute(hiddenRow, 'r') ?? '?'} 行目など)があります。フィルターを解くか「再表示」してください。`
}

function farthest(xml: string): { row: number; column: number } {
  let row = 0
  let column = 0
  for (const [, letters = '', digits] of xml.matchAll(
    /<(?:\w+:)?c\s[^>]*\br=["']([A-Z]+)(\d+)["']/g,
  )) {
    row = Math.max(row, Number(digits))
    column = Math.max(column, columnNumber(letters))
  }
  for (const tag of tagsOf(xml, 'row')) row = Math.max(row, Number(attribute(tag, 'r') ?? 0))
  return { row, column }
}

function tagsOf(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? []
}

function isHidden(tag: string): boolean {
  return ['1', 'true'].includes(attribute(tag, 'hidden') ?? '')
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return (rest > 0 ? columnName(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}
