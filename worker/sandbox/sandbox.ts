import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'

import { LINE_MAX_BODY_BYTES, LINE_MULTICASTS_PER_SECOND } from '../channel/lineApiLimits'
import { createFaultScript, type FaultScript, type LineTrouble, type MailTrouble } from './fault'
import { createInbox } from './inbox'
import { memoryJournal, openJournal } from './journal'
import { createSandboxLine, type SandboxLine } from './line'
import type { ApiAnswer, ApiRequest } from './apiAnswer'
import type { LineEntry, SandboxChannel } from './lineState'
import { createControl } from './control'
import { startSmtpSink, type MailEntry, type SmtpSink } from './smtpSink'

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** Of the API and the inbox; 0 takes a free one. */
  port: number
  /** Of the SMTP sink; 0 takes a free one. */
  smtpPort: number
  /** Where the logs are kept; absent keeps them in memory. */
  folder?: string
  now: () => Date
  channels?: SandboxChannel[]
  /** Multicasts a second and channel; null is no limit. Default: the vendor's 200. */
  perSecond?: number | null
  /** Well-formed LINE ids nobody knows: shown as friends (default), or refused as foreign. */
  strangers?: 'friend' | 'refuse'
  /** Milliseconds for the rate limit; default the process's monotonic clock. */
  clock?: () => number
}

/** A running sandbox: a LINE API, an SMTP sink and an inbox page on the loopback address. */
export interface Sandbox {
  /** Origin of the API and address of the inbox. */
  readonly url: string
  readonly smtpUrl: string
  readonly line: SandboxLine
  readonly mail: SmtpSink
  readonly faults: { line: FaultScript<LineTrouble>; mail: FaultScript<MailTrouble> }
  /** Resolves when `isReached` holds, looking again after every change. */
  until(isReached: () => boolean): Promise<void>
  stop(): Promise<void>
}

/** Starts a sandbox; with a folder, everything it took before is there again. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, now, perSecond = LINE_MULTICASTS_PER_SECOND } = options
  const listeners = new Set<() => void>()
  const onChange = () => listeners.forEach((listener) => listener())
  const faults = {
    line: createFaultScript<LineTrouble>(),
    mail: createFaultScript<MailTrouble>(),
  }
  const lineJournal = folder
    ? openJournal<LineEntry>(join(folder, 'line.ndjson'))
    : memoryJournal<LineEntry>()
  const mailJournal = folder
    ? openJournal<MailEntry>(join(folder, 'mail.ndjson'))
    : memoryJournal<MailEntry>()
  const line = createSandboxLine({
    journal: lineJournal,
    faults: faults.line,
    now,
    perSecond,
    onChange,
    strangers: options.strangers ?? 'friend',
    clock: options.clock ?? (() => performance.now()),
  })
  for (const channel of options.channels ?? []) line.addChannel(channel)
  const mail = await startSmtpSink({
    port: options.smtpPort,
    journal: mailJournal,
    faults: faults.mail,
    now,
    onAccepted: onChange,
  })
  const inbox = createInbox({ line, mail, listeners })
  const control = createControl({ line, mail, faults })
  const server = createServer((request, response) => {
    void serve(request, response, [line.answer, control, inbox.answer])
  })
  server.keepAliveTimeout = 60_000
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : options.port
  return {
    url: `http://127.0.0.1:${port}`,
    smtpUrl: mail.url,
    line,
    mail,
    faults,
    until: (isReached) => until(listeners, isReached),
    async stop() {
      line.stop()
      inbox.stop()
      server.closeAllConnections()
      await Promise.all([mail.stop(), new Promise((resolve) => server.close(resolve))])
      lineJournal.close()
      mailJournal.close()
    },
  }
}

type Handler = (
  request: ApiRequest,
  response: ServerResponse,
) => ApiAnswer | 'streaming' | null | Promise<ApiAnswer | 'streaming' | null>

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  handlers: Handler[],
): Promise<void> {
  try {
    const request = await readRequest(incoming)
    for (const handle of handlers) {
      const answer = await handle(request, response)
      if (answer) return respond(answer, incoming, response)
    }
    respond({ status: 404, body: { message: 'Not found' } }, incoming, response)
  } catch {
    if (!response.headersSent) {
      respond({ status: 500, body: { message: 'The sandbox failed' } }, incoming, response)
    }
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length
    if (size <= LINE_MAX_BODY_BYTES + 1) chunks.push(chunk as Buffer)
  }
  const isTooLarge = size > LINE_MAX_BODY_BYTES
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
    headers: incoming.headers,
    body: isTooLarge ? Buffer.alloc(LINE_MAX_BODY_BYTES + 1) : Buffer.concat(chunks),
  }
}

function respond(
  answer: ApiAnswer | 'streaming',
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  if (answer === 'hang' || answer === 'streaming') return
  if (answer === 'cut') {
    incoming.socket.destroy()
    return
  }
  const { status, headers = {}, body, afterMs } = answer
  if (afterMs !== undefined) {
    const late = setTimeout(() => respond({ status, headers, body }, incoming, response), afterMs)
    response.once('close', () => clearTimeout(late))
    return
  }
  const isText = typeof body === 'string'
  const text = isText ? body : JSON.stringify(body ?? {})
  const contentType = isText ? 'text/html; charset=utf-8' : 'application/json'
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

function until(listeners: Set<() => void>, isReached: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isReached()) return
      listeners.delete(look)
      resolve()
    }
    listeners.add(look)
    look()
  })
}
