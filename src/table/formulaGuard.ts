/**
 * What makes a spreadsheet run a cell as a formula; full-width signs are read as well, and blanks,
 * line ends and characters that show nothing in front are taken off by some programs.
 */
const FORMULA =
  /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u

/** A number is no formula, whatever its sign. */
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * Puts `'` before what a spreadsheet would run as a formula (https://owasp.org/www-community/attacks/CSV_Injection).
 * {@link unguardCell} takes it off again, so that a text that goes out and comes back is the same. *Pure.*
 */
export function guardCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

/** The text before {@link guardCell}. *Pure.* */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
}
