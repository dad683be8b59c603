import { MongoClient } from 'mongodb'

import { generateKeyRing } from '../../src/secret/seal'
import { openDeliveryHalf } from '../../worker/app/deliveryHalf'
import { createSandbox } from '../../worker/sandbox/sandbox'
import { testDatabaseUrl } from '../database'
import { childTexts } from '../src/plan/town'
import { LINE } from './app/openWorker'
import { startFakeCms } from './content/fakeCms'

/** Database, CMS and sandbox for a program of its own, and its environment; `undo` gets what ends them. */
export async function openProgramWorld(undo: (() => Promise<unknown>)[]) {
  const now = () => new Date()
  const databaseUrl = testDatabaseUrl()
  const client = await new MongoClient(databaseUrl).connect()
  undo.push(
    () => client.close(),
    () => client.db().dropDatabase(),
  )
  const channels = [{ ...LINE, name: 'みなと町', webhookUrl: null }]
  const sandbox = await createSandbox({ port: 0, smtpPort: 0, now, perSecond: null, channels })
  undo.push(sandbox.stop)
  const cms = await startFakeCms(childTexts())
  undo.push(cms.stop)
  const keys = generateKeyRing()
  const addresses = { cmsUrl: cms.url, lineApiUrl: sandbox.url, smtpUrl: sandbox.smtpUrl }
  const secrets = { cmsApiKey: 'k'.repeat(24), keys, publicUrl: 'https://web.example' }
  const delivery = await openDeliveryHalf({ databaseUrl, ...addresses, ...secrets, now })
  undo.push(delivery.close)
  const env = {
    DATABASE_URL: testDatabaseUrl(),
    DELIVERY_DATABASE_URL: databaseUrl,
    KIZUNA_KEYS: keys,
    CMS_URL: cms.url,
    CMS_API_KEY: secrets.cmsApiKey,
    PUBLIC_URL: secrets.publicUrl,
    LINE_API_URL: sandbox.url,
    SMTP_URL: sandbox.smtpUrl,
    PAYLOAD_SECRET: 's'.repeat(32),
  }
  return { sandbox, delivery, env, db: client.db() }
}
