import { formatValue, type CellValue } from 'hucre'

/** A cell as the clerk sees it, and the day it holds when it is one. */
export interface ShownCell {
  text: string
  /** `YYYY-MM-DD`: a cell may show 4月1日 and know the year. */
  day?: string
}

const ERA = '[$-411]ggge"年"m"月"d"日"'
const SHORT_ERA = '[$-411]ge.m.d'

/**
 * What the numbers of built-in formats mean in a Japanese Excel; files name them by number alone.
 * https://learn.microsoft.com/en-us/dotnet/api/documentformat.openxml.spreadsheet.numberingformat
 */
const JAPANESE_FORMATS: ReadonlyMap<number, string> = new Map([
  [14, 'yyyy/m/d'],
  [22, 'yyyy/m/d h:mm'],
  ...[27, 36, 50, 57].map((id) => [id, SHORT_ERA] as const),
  ...[28, 29, 51, 54, 58].map((id) => [id, ERA] as const),
  [30, 'm/d/yy'],
  [31, 'yyyy"年"m"月"d"日"'],
  [32, 'h"時"mm"分"'],
  [33, 'h"時"mm"分"ss"秒"'],
  ...[34, 52, 55].map((id) => [id, 'yyyy"年"m"月"'] as const),
  ...[35, 53, 56].map((id) => [id, 'm"月"d"日"'] as const),
])

/** The styles of a workbook with the built-in formats of a Japanese Excel written out. *Pure.* */
export function withJapaneseFormats(styles: string): string {
  const formats = [...JAPANESE_FORMATS].map(
    ([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  )
  const all = formats.join('')
  // Nothing looks past the next tag: a file of nothing but beginnings must not be read again and again.
  if (/<numFmts\b[^<>]*[^/]>/.test(styles)) return styles.replace(/<numFmts\b[^<>]*>/, `$&${all}`)
  return styles.replace(/<styleSheet\b[^<>]*>/, `$&<numFmts>${all}</numFmts>`)
}

/** First days of the eras that a sheet of this product can show, newest first. */
const ERAS = [
  { from: Date.UTC(2019, 4, 1), name: '令和', letter: 'R', year: 2019 },
  { from: Date.UTC(1989, 0, 8), name: '平成', letter: 'H', year: 1989 },
  { from: Date.UTC(1926, 11, 25), name: '昭和', letter: 'S', year: 1926 },
] as const

const WEEKDAYS = '日月火水木金土'

/** Excel's own maximum of a number format. */
const MAX_FORMAT = 255

/** What a cell shows with its number format, as a Japanese Excel shows it. *Pure.* */
export function shownCell(value: CellValue, format: string | undefined): ShownCell {
  if (format !== undefined && format.length > MAX_FORMAT) throw new Error('The format is too long.')
  if (value === null) return { text: '' }
  if (typeof value === 'string') return { text: value }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  if (value instanceof Date) return shownDate(value, format)
  const isPlain = format === undefined || /^(general|@)$/i.test(format)
  return { text: isPlain ? plainNumber(value) : formatValue(value, format) }
}

/** A spreadsheet counts with fifteen digits: 0.1 + 0.2 is 0.3 there. */
function plainNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(15)))
}

function shownDate(date: Date, format = 'yyyy-mm-dd'): ShownCell {
  const [positive = format] = format.split(';')
  const signs = bareFormat(positive)
  const text = formatValue(date, japaneseParts(positive, date))
  return /[yedg]/i.test(signs) ? { text, day: date.toISOString().slice(0, 10) } : { text }
}

/** The format without texts, escapes, conditions and locales: only its signs. */
function bareFormat(format: string): string {
  return format.replace(/"[^"]*"|\\.|\[[^[\]]*\]/g, '')
}

/** Eras and Japanese weekdays, which the library does not know, put in as texts. */
function japaneseParts(format: string, date: Date): string {
  const era = ERAS.find(({ from }) => date.getTime() >= from)
  const weekday = WEEKDAYS[date.getUTCDay()] ?? ''
  const years = String(date.getUTCFullYear() - (era?.year ?? 1) + 1)
  const write = (sign: string): string => {
    const kind = sign.charAt(0).toLowerCase()
    if (kind === 'e') return quoted(sign.length > 1 ? years.padStart(2, '0') : years)
    if (kind === 'a') return quoted(sign.length > 3 ? `${weekday}曜日` : weekday)
    if (kind !== 'g') return /^\[\$/.test(sign) ? '' : sign
    if (sign.length === 1) return quoted(era?.letter ?? '')
    return quoted(era?.name.slice(0, sign.length === 2 ? 1 : 2) ?? '')
  }
  return format.replace(/"[^"]*"|\\.|\[[^[\]]*\]|am\/pm|a\/p|g+|e+|a{3,}/gi, (sign) =>
    /^(["\\]|am\/pm|a\/p)/i.test(sign) ? sign : write(sign),
  )
}

function quoted(text: string): string {
  return `"${text}"`
}
