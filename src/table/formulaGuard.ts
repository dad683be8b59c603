/**
 * What makes a spreadsheet run a cell as a formula; full-width signs are read as well, and blanks,
 * line ends and characters that show nothing in front are taken off by some programs.
 */
const FORMULA =
  /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u

/** What a spreadsheet shows where it could not compute a cell. */
const ERROR_VALUE =
  /^'*#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)$/

/** Whether a cell holds what a spreadsheet shows for an error; guarded, it is a text. *Pure.* */
export function isErrorValue(cell: string): boolean {
  return cell.startsWith('#') && ERROR_VALUE.test(cell)
}

/** A number is no formula, whatever its sign. */
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * Puts `'` before what a spreadsheet would run as a formula or read as an error (https://owasp.org/www-community/attacks/CSV_Injection).
 * {@link unguardCell} takes it off again, so that a text that goes out and comes back is the same. *Pure.*
 */
export function guardCell(text: string): string {
  const isFormula = FORMULA.test(text) && !NUMBER.test(text)
  return isFormula || ERROR_VALUE.test(text) ? `'${text}` : text
}

/** The text before {@link guardCell}. *Pure.* */
export function unguardCell(cell: string): string {
  const isGuarded = cell.startsWith("'") && (FORMULA.test(cell) || ERROR_VALUE.test(cell))
  return isGuarded ? cell.slice(1) : cell
}
