// The delivery half's two programs in this process, each with its own connections, on one clock.
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

import { simpleParser } from 'mailparser'

import { generateKeyRing } from '../../src/secret/seal'
import { openDeliveryHalf } from '../../worker/app/deliveryHalf'
import { createSandbox } from '../../worker/sandbox/sandbox'
import { createService } from '../../worker/app/service'
import { startWebProgram } from '../../worker/app/webProgram'
import { testDatabaseUrl } from '../database'
import { startProgram, type Program } from '../worker/program'
import { ACCOUNT, type CmsServer } from './cmsServer'

interface OpenOptions {
  cms: Pick<CmsServer, 'url' | 'apiKey'>
  clock: { readonly now: Date }
}

/** Worker, web side and providers, as `npm start` puts them together. */
export async function openPrograms({ cms, clock }: OpenOptions) {
  const now = () => clock.now
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const webhookUrl = `${publicUrl}/line/${ACCOUNT.channelId}`
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    now,
    perSecond: null,
    channels: [{ ...ACCOUNT, webhookUrl }],
  })
  const logged: string[] = []
  const note = (...entry: unknown[]) => void logged.push(JSON.stringify(entry))
  const log = { info: note, warn: note, error: note }
  const alerts: { code: string; detail: Record<string, unknown> }[] = []
  const config = {
    databaseUrl: testDatabaseUrl(),
    keys: generateKeyRing(),
    publicUrl,
    now,
    cmsUrl: cms.url,
    cmsApiKey: cms.apiKey,
    lineApiUrl: sandbox.url,
    smtpUrl: sandbox.smtpUrl,
    linePerSecond: Infinity,
    onAlert: (code: string, detail: Record<string, unknown>) => void alerts.push({ code, detail }),
  }
  const delivery = await openDeliveryHalf(config)
  const webDelivery = await openDeliveryHalf(config)
  const service = createService({ delivery, log, onAlert: config.onAlert })
  const web = await startWebProgram({ delivery: webDelivery, port, publicUrl, log })

  let program: Program | null = null
  /** From now on a worker of its own lives by its own beat. */
  const start = async () => {
    program = await startProgram('worker', {
      DATABASE_URL: testDatabaseUrl(),
      DELIVERY_DATABASE_URL: config.databaseUrl,
      CMS_URL: cms.url,
      CMS_API_KEY: cms.apiKey,
      KIZUNA_KEYS: config.keys,
      LINE_API_URL: sandbox.url,
      SMTP_URL: sandbox.smtpUrl,
      PUBLIC_URL: publicUrl,
      PAYLOAD_SECRET: 's'.repeat(32),
    })
    if (!program.isReady) throw new Error('The worker did not start')
  }
  /** A tick, then everything that can be done now. */
  const work = async () => {
    await service.tick()
    await service.poll()
    await service.idle()
  }
  /** Welcomes that nobody has taken up yet. */
  const waiting = () => delivery.db.collection('welcomes').countDocuments()
  /** Mails in the order they were taken, as a mail program reads them. */
  const mailsTo = (address: string) =>
    Promise.all(
      sandbox.mail.accepted
        .filter(({ to }) => to.includes(address))
        .map((mail) => simpleParser(sandbox.mail.rawOf(mail))),
    )
  /** The words of all LINE messages somebody got, oldest first. */
  const linesTo = (userId: string) =>
    sandbox.line
      .accepted()
      .filter(({ to }) => to.includes(userId))
      .map((call) => JSON.stringify(sandbox.line.messagesOf(call)))
  const close = async () => {
    await web.stop()
    await service.drain()
    await program?.kill()
    await delivery.db.dropDatabase()
    await Promise.all([delivery.close(), webDelivery.close()])
    await sandbox.stop()
  }
  return {
    delivery,
    service,
    sandbox,
    alerts,
    /** What worker and web side have logged, a line an entry. */
    logged,
    publicUrl,
    start,
    work,
    waiting,
    mailsTo,
    linesTo,
    close,
    get: (path: string) => fetch(new URL(path, publicUrl)),
    post: (path: string, form: Record<string, string> = {}) =>
      fetch(new URL(path, publicUrl), {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
      }),
  }
}

/** The delivery half under test. */
export type Programs = Awaited<ReturnType<typeof openPrograms>>

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
