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
  if (code === undefined) {
    return {
      message: `自治体コード「${text}」の自治体は登録されていないか、担当していません。検査数字まで 6 桁で書き、先頭の 0 が消えていないか確かめてください。`,
    }
  }
  if (others.length === 0) return { code }
  const names = [code, ...others].map(
    (one) => `「${one} ${known.get(one)?.name ?? ''}`.trim() + '」',
  )
  return {
    message: `自治体「${text}」は ${names.join('と')}のどちらとも読めます。6 桁の自治体コードで書いてください。`,
  }
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
