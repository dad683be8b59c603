import { join } from 'node:path'

import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { nodemailerAdapter } from '@payloadcms/email-nodemailer'
import { buildConfig } from 'payload'

import { createNow, practiceClockOf, systemNow } from './src/config/clock'
import { parseConfig, portsOf } from './src/config/config'
import { smtpOptions } from './src/config/smtpOptions'
import { MAX_FILE_MB } from './src/media/cleanPicture'
import { migrations } from './src/migrations/migrations'
import { productPolicy } from './src/people/secondFactor/policy'
import { kizuna, withBuiltIns } from './src/plugin/kizuna'
import { withEndOnWrongSetting } from './src/plugin/resealOnInit'
import { sendingOf } from './src/senderCheck/sending'

const env = parseConfig(process.env)
const practiceClock = practiceClockOf(env, systemNow())

export default buildConfig({
  secret: env.PAYLOAD_SECRET ?? '',
  serverURL: env.CMS_URL ?? '',
  telemetry: false,
  db: mongooseAdapter({
    url: env.DATABASE_URL ?? '',
    // Collections that come into being while somebody writes abort that person's transaction.
    ensureIndexes: true,
    // The audit log's `collection` is a field like any other here.
    collectionsSchemaOptions: { 'kizuna-audit-log': { suppressReservedKeysWarning: true } },
    connectOptions: { serverSelectionTimeoutMS: 5000 },
    prodMigrations: [...migrations],
  }),
  // The sandbox's mail sink listens on the port after its own.
  email: nodemailerAdapter({
    defaultFromAddress: 'kizuna@localhost.example',
    defaultFromName: 'kizuna',
    skipVerify: true,
    transportOptions: smtpOptions(env.SMTP_URL ?? `smtp://127.0.0.1:${portsOf(env).sandbox + 1}`),
  }),
  // A file is read into memory; what is cut off here is refused as too large by its collection.
  upload: { limits: { fileSize: (MAX_FILE_MB + 1) * 1024 * 1024 } },
  admin: {
    meta: { titleSuffix: ' - kizuna' },
  },
  graphQL: { schemaOutputFile: join(env.KIZUNA_DATA_DIR, 'schema.graphql') },
  typescript: {
    autoGenerate: false,
    outputFile: 'src/payload-types.ts',
  },
  plugins: [
    kizuna({
      now: createNow(practiceClock),
      isPracticeClock: practiceClock !== null,
      admin: 'whole',
      keys: env.KIZUNA_KEYS,
      publicUrl: env.PUBLIC_URL,
      senderCheck: { sendingOf: (domain, selector) => sendingOf(env, domain, selector) },
      secondFactor: productPolicy(env),
      mediaDir: join(env.KIZUNA_DATA_DIR, 'media'),
    }),
  ],
})
  .then(withBuiltIns)
  // a command says it by itself
  .then((config) => (process.env.NEXT_RUNTIME ? withEndOnWrongSetting(config) : config))
