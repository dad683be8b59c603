import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { withPayload } from '@payloadcms/next/withPayload'

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
  // Once in the process, not once in each route's bundle: an error thrown by one copy of Payload is
  // no `instanceof` the other's ValidationError, and the fields in the admin would stay silent.
  serverExternalPackages: [
    'payload',
    '@payloadcms/db-mongodb',
    '@payloadcms/email-nodemailer',
    '@payloadcms/graphql',
    '@payloadcms/translations',
    // The dictionary and the checks of plain Japanese: large, and read from their own folders.
    '@textlint/kernel',
    '@textlint/textlint-plugin-text',
    'kuromojin',
    'textlint-rule-max-ten',
    'textlint-rule-no-double-negative-ja',
    'textlint-rule-sentence-length',
    // Lists of words and passwords, read when the first password is set.
    '@zxcvbn-ts/core',
    '@zxcvbn-ts/language-common',
    '@zxcvbn-ts/language-en',
    '@zxcvbn-ts/language-ja',
    'hucre',
    'yauzl',
  ],
  // Types are checked by `npm run types`, for the whole repository and only once.
  typescript: { ignoreBuildErrors: true },
}

export default withPayload(config, { devBundleServerPackages: false })
