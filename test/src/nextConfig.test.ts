// What every page of the admin is sent with.
import { expect, test } from '@jest/globals'
import type { NextConfig } from 'next'

test('no page of ours is shown within another’s, and no file is taken for what it is not', async () => {
  const { default: config } = (await import('../../src/next.config.mjs')) as { default: NextConfig }
  const rules = (await config.headers?.()) ?? []
  const everywhere = rules.filter(({ source }) => source === '/:path*')
  const sent = new Map(
    everywhere.flatMap(({ headers }) => headers.map((one) => [one.key, one.value])),
  )
  expect(sent.get('Content-Security-Policy')).toContain("frame-ancestors 'self'")
  expect(sent.get('X-Content-Type-Options')).toBe('nosniff')
})
