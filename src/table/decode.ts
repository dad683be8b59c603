import { ImportFileError } from './importFileError'

/** The encodings that say what they are by their first bytes. */
const MARKED = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/** Line ends and commas alone make more zeros in a table in UTF-16; one among letters is a fault. */
const MIN_ZERO_SHARE = 0.01
/** In UTF-16 that could be UTF-8 as well everything is ASCII, and half of it zeros. */
const MAX_ZERO_SHARE = 0.2

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis'

/**
 * Text in Shift_JIS has next to no runs of bytes that are well-formed Japanese UTF-8; a damaged
 * UTF-8 file consists of them. Between the two nobody knows what it is.
 */
const MAX_UTF8_SHARE = 0.2

/**
 * Decodes a text file a spreadsheet saved: UTF-8, UTF-16 (with mark or, by its zero bytes, without)
 * or Shift_JIS with Microsoft's additions (CP932). One bad byte refuses the file: what is guessed
 * reaches families as other words. *Pure.*
 *
 * @throws ImportFileError with the line of the first byte that cannot be read.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  const text = tryDecode(bytes, encoding)
  if (text !== null) return text
  const line = lineOfFault(bytes, encoding)
  throw new ImportFileError(
    `${line} 行目に、文字として読めない所があります(文字コードが混ざっているか、ファイルが壊れています)。元の表を Excel で開き、「CSV UTF-8」か「Excel ブック」で保存し直してください。`,
  )
}

function encodingOf(bytes: Uint8Array): Encoding {
  const marked = MARKED.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  if (marked) return marked.encoding
  if (bytes.includes(0)) return encodingOfZeros(bytes)
  const isUtf8 = tryDecode(bytes, 'utf-8') !== null || utf8Share(bytes) > MAX_UTF8_SHARE
  return isUtf8 ? 'utf-8' : 'shift_jis'
}

const NO_TABLE =
  'CSV でも Excel ブックでもないファイルです。.xlsx か .csv のファイルを選んでください。'

/** In UTF-16 the letters, commas and line ends of a table have a zero before or behind them. */
function encodingOfZeros(bytes: Uint8Array): Encoding {
  const zeros = [0, 0]
  for (let index = bytes.indexOf(0); index < bytes.length; index += 1) {
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  const share = (even + odd) / bytes.length
  if (share < MIN_ZERO_SHARE || (share < MAX_ZERO_SHARE && tryDecode(bytes, 'utf-8') !== null)) {
    const isText = tryDecode(bytes, 'utf-8') !== null || tryDecode(bytes, 'shift_jis') !== null
    throw new ImportFileError(isText ? zeroRefusal(bytes) : NO_TABLE)
  }
  if (bytes.length % 2 === 0 && even === 0) return 'utf-16le'
  if (bytes.length % 2 === 0 && odd === 0) return 'utf-16be'
  throw new ImportFileError(NO_TABLE)
}

function zeroRefusal(bytes: Uint8Array): string {
  const line = bytes.subarray(0, bytes.indexOf(0)).filter((byte) => byte === 0x0a).length + 1
  return `${line} 行目に、文字ではない符号(U+0000)があります。その前後を入力し直し、「CSV UTF-8」か「Excel ブック」で保存し直してください。`
}

function tryDecode(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // The decoder lets single bytes through that CP932 does not have.
    return encoding === 'shift_jis' && /[\x80-\x9F]/.test(text) ? null : text
  } catch {
    return null
  }
}

/** How much of what is not ASCII stands in well-formed sequences of three bytes, 0 to 1. */
function utf8Share(bytes: Uint8Array): number {
  let [other, inSequences] = [0, 0]
  for (let index = 0; index < bytes.length; index += 1) {
    if (at(bytes, index) < 0x80) continue
    const isSequence = at(bytes, index) >> 4 === 0xe && isTail(bytes, index + 1)
    other += isSequence ? 3 : 1
    inSequences += isSequence ? 3 : 0
    index += isSequence ? 2 : 0
  }
  return other === 0 ? 0 : inSequences / other
}

function isTail(bytes: Uint8Array, index: number): boolean {
  return at(bytes, index) >> 6 === 0b10 && at(bytes, index + 1) >> 6 === 0b10
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0
}

/** The line, from 1, with the first character that cannot be read. */
function lineOfFault(bytes: Uint8Array, encoding: Encoding): number {
  const text = new TextDecoder(encoding).decode(bytes)
  const place = text.search(/[\uFFFD\x80-\x9F]/)
  let line = 1
  for (let index = 0; index < place; index += 1) {
    const sign = text[index]
    if (sign === '\n' || (sign === '\r' && text[index + 1] !== '\n')) line += 1
  }
  return line
}
