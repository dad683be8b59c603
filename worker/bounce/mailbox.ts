import { ImapFlow } from 'imapflow'

import { isLoopbackHost } from '../../src/config/clock'
import { withTimeout } from '../concurrency/withTimeout'
import type { Returned } from './report'

/** Takes one mail in that came back; fails when it has to be brought again. */
export type TakeReturned = (returned: Returned) => Promise<unknown>

/** So much of a message is read: a report is short, what it brings back may be long. */
export const MOST_BYTES = 1024 * 1024

/** Messages that are read in one go; the others wait for the next. */
const MOST_AT_ONCE = 50

/** A reading of the mailbox is given up after that, wherever it hangs. */
const READING_MS = 60_000

const CONNECT_MS = 10_000
const SILENCE_MS = 20_000

interface MailboxOptions {
  /** `imaps://user:password@host:port/folder`; `imap:` goes on with STARTTLS, but on this machine. */
  url: string
  take: TakeReturned
  /** @default {@link READING_MS} */
  readingMs?: number
  /** @default {@link MOST_AT_ONCE} */
  mostAtOnce?: number
}

/**
 * Reads a mailbox where mails come back (IMAP, RFC 9051): takes in what is unseen, the oldest first, and
 * marks it seen once it was taken. What fails stays unseen, and is read again the next time.
 */
export function createBounceMailbox(options: MailboxOptions) {
  return {
    /**
     * Reads some; gives how many were taken.
     *
     * @throws what the server says, or the first message that could not be taken.
     */
    readSome: async (): Promise<number> => {
      const client = openClient(options.url)
      const { readingMs = READING_MS } = options
      try {
        return await withTimeout(readSome(client, options), readingMs, 'ETIMEDOUT')
      } finally {
        client.close()
      }
    },
  }
}

/** Reads a mailbox. */
export type BounceMailbox = ReturnType<typeof createBounceMailbox>

function openClient(url: string): ImapFlow {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'imaps:'
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 993 : 143)),
    secure,
    ...(!secure && !isLoopbackHost(hostname) && { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  })
  client.on('error', () => undefined) // what is awaited fails, too
  return client
}

async function readSome(
  client: ImapFlow,
  { url, take, mostAtOnce = MOST_AT_ONCE }: MailboxOptions,
): Promise<number> {
  await client.connect()
  await client.mailboxOpen(folderOf(url))
  const unseen = (await client.search({ seen: false }, { uid: true })) || []
  const uids = unseen.toSorted((one, other) => one - other).slice(0, mostAtOnce)
  for (const uid of uids) await takeMessage(client, uid, take)
  await client.logout()
  return uids.length
}

async function takeMessage(client: ImapFlow, uid: number, take: TakeReturned): Promise<void> {
  const range = String(uid)
  const source = { start: 0, maxLength: MOST_BYTES }
  const message = await client.fetchOne(range, { source }, { uid: true })
  if (message && message.source) await take({ raw: message.source })
  await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
}

function folderOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX'
}
