import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'

import { LINE_MULTICASTS_PER_SECOND } from '../channel/lineApiLimits'

import { createFaultScript, type FaultScript, type LineTrouble, type MailTrouble } from './fault'
import { createInbox } from './inbox'
import { memoryJournal, openJournal } from './journal'
import { createSandboxLine, type SandboxLine } from './line'
import type { LineEntry, SandboxChannel } from './lineState'
import { createControl } from './control'
import { serve, type Handler } from './serve'
import type { MailEntry } from './mailbox'
import { startSmtpSink, type SmtpSink } from './smtpSink'

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** Of the API and the inbox; 0 takes a free one. */
  port: number
  /** Of the SMTP sink; 0 takes a free one. */
  smtpPort: number
  /** Where the logs are kept; absent keeps them in memory. */
  folder?: string
  now: () => Date
  /** `now` is a practice clock: the inbox says so. @default false */
  isPracticeClock?: boolean
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
  const { now } = options
  const listeners = new Set<() => void>()
  const onChange = () => listeners.forEach((listener) => listener())
  const faults = {
    line: createFaultScript<LineTrouble>(),
    mail: createFaultScript<MailTrouble>(),
  }
  const journals = openJournals(options.folder)
  const line = createSandboxLine({
    journal: journals.line,
    faults: faults.line,
    now,
    perSecond: options.perSecond === undefined ? LINE_MULTICASTS_PER_SECOND : options.perSecond,
    onChange,
    strangers: options.strangers ?? 'friend',
    clock: options.clock ?? (() => performance.now()),
  })
  for (const channel of options.channels ?? []) line.addChannel(channel)
  const mail = await startSmtpSink({
    port: options.smtpPort,
    journal: journals.mail,
    faults: faults.mail,
    now,
    onAccepted: onChange,
  })
  const practiceNow = options.isPracticeClock ? now : null
  const inbox = createInbox({ line, mail, listeners, practiceNow })
  const server = await listen(options.port, [
    line.answer,
    createControl({ line, mail, faults }),
    inbox.answer,
  ])
  return {
    url: `http://127.0.0.1:${server.port}`,
    smtpUrl: mail.url,
    line,
    mail,
    faults,
    until: (isReached) => until(listeners, isReached),
    async stop() {
      line.stop()
      inbox.stop()
      await Promise.all([mail.stop(), server.stop()])
      journals.line.close()
      journals.mail.close()
    },
  }
}

function openJournals(folder: string | undefined) {
  return folder
    ? {
        line: openJournal<LineEntry>(join(folder, 'line.ndjson')),
        mail: openJournal<MailEntry>(join(folder, 'mail.ndjson')),
      }
    : { line: memoryJournal<LineEntry>(), mail: memoryJournal<MailEntry>() }
}

async function listen(port: number, handlers: Handler[]) {
  const server = createServer((request, response) => void serve(request, response, handlers))
  server.keepAliveTimeout = 60_000
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' ? address?.port : port,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
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
