import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { withPayload } from '@payloadcms/next/withPayload'

import { withKizuna } from './plugin/withKizuna.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const SAFE_HEADERS = [
  { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  {
    key: 'Content-Security-Policy',
    value: "frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'",
  },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  outputFileTracingRoot: root,
  turbopack: { root },
  // No page of ours is shown within another's, where one press means something else.
  headers: async () => [{ source: '/:path*', headers: SAFE_HEADERS }],
  redirects: async () => [{ source: '/', destination: '/admin', permanent: false }],
  serverExternalPackages: ['@payloadcms/db-mongodb', '@payloadcms/email-nodemailer'],
  // Types are checked by `npm run types`, for the whole repository and only once.
  typescript: { ignoreBuildErrors: true },
}

export default withPayload(withKizuna(config), { devBundleServerPackages: false })
