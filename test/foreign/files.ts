/** The files of a minimal Payload app that is not ours, by path; with kizuna in it or without. */
export function foreignFiles({ payload, hasKizuna }: { payload: string; hasKizuna: boolean }) {
  return {
    'package.json': JSON.stringify(
      {
        name: 'foreign',
        private: true,
        type: 'module',
        dependencies: {
          '@payloadcms/db-mongodb': payload,
          '@payloadcms/next': payload,
          '@payloadcms/translations': payload,
          '@payloadcms/ui': payload,
          graphql: '16.11.0',
          next: '16.4.5',
          payload,
          react: '19.2.9',
          'react-dom': '19.2.9',
          sharp: '0.34.5',
        },
        devDependencies: {
          typescript: '5.9.3',
          '@types/react': '19.2.7',
          '@types/node': '20.19.43',
        },
      },
      null,
      2,
    ),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        module: 'esnext',
        moduleResolution: 'bundler',
        jsx: 'preserve',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        esModuleInterop: true,
        allowJs: true,
        isolatedModules: true,
        resolveJsonModule: true,
        incremental: true,
        plugins: [{ name: 'next' }],
        paths: { '@payload-config': ['./payload.config.ts'] },
      },
      include: ['next-env.d.ts', '**/*.ts', '**/*.tsx'],
      exclude: ['node_modules'],
    }),
    'next.config.mjs': hasKizuna ? NEXT_WITH : NEXT_WITHOUT,
    'payload.config.ts': config(hasKizuna),
    'app/(payload)/layout.tsx': LAYOUT,
    'app/(payload)/admin/[[...segments]]/page.tsx': PAGE,
    'app/(payload)/api/[...slug]/route.ts': ROUTE,
    'app/(payload)/admin/importMap.js': 'export const importMap = {}\n',
  }
}

const NEXT_WITH = `import { withPayload } from '@payloadcms/next/withPayload'
import { withKizuna } from 'kizuna/next'

export default withPayload(withKizuna({ outputFileTracingRoot: import.meta.dirname }))
`

const NEXT_WITHOUT = `import { withPayload } from '@payloadcms/next/withPayload'

export default withPayload({ outputFileTracingRoot: import.meta.dirname })
`

/** Its people have roles and names of their own; it speaks two languages and has a job. */
const config = (hasKizuna: boolean) => `import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { buildConfig } from 'payload'
${hasKizuna ? "import { kizuna, withBuiltIns } from 'kizuna'\n" : ''}
export default buildConfig({
  secret: process.env.PAYLOAD_SECRET!,
  telemetry: false,
  db: mongooseAdapter({ url: process.env.DATABASE_URL!, ensureIndexes: true }),
  admin: { user: 'people' },
  localization: { locales: ['en', 'de'], defaultLocale: 'en' },
  collections: [
    {
      slug: 'people',
      auth: true,
      labels: { singular: 'Person', plural: 'People of the house' },
      admin: { useAsTitle: 'name' },
      fields: [
        { name: 'name', type: 'text', required: true },
        { name: 'roles', type: 'select', options: ['boss', 'helper'], defaultValue: 'helper' },
      ],
    },
    { slug: 'media', upload: true, access: { read: () => true }, fields: [{ name: 'title', type: 'text' }] },
    { slug: 'reports', fields: [{ name: 'title', type: 'text' }] },
    { slug: 'comments', fields: [{ name: 'title', type: 'text' }] },
    { slug: 'posts', access: { read: () => true }, fields: [{ name: 'title', type: 'text', localized: true }] },
  ],
  jobs: {
    tasks: [{ slug: 'tidy', handler: async () => ({ output: {} }) }],
  },
${
  hasKizuna
    ? "  plugins: [kizuna({ firstAdmin: 'boss@example.jp' })],\n}).then(withBuiltIns)"
    : '})'
}
`

const LAYOUT = `import config from '@payload-config'
import '@payloadcms/next/css'
import { handleServerFunctions, RootLayout } from '@payloadcms/next/layouts'
import type { ServerFunctionClient } from 'payload'
import type { ReactNode } from 'react'

import { importMap } from './admin/importMap.js'

const serverFunction: ServerFunctionClient = async function (args) {
  'use server'
  return handleServerFunctions({ ...args, config, importMap })
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <RootLayout config={config} importMap={importMap} serverFunction={serverFunction}>
      {children}
    </RootLayout>
  )
}
`

const PAGE = `import config from '@payload-config'
import { RootPage } from '@payloadcms/next/views'

import { importMap } from '../importMap.js'

interface Args {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<Record<string, string | string[]>>
}

export default function Page({ params, searchParams }: Args) {
  return RootPage({ config, params, searchParams, importMap })
}
`

const ROUTE = `import config from '@payload-config'
import { REST_DELETE, REST_GET, REST_OPTIONS, REST_PATCH, REST_POST, REST_PUT } from '@payloadcms/next/routes'

export const GET = REST_GET(config)
export const POST = REST_POST(config)
export const DELETE = REST_DELETE(config)
export const PATCH = REST_PATCH(config)
export const PUT = REST_PUT(config)
export const OPTIONS = REST_OPTIONS(config)
`
