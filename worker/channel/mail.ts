import { parseAddress } from '../../src/release/mailAddress'
import type { ReaderLinks } from '../../src/release/readerLinks'
import { createLimiter, type Limiter } from '../concurrency/limiter'
import type { MailChannel, MailPayload, OutgoingMail, Receipt, SingleMail } from './channel'
import { refusedDrillMail, type DrillGuard } from './drillGuard'
import { readSmtpFailure } from './mailAnswer'
import { createMailPool, type DkimKey, type MailPool } from './mailPool'
import { buildMailTemplate, type MailSubstitutes, type MailTemplate } from './mailTemplate'

/** Default open connections: the shape that was measured fastest with two alternating groups. */
export const MAIL_CONNECTIONS = 50

/** Silence after which a connection is given up. */
const SOCKET_TIMEOUT_MS = 60_000

/** Payloads whose template is kept; a run sends few different ones at a time. */
const MAX_TEMPLATES = 500

/** What a mail channel needs. */
export interface MailChannelOptions extends DrillGuard {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  smtpUrl: string
  now: () => Date
  /** @default {@link MAIL_CONNECTIONS} */
  maxConnections?: number | undefined
  /** Silence after which a connection is given up. @default 60 s */
  socketTimeoutMs?: number
  /** What mails are signed with; none when the relay signs them. */
  dkim?: DkimKey | null | undefined
}

/** Sends mail through one relay with pooled connections and one raw template a payload. */
export function createMailChannel(options: MailChannelOptions): MailChannel {
  const { smtpUrl, now, maxConnections = MAIL_CONNECTIONS, dkim } = options
  const { socketTimeoutMs = SOCKET_TIMEOUT_MS } = options
  const pool = createMailPool({ smtpUrl, maxConnections, socketTimeoutMs, dkim })
  const deps: Deps = {
    pool,
    now,
    isPractice: options.isPractice,
    templateOf: rememberTemplates(),
    inFlight: createLimiter(2 * maxConnections), // nodemailer's own queue has no bound
  }
  return {
    maxConnections,
    send: (mails) => Promise.all(mails.map((mail) => send(deps, mail))),
    sendOne: (mail) => send(deps, { id: mail.id, to: mail.to, payload: payloadOf(mail) }),
    verify: () => pool.verify(),
    close: async () => pool.close(),
  }
}

interface Deps extends DrillGuard {
  pool: MailPool
  now: () => Date
  templateOf: (payload: MailPayload) => MailTemplate | null
  inFlight: Limiter
}

async function send(deps: Deps, mail: OutgoingMail | UnlistedMail): Promise<Receipt> {
  const to = parseAddress(mail.to)
  if (!to) return rejected('bad-address', true)
  const links = linksOf(mail)
  if (links && !Object.values(links).every(isSafeUrl)) return rejected('bad-link', false)
  const drill = refusedDrillMail(deps, mail.payload)
  if (drill) return drill
  const template = deps.templateOf(mail.payload)
  if (!template) return { ...rejected('bad-sender', false), stop: 'content' as const }
  const messageId = messageIdOf(mail.id, template.from)
  const returnPath = 'returnPath' in mail ? mail.returnPath : undefined
  return handOver(deps, template, {
    to,
    messageId,
    date: deps.now(),
    ...(links && { links }),
    ...(returnPath && { returnPath }),
  })
}

async function handOver(
  { pool, inFlight }: Deps,
  template: MailTemplate,
  own: MailSubstitutes,
): Promise<Receipt> {
  const { to, messageId, returnPath: from = template.from } = own
  const raw = template.fill(own)
  const outcome = await inFlight(() => pool.send({ from, to: to.wire, messageId, raw }))
  if (outcome.isTaken) return { status: 'accepted' }
  const { failure, isHandedOver } = outcome
  return readSmtpFailure(failure, { isHandedOver, domain: to.domain })
}

/** A mail that nobody subscribed to has no links of a reader. */
type UnlistedMail = Omit<OutgoingMail, keyof ReaderLinks | 'returnPath'>

function linksOf(mail: OutgoingMail | UnlistedMail): ReaderLinks | null {
  if (!('unsubscribeUrl' in mail)) return null
  const { unsubscribeUrl, myPageUrl } = mail
  return { unsubscribeUrl, myPageUrl }
}

function rejected(code: string, isAddressFault: boolean): Extract<Receipt, { status: 'rejected' }> {
  return { status: 'rejected', code, isAddressFault }
}

function payloadOf({ id, subject, text, html = '', from }: SingleMail): MailPayload {
  return { hash: `single:${id}`, subject, text, html, from }
}

/**
 * Stable Message-ID of a delivery inside the sender's domain, so that a relay or a reader's client
 * can recognise a repeat. *Pure.*
 */
export function messageIdOf(id: string, from: string): string {
  return `${messageName(id)}@${from.slice(from.lastIndexOf('@') + 1)}`
}

/** The part of a delivery's Message-ID before the sender's domain. *Pure.* */
export function messageName(id: string): string {
  return Buffer.from(id).toString('base64url')
}

function isSafeUrl(url: string): boolean {
  return /^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+$/.test(url)
}

/** Builds each payload's template once and keeps the latest ones. */
function rememberTemplates(): (payload: MailPayload) => MailTemplate | null {
  const kept = new Map<string, MailTemplate>()
  return (payload) => {
    const key = `${payload.hash}\n${payload.from.name}\n${payload.from.address}`
    const known = kept.get(key)
    if (known) return known
    try {
      const built = buildMailTemplate(payload)
      if (kept.size >= MAX_TEMPLATES) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, built)
      return built
    } catch {
      return null
    }
  }
}
