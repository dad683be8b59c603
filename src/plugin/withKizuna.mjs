/**
 * Loaded by Node and not by the bundler: once in the process, because an error thrown by one copy of
 * Payload is no `instanceof` the other's and the fields in the admin would stay silent; and what reads
 * dictionaries and lists from its own folder.
 */
const SERVER_PACKAGES = [
  'payload',
  '@payloadcms/graphql',
  '@payloadcms/translations',
  '@textlint/kernel',
  '@textlint/textlint-plugin-text',
  'kuromojin',
  'textlint-rule-max-ten',
  'textlint-rule-no-double-negative-ja',
  'textlint-rule-sentence-length',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
  '@zxcvbn-ts/language-en',
  '@zxcvbn-ts/language-ja',
  'hucre',
  'yauzl',
]

/**
 * A Next.js config with what kizuna needs of it: `withPayload(withKizuna(nextConfig))`. *Pure.*
 *
 * @param {import('next').NextConfig} config
 * @returns {import('next').NextConfig}
 */
export function withKizuna(config = {}) {
  const others = config.serverExternalPackages ?? []
  return { ...config, serverExternalPackages: [...new Set([...others, ...SERVER_PACKAGES])] }
}
