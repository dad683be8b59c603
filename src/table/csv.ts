/** A table as CSV: with BOM and CRLF, as Excel expects; the BOM makes it read UTF-8. *Pure.* */
export function csvOf(lines: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',') + '\r\n').join('')}`
}
