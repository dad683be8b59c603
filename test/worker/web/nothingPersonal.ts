/** What says something of a person: addresses, LINE's ids, dates, and what they typed or chose. */
const PERSONAL: Readonly<Record<string, RegExp>> = {
  'a mail address': /[\w.+-]+(?:@|%40)[\w-]+(?:\.|%2e)\w/i,
  'a LINE user id': /\bU[0-9a-f]{32}\b/,
  'a date': /\b(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}/,
  'what was typed': /[?&](?:mail|year|month|day|weeks|days|relation|consent|corrected|q)=[^&]/,
}

/** What in a log or in the addresses of pages says something of a person; empty is how it must be. */
export function personalIn(lines: readonly string[]): string[] {
  return Object.entries(PERSONAL).flatMap(([what, pattern]) =>
    lines.filter((line) => pattern.test(line)).map((line) => `${what}: ${line}`),
  )
}
