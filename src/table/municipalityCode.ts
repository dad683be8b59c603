import { readCode } from './invisible'

/**
 * Check digit of a municipality code: weights 6 to 2 over the first five digits, modulo 11. *Pure.*
 *
 * Source: 総務省「全国地方公共団体コード仕様」.
 *
 * @returns 0 to 9: the last digit of 11 minus the remainder.
 */
export function municipalityCheckDigit(fiveDigits: string): number {
  const sum = [...fiveDigits].reduce(
    (total, digit, index) => total + Number(digit) * (6 - index),
    0,
  )
  return (11 - (sum % 11)) % 10
}

/** Whether six digits are a municipality code; its own digit must match. *Pure.* */
export function isMunicipalityCode(code: string): boolean {
  return /^\d{6}$/.test(code) && municipalityCheckDigit(code.slice(0, 5)) === Number(code[5])
}

/** Municipalities by code; the name is read beside the code and stands in messages. */
export type KnownMunicipalities = ReadonlyMap<string, { name?: string | undefined }>

/** The municipality a cell names, or a sentence for the person who made the file. */
export type MunicipalityFound = { code: string } | { message: string }

/**
 * The municipality of a cell: its code, its name, or a code that a spreadsheet or another system
 * shortened (no zero in front, no check digit). The check digit and the known ones decide; what
 * could be two of them is refused, both named. *Pure.*
 */
export function findMunicipality(written: string, known: KnownMunicipalities): MunicipalityFound {
  const text = readCode(written)
  if (text === '') return { message: '自治体コードが空です。6 桁で書いてください。' }
  const meant = [...new Set([...codesOf(text), ...codesNamed(text, known)])]
  const [code, ...others] = meant.filter((one) => known.has(one))
  if (code === undefined) return { message: unknownSentence(text, known) }
  if (others.length === 0) return { code }
  const names = named([code, ...others], known)
  return {
    message: `自治体「${text}」は ${names.join('と')}のどちらとも読めます。6 桁の自治体コードで書いてください。`,
  }
}

/** Nothing is guessed at: what is one mistake of typing away is named for the person to decide. */
function unknownSentence(text: string, known: KnownMunicipalities): string {
  const wrong = /^\d{6}$/.test(text) && !isMunicipalityCode(text)
  const said = wrong
    ? `自治体コード「${text}」は、最後の 1 桁(検査数字)が合いません。`
    : `自治体コード「${text}」の自治体は登録されていないか、担当していません。`
  const near = nearCodes(text, known)
  if (near.length === 0) {
    return `${said}検査数字まで 6 桁で書き、先頭の 0 が消えていないか確かめてください。`
  }
  const names = named(near.slice(0, MAX_NEAR), known).join('か')
  const others = near.length > MAX_NEAR ? 'など' : ''
  return `${said}近いのは${names}${others}です。正しい 6 桁の自治体コードに書き直してください。`
}

function named(codes: readonly string[], known: KnownMunicipalities): string[] {
  return codes.map((code) => `「${code} ${known.get(code)?.name ?? ''}`.trim() + '」')
}

/** Most municipalities that are named as near. */
const MAX_NEAR = 5

/** Names of fewer signs are one mistake away from too much. */
const MIN_NEAR_NAME = 3

function nearCodes(text: string, known: KnownMunicipalities): string[] {
  const bare = text.replace(BETWEEN, '').replaceAll(',', '')
  return [...known]
    .filter(([code, { name = '' }]) => {
      const plain = readCode(name).replace(BETWEEN, '')
      if (bare.length >= MIN_NEAR_NAME && isOneMistake(bare, plain)) return true
      // As it is, without its check digit, and without the zero that spreadsheets take off.
      const ways = [code, code.slice(0, 5), ...(code.startsWith('0') ? [code.slice(1)] : [])]
      return /^\d+$/.test(bare) && ways.some((way) => isOneMistake(bare, way))
    })
    .map(([code]) => code)
}

/** Whether one text is the other with one sign wrong, lost, added or changed with its neighbour. */
function isOneMistake(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let same = 0
  while (same < one.length && one[same] === other[same]) same += 1
  const [restOfOne, restOfOther] = [one.slice(same), other.slice(same)]
  const isSwapped =
    restOfOne[0] === restOfOther[1] &&
    restOfOne[1] === restOfOther[0] &&
    restOfOne.slice(2) === restOfOther.slice(2)
  return (
    isSwapped ||
    restOfOne.slice(1) === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1)
  )
}

/** What digits can mean: six are a code, five lack the zero or the check digit, four lack both. */
function codesOf(text: string): string[] {
  const digits = text.replaceAll(',', '')
  if (/^\d{6}$/.test(digits)) return [digits]
  if (/^\d{5}$/.test(digits)) {
    return [`0${digits}`, withCheckDigit(digits)].filter(isMunicipalityCode)
  }
  return /^\d{4}$/.test(digits) ? [withCheckDigit(`0${digits}`)] : []
}

function withCheckDigit(fiveDigits: string): string {
  return `${fiveDigits}${municipalityCheckDigit(fiveDigits)}`
}

/** By the name, or by both beside each other: `272990 ひなた野市`, `ひなた野市(272990)`. */
function codesNamed(text: string, known: KnownMunicipalities): string[] {
  return [...known]
    .filter(([code, { name = '' }]) => {
      const [bare, plain] = [text, name].map((one) => readCode(one).replace(BETWEEN, ''))
      return plain !== '' && [plain, `${code}${plain}`, `${plain}${code}`].includes(bare ?? '')
    })
    .map(([code]) => code)
}

const BETWEEN = /[\s():_/-]/g
