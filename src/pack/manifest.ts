/** What the manifest of the plugin is made from: that of the product. */
export interface ProductManifest {
  name: string
  version: string
  description: string
  license: string
  engines: Record<string, string>
  dependencies: Record<string, string>
}

/**
 * What the host has, once: a second copy of React or Payload breaks every page. Ranges, so that the
 * host updates when it wants to.
 */
const PEERS = {
  '@payloadcms/next': '^3.90.0',
  '@payloadcms/translations': '^3.90.0',
  '@payloadcms/ui': '^3.90.0',
  graphql: '^16.8.1',
  next: '^16.0.0',
  payload: '^3.90.0',
  react: '^19.0.0',
  'react-dom': '^19.0.0',
  sharp: '>=0.32.6',
} as const

/** What the plugin brings. */
const OWN = [
  '@fontsource/biz-udpgothic',
  '@textlint/kernel',
  '@textlint/textlint-plugin-text',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
  '@zxcvbn-ts/language-en',
  '@zxcvbn-ts/language-ja',
  'diff',
  'fflate',
  'hucre',
  'ipaddr.js',
  'kuromojin',
  'otpauth',
  'temporal-polyfill',
  'textlint-rule-max-ten',
  'textlint-rule-no-double-negative-ja',
  'textlint-rule-sentence-length',
  'undici',
  'uqr',
  'yauzl',
  'zod',
] as const

/** Names by which a host imports the plugin, and the compiled file without its ending. */
const ENTRIES = {
  '.': ['./dist/src/plugin/kizuna', 'js', 'd.ts'],
  './client': ['./dist/src/admin/client', 'js', 'd.ts'],
  './rsc': ['./dist/src/admin/rsc', 'js', 'd.ts'],
  './migrations': ['./dist/src/migrations/migrations', 'js', 'd.ts'],
  './next': ['./dist/src/plugin/withKizuna', 'mjs', 'd.mts'],
} as const

/**
 * The `package.json` of the plugin as others install it. *Pure.*
 *
 * @throws Error when the product does not know a package that the plugin brings.
 */
export function pluginManifest(product: ProductManifest) {
  const { name, version, description, license, engines } = product
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    engines: { node: engines.node },
    files: ['dist', 'CHANGELOG.md'],
    sideEffects: ['**/*.css'],
    exports: Object.fromEntries(
      Object.entries(ENTRIES).map(([entry, [file, code, types]]) => [
        entry,
        { types: `${file}.${types}`, default: `${file}.${code}` },
      ]),
    ),
    dependencies: Object.fromEntries(OWN.map((one) => [one, `^${versionIn(product, one)}`])),
    peerDependencies: PEERS,
  }
}

/** What the delivery half needs; nothing of Payload, Next or React. */
const WORKERS_OWN = [
  '@agendajs/mongo-backend',
  '@digital-go-jp/design-tokens',
  '@line/bot-sdk',
  '@zip.js/zip.js',
  'agenda',
  'express',
  'express-rate-limit',
  'fflate',
  'helmet',
  'hucre',
  'imapflow',
  'mailparser',
  'mongodb',
  'nodemailer',
  'pino',
  'prom-client',
  'temporal-polyfill',
  'undici',
  'uqr',
  'yauzl',
  'zod',
] as const

/**
 * The `package.json` of the delivery half as others install it: `npx kizuna-worker`. Exact versions: it
 * is a program, and what it was tested with is what runs. *Pure.*
 *
 * @throws Error as {@link pluginManifest}.
 */
export function workerManifest(product: ProductManifest) {
  const { name, version, license, engines } = product
  return {
    name: `${name}-worker`,
    version,
    description: 'The delivery half of kizuna: plans and sends, and serves the readers’ pages.',
    license,
    type: 'module',
    engines: { node: engines.node },
    files: ['worker', 'src'],
    bin: { [`${name}-worker`]: 'worker/packaged.js' },
    dependencies: Object.fromEntries(WORKERS_OWN.map((one) => [one, versionIn(product, one)])),
  }
}

function versionIn({ dependencies }: ProductManifest, name: string): string {
  const version = dependencies[name]
  if (version === undefined) throw new Error(`package.json names no version of ${name}`)
  return version
}
