/**
 * A picture is a picture whatever it is called: nothing in it runs, and nothing between us and a
 * reader keeps one that may be taken back.
 */
export function servedSafely({ headers }: { headers: Headers }): Headers {
  const served = new Headers(headers)
  served.set('X-Content-Type-Options', 'nosniff')
  served.set('Content-Disposition', 'inline')
  served.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  served.set('Cache-Control', 'private, no-cache')
  return served
}
