/** Between the entries of a list, half or full width; people write any of them. */
export const LIST_SEPARATORS = ';\uFF1B、\n'

/** The Greek question mark is a semicolon to everybody who composes a text. */
const SPECIAL = /[\\;\u037E\uFF1B、\n|\uFF5C]/g

/** One entry as it stands in a list: a backslash makes the sign after it an ordinary one. *Pure.* */
export function encodeEntry(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(SPECIAL, String.raw`\$&`)
    .replace(/^\s|\s$/g, String.raw`\$&`)
}

/** Splits at each separator that has no backslash before it; the parts keep their backslashes. *Pure.* */
export function splitCell(written: string, separators: string): string[] {
  const parts = ['']
  for (const sign of written.match(/\\[\s\S]|[\s\S]/g) ?? []) {
    if (separators.includes(sign)) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts
}

/** The text of one entry: blanks around it go, unless they stand behind a backslash. *Pure.* */
export function decodeEntry(part: string): string {
  const signs = part.match(/\\[\\;\u037E\uFF1B、\n|\uFF5C\s]|[\s\S]/g) ?? []
  const isBlank = (sign: string | undefined) => sign !== undefined && /^\s$/.test(sign)
  while (isBlank(signs[0])) signs.shift()
  while (isBlank(signs.at(-1))) signs.pop()
  return signs.map((sign) => (sign.length > 1 ? sign.slice(1) : sign)).join('')
}

/** Entries of a cell that holds a list. *Pure.* */
export function splitList(written: string): string[] {
  return splitCell(written, LIST_SEPARATORS)
    .filter((part) => part.trim() !== '')
    .map(decodeEntry)
}
