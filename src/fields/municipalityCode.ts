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
