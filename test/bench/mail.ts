import nodemailer from 'nodemailer'

import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { MAIL_CONNECTIONS } from '../../worker/channel/mail'
import { parseAddress } from '../../src/release/mailAddress'
import { buildMailTemplate } from '../../worker/channel/mailTemplate'
import { forEachAtOnce } from '../../worker/concurrency/limiter'
import { ledgerCollections } from '../../worker/ledger/collections'
import type { StoredPayload } from '../../worker/ledger/documents'
import { addOnReleases, codes, municipality, range, textReleases } from './fixtures'
import { hold, openWorker, type Host, type SandboxProcess } from './host'
import { evenFamilies, populate } from './population'
import { summarize, type Pair } from './meter'
import { breathe, dayOf, openHours, planRuns, requestRuns, sendRuns, type Towns } from './runs'

/**
 * Mail with in-flight marks before and outcomes after each group, against nodemailer's own pool
 * with as many connections, sending raw messages of the same size.
 */
export async function benchMail(host: Host) {
  const rounds: number = host.isQuick ? 1 : 5
  const own = codes(host.isQuick ? 1 : 2)
  const sandbox = await host.startSandbox({ isLimited: false })
  const delivery = await openTowns(host, { sandbox, own, rounds })
  const results: Pair[] = []
  for (const at of range(0, rounds)) {
    host.progress(`mail: round ${at} of ${rounds} (0 warms up)`)
    const result = await measureRound({ host, delivery, sandbox, own }, at)
    if (at > 0) results.push(result)
  }
  await delivery.close()
  await sandbox.stop()
  return { connections: MAIL_CONNECTIONS, ...summarize(results), aim: { ratio: 0.8 } }
}

interface TownsInput {
  sandbox: SandboxProcess
  own: string[]
  rounds: number
}

async function openTowns(host: Host, { sandbox, own, rounds }: TownsInput): Promise<DeliveryHalf> {
  const delivery = await openWorker(host, { name: 'mail', sandbox })
  const municipalities = own.map((code) => municipality(code, { lineAccount: null }))
  const releases = [...textReleases(), ...addOnReleases(own)]
  await hold(delivery, { releases, municipalities, accounts: [] })
  const families = evenFamilies(host.isQuick ? 1 : 8, 'mail', rounds)
  for (const code of own) {
    const { db, ring } = delivery
    await populate({ db, ring, municipality: code, provider: '', today: dayOf(0) }, families)
  }
  return delivery
}

interface RoundInput extends Towns {
  host: Host
  sandbox: SandboxProcess
}

async function measureRound({ host, sandbox, ...towns }: RoundInput, at: number): Promise<Pair> {
  const date = dayOf(at)
  await requestRuns(towns, date)
  await planRuns(towns, date)
  const raws = await rawsOf(towns.delivery, date)
  await breathe()
  const bare = await host.measure(() => bareMailLoop(sandbox, raws))
  await openHours(towns, date)
  await breathe()
  const before = await sandbox.counts()
  const own = await host.measure(() => sendRuns(towns, date))
  const count = (await sandbox.counts()).mail - before.mail
  if (count !== raws.length) throw new Error(`${count} mails instead of ${raws.length}`)
  return { count, bare, own }
}

/** One mail of the bare loop. */
export interface RawMail {
  from: string
  to: string
  raw: string
}

/** What our mails carry, with other recipients: the bare loop sends the same. */
export async function rawsOf({ db }: DeliveryHalf, date: string): Promise<RawMail[]> {
  const { batches, payloads } = ledgerCollections(db)
  const planned = await batches.find({ date, channel: 'mail' }).toArray()
  const texts = await payloads.find({ _id: { $in: planned.map((one) => one.payload) } }).toArray()
  const bySample = new Map(texts.map((payload) => [payload._id, sampleOf(payload)]))
  return planned.flatMap(({ payload, recipients }) =>
    recipients.map((_id, at) => ({
      from: 'bare@sender.example',
      to: `bare${at}@family.example`,
      raw: bySample.get(payload) ?? '',
    })),
  )
}

function sampleOf(payload: StoredPayload): string {
  if (payload.channel !== 'mail') return ''
  const from = { name: '見本市 子育て便り', address: 'bare@sender.example' }
  const to = parseAddress('bare@family.example')
  if (!to) throw new Error('Not an address')
  const { pictures: _, ...mail } = payload.mail // the bench's texts have none
  return buildMailTemplate({ hash: payload._id, ...mail, from }).fill({
    to,
    messageId: 'bare@sender.example',
    date: new Date(),
    links: {
      unsubscribeUrl: `https://web.example/u/${'x'.repeat(110)}`,
      myPageUrl: `https://web.example/me/${'x'.repeat(125)}`,
    },
  })
}

/** At most two mails for each connection in nodemailer's queue, which has no bound of its own. */
export async function bareMailLoop({ smtpUrl }: SandboxProcess, raws: RawMail[]): Promise<void> {
  const pool = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    maxMessages: Infinity,
  })
  await forEachAtOnce(raws, 2 * MAIL_CONNECTIONS, async ({ from, to, raw }) => {
    await pool.sendMail({ envelope: { from, to }, raw })
  })
  pool.close()
}
