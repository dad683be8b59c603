import { once } from 'node:events'

import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

import type { FaultScript, MailTrouble } from './fault'
import type { Journal, Place } from './journal'

/** One mail the sink took. */
export interface AcceptedMail {
  at: number
  from: string
  /** Envelope recipients, without the quotes of carrier addresses. */
  to: string[]
  /** With angle brackets, as in the header. */
  messageId: string
}

/** A line of the sink's durable log. */
export interface MailEntry extends AcceptedMail {
  /** The message as it came, latin1. */
  raw: string
}

/** The one log-in name the sink refuses. */
export const REFUSED_USER = 'refused'

/** What the sink works on. */
export interface SmtpSinkOptions {
  port: number
  journal: Journal<MailEntry>
  faults: FaultScript<MailTrouble>
  now: () => Date
  onAccepted: () => void
}

/** A local SMTP server that takes every mail and keeps it. */
export interface SmtpSink {
  readonly url: string
  readonly accepted: readonly AcceptedMail[]
  /** The message of an accepted mail, as it came. */
  rawOf(mail: AcceptedMail): Buffer
  /** Drops all connections, as a relay does with idle ones. */
  hangUp(): void
  stop(): Promise<void>
}

/** Starts the sink on the loopback address; port 0 takes a free one. */
export async function startSmtpSink(options: SmtpSinkOptions): Promise<SmtpSink> {
  const { journal, faults, now } = options
  const accepted: AcceptedMail[] = []
  const places = new WeakMap<AcceptedMail, Place>()

  function keep(entry: MailEntry, place: Place): void {
    const { at, from, to, messageId } = entry
    const mail: AcceptedMail = { at, from, to, messageId }
    places.set(mail, place)
    accepted.push(mail)
  }
  journal.replay(keep)

  function take(raw: Buffer, session: SMTPServerSession): void {
    const { mailFrom, rcptTo } = session.envelope
    const entry: MailEntry = {
      at: now().getTime(),
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => unquote(address)),
      messageId: /^message-id:\s*(\S+)/im.exec(raw.subarray(0, 8192).toString('latin1'))?.[1] ?? '',
      raw: raw.toString('latin1'),
    }
    keep(entry, journal.append(entry))
    options.onAccepted()
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    lenientAddressParsing: true,
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 200,
    banner: 'kizuna sandbox',
    onAuth: ({ username = '' }, _session, done) =>
      username === REFUSED_USER
        ? done(refusal({ code: 535, message: '5.7.8 Authentication failed' }))
        : done(null, { user: username }),
    onRcptTo({ address }, session, done) {
      const trouble = faults.strike('', unquote(address))
      troubles.set(session, trouble)
      if (trouble?.kind === 'cutBeforeBody') return cut(session)
      if (trouble?.kind === 'answer' && trouble.stage !== 'data') return done(refusal(trouble))
      done()
    },
    onData(stream, session, done) {
      void readAll(stream).then((raw) => {
        const trouble = troubles.get(session) ?? null
        troubles.delete(session)
        if (trouble?.kind === 'answer') return done(refusal(trouble))
        if (trouble?.kind === 'cutAfterBody') return cut(session)
        const isTaken = trouble?.kind !== 'hang' || trouble.isTaken
        if (isTaken) take(raw, session)
        if (trouble?.kind === 'acceptThenCut') return cut(session)
        if (trouble?.kind === 'hang') return
        const queued = `2.0.0 Ok: queued as ${accepted.length.toString(16).padStart(10, '0')}`
        if (trouble?.kind === 'slow') return later(trouble.ms, () => done(null, queued))
        done(null, queued)
      }, abandoned)
    },
  })
  const troubles = new WeakMap<SMTPServerSession, MailTrouble | null>()
  const late = new Set<NodeJS.Timeout>()
  const later = (ms: number, answer: () => void) => {
    const timer = setTimeout(() => {
      late.delete(timer)
      answer()
    }, ms)
    late.add(timer)
  }
  const cut = (session: SMTPServerSession) => {
    for (const connection of server.connections as Iterable<SinkConnection>) {
      if (connection.session.id === session.id) connection._socket.destroy()
    }
  }
  const hangUp = () => {
    for (const connection of server.connections as Iterable<SinkConnection>) {
      connection._socket.destroy()
    }
  }
  server.on('error', () => undefined) // a client that goes away is no news
  server.listen(options.port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    rawOf: (mail) => {
      const place = places.get(mail)
      return Buffer.from(place ? journal.read(place).raw : '', 'latin1')
    },
    hangUp,
    async stop() {
      late.forEach((timer) => clearTimeout(timer))
      hangUp()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface SinkConnection {
  session: SMTPServerSession
  _socket: { destroy(): void }
}

function refusal({ code, message }: { code: number; message: string }): Error {
  return Object.assign(new Error(message), { responseCode: code })
}

/** The client went away in the middle of a body: nothing was taken, and nobody waits for a word. */
const abandoned = () => undefined

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function unquote(address: string): string {
  return address.replace(/^"(.*)"@/, '$1@')
}
