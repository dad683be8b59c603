const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'Chromebook'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** Each says the names of others too: what is said first here is meant. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bLine\//, 'LINE'],
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

/** So much of what a browser says of itself is read. */
const MOST = 500

/**
 * A device as people tell theirs apart: 「iPhone の Safari」. Only these words are kept, and not what the
 * browser said. *Pure.*
 */
export function deviceInWords(userAgent: string | null | undefined): string {
  const said = (userAgent ?? '').slice(0, MOST)
  const [system, browser] = [SYSTEMS, BROWSERS].map(
    (names) => names.find(([sign]) => sign.test(said))?.[1],
  )
  if (system && browser) return `${system} の ${browser}`
  return system ?? browser ?? '種類の分からない端末'
}
