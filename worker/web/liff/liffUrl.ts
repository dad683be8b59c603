/**
 * Where a LIFF app is opened, inside LINE where there is one. What stands in the query comes to its
 * endpoint. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/liff/opening-liff-app/
 */
export function liffUrl(liffId: string, given: Readonly<Record<string, string>>): string {
  const filled = Object.entries(given).filter(([, value]) => value !== '')
  return `https://liff.line.me/${liffId}?${new URLSearchParams(filled).toString()}`
}

/**
 * What a LIFF app was opened with: LINE brings it packed into `liff.state` at first, and as it was
 * afterwards. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/liff/opening-liff-app/#redirect-flow
 */
export function liffQuery(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { 'liff.state': state, ...given } = query
  if (typeof state !== 'string') return given
  const packed = new URLSearchParams(state.slice(state.indexOf('?') + 1))
  return { ...given, ...Object.fromEntries(packed) }
}
