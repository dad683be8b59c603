import { Readable } from 'node:stream'

import DKIM from 'nodemailer/lib/dkim'
import SMTPPool from 'nodemailer/lib/smtp-pool'

import type { SmtpFailure } from './mailAnswer'

/** One raw message and its envelope. */
export interface RawMail {
  from: string
  to: string
  messageId: string
  /** Whole message with CRLF line ends. */
  raw: string
}

/** What became of a raw message. */
export type RawOutcome =
  { isTaken: true } | { isTaken: false; failure: SmtpFailure; isHandedOver: boolean }

/** Pooled connections to one relay. */
export interface MailPool {
  send(mail: RawMail): Promise<RawOutcome>
  verify(): Promise<boolean>
  close(): void
}

/** A key to sign with (RFC 6376). */
export interface DkimKey {
  domainName: string
  keySelector: string
  /** PEM. */
  privateKey: string
}

/** How the pool is opened. */
export interface MailPoolOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  smtpUrl: string
  maxConnections: number
  /** Silence after which a connection is given up. */
  socketTimeoutMs: number
  dkim?: DkimKey | null | undefined
}

/** Headers that are signed: nodemailer's own list lacks those of the one click and of complaints. */
export const DKIM_HEADERS = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Feedback-ID',
].join(':')

/**
 * Opens a pool that sends raw messages straight through nodemailer's SMTP pool, without its
 * composer. A stream of our own tells whether the body was handed over when a connection is lost;
 * once it was, the pool cannot send it a second time.
 */
export function createMailPool(options: MailPoolOptions): MailPool {
  const { smtpUrl, maxConnections, socketTimeoutMs } = options
  const pool = new SMTPPool({
    url: smtpUrl,
    maxConnections,
    maxMessages: Infinity,
    maxRequeues: 1,
    socketTimeout: socketTimeoutMs,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    idleTimeout: 30_000,
  })
  pool.on('error', () => undefined) // each message has its own answer
  const sign = createSigner(options.dkim)
  return {
    send: (mail) => handOver(pool, mail, sign),
    verify: () =>
      pool.verify().then(
        () => true,
        () => false,
      ),
    close: () => pool.close(),
  }
}

function handOver(pool: SMTPPool, mail: RawMail, sign: Sign): Promise<RawOutcome> {
  const body = oneTimeBody(mail.raw, sign)
  const envelope = { from: mail.from, to: [mail.to] }
  const message = {
    getEnvelope: () => ({ ...envelope }),
    messageId: () => mail.messageId,
    getHeader: () => mail.messageId,
    createReadStream: body.createReadStream,
  }
  type PoolMail = Parameters<SMTPPool['send']>[0]
  return new Promise((resolve) => {
    // The types ask for a composed mail; the pool itself uses only these four of its functions.
    pool.send({ data: {}, message } as unknown as PoolMail, (error) => {
      resolve(
        error
          ? { isTaken: false, failure: error as SmtpFailure, isHandedOver: body.isHandedOver() }
          : { isTaken: true },
      )
    })
  })
}

type Sign = (input: Readable) => Readable

function createSigner(key: DkimKey | null | undefined): Sign {
  if (!key) return (input) => input
  const dkim = new DKIM({ ...key, headerFieldNames: DKIM_HEADERS })
  return (input) => dkim.sign(input)
}

/** A body that is read at most once; asked for again after that, it fails instead of repeating. */
function oneTimeBody(raw: string, sign: Sign) {
  let current: Readable | null = null
  let wasRead = false
  const isHandedOver = () => wasRead || current?.readableDidRead === true
  return {
    isHandedOver,
    createReadStream(): Readable {
      wasRead = isHandedOver()
      if (wasRead) return Readable.from(failing())
      current = sign(bytesOf(raw))
      return current
    },
  }
}

function bytesOf(raw: string): Readable {
  const body = Buffer.from(raw)
  return new Readable({
    read() {
      this.push(body)
      this.push(null)
    },
  })
}

// eslint-disable-next-line require-yield
async function* failing(): AsyncGenerator<Buffer> {
  throw new Error('This message was handed over already')
}
