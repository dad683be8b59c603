import { once } from 'node:events'

import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server'

import type { FaultScript, MailTrouble } from './fault'
import type { Journal } from './journal'
import { openMailbox, unquote, type AcceptedMail, type Mailbox, type MailEntry } from './mailbox'

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

const SERVER_OPTIONS: SMTPServerOptions = {
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
}

/** Starts the sink on the loopback address; port 0 takes a free one. */
export async function startSmtpSink(options: SmtpSinkOptions): Promise<SmtpSink> {
  const { faults, port } = options
  const mailbox = openMailbox(options)
  const late = new Set<NodeJS.Timeout>()
  const work: SinkWork = {
    faults,
    mailbox,
    late,
    troubles: new WeakMap(),
    cut: (session) => hangUp(server, (connection) => connection.session.id === session.id),
  }
  const server = new SMTPServer({
    ...SERVER_OPTIONS,
    onConnect: (session, done) => greet(work, session, done),
    onMailFrom: ({ address }, session, done) => takeSender(work, { address, session }, done),
    onRcptTo: ({ address }, session, done) =>
      takeRecipient(work, { address: unquote(address), session }, done),
    onData: (stream, session, done) => void takeBody(work, { stream, session }, done),
  })
  server.on('error', () => undefined) // a client may go away at any time
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${portOf(server)}`,
    accepted: mailbox.accepted,
    rawOf: (mail) => mailbox.rawOf(mail),
    hangUp: () => hangUp(server),
    async stop() {
      late.forEach((timer) => clearTimeout(timer))
      hangUp(server)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface SinkWork {
  faults: FaultScript<MailTrouble>
  mailbox: Mailbox
  /** What strikes the mail a session is sending, decided at its recipient. */
  troubles: WeakMap<SMTPServerSession, MailTrouble | null>
  /** Answers that are held for a while. */
  late: Set<NodeJS.Timeout>
  /** Cuts a session's connection without an answer. */
  cut: (session: SMTPServerSession) => void
}

function greet({ faults, cut }: SinkWork, session: SMTPServerSession, done: () => void): void {
  const trouble = faults.strike('connect', session.remoteAddress)
  if (trouble?.kind === 'cutAtConnect') return cut(session)
  if (trouble?.kind !== 'mute') done()
}

function takeSender(
  { faults, cut }: SinkWork,
  { address, session }: { address: string; session: SMTPServerSession },
  done: () => void,
): void {
  const trouble = faults.strike('mail', address)
  if (trouble?.kind === 'cutAtMail') return cut(session)
  done()
}

function takeRecipient(
  { faults, troubles, cut }: SinkWork,
  { address, session }: { address: string; session: SMTPServerSession },
  done: (error?: Error | null) => void,
): void {
  const trouble = faults.strike('', address)
  troubles.set(session, trouble)
  if (trouble?.kind === 'cutBeforeBody') return cut(session)
  if (trouble?.kind === 'answer' && trouble.stage !== 'data') return done(refusal(trouble))
  done()
}

async function takeBody(
  { mailbox, troubles, late, cut }: SinkWork,
  { stream, session }: { stream: SMTPServerDataStream; session: SMTPServerSession },
  done: (error?: Error | null, message?: string) => void,
): Promise<void> {
  if (troubles.get(session)?.kind === 'cutInBody') {
    return void setImmediate(() => cut(session)) // the client was told to go on, and does
  }
  const raw = await readAll(stream).catch(() => null)
  if (!raw) return // the client went away in the middle of a body: nothing was taken
  const trouble = troubles.get(session) ?? null
  troubles.delete(session)
  if (trouble?.kind === 'answer') return done(refusal(trouble))
  if (trouble?.kind === 'cutAfterBody') return cut(session)
  const isTaken = trouble?.kind !== 'hang' || trouble.isTaken
  if (isTaken) mailbox.take(raw, session.envelope)
  if (trouble?.kind === 'acceptThenCut') return cut(session)
  if (trouble?.kind === 'hang') return
  const queued = `2.0.0 Ok: queued as ${mailbox.accepted.length.toString(16).padStart(10, '0')}`
  if (trouble?.kind === 'slow') return answerLater(late, trouble.ms, () => done(null, queued))
  done(null, queued)
}

function answerLater(late: Set<NodeJS.Timeout>, ms: number, answer: () => void): void {
  const timer = setTimeout(() => {
    late.delete(timer)
    answer()
  }, ms)
  late.add(timer)
}

interface SinkConnection {
  session: SMTPServerSession
  _socket: { destroy(): void }
}

/** Cuts the chosen connections, or all of them. */
function hangUp(server: SMTPServer, isMeant: (connection: SinkConnection) => boolean = () => true) {
  for (const connection of server.connections as Iterable<SinkConnection>) {
    if (isMeant(connection)) connection._socket.destroy()
  }
}

function portOf({ server }: SMTPServer): number {
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

function refusal({ code, message }: { code: number; message: string }): Error {
  return Object.assign(new Error(message), { responseCode: code })
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
