import { shorten } from '../../src/release/graphemes'
import type { LineMessagePayload } from '../channel/channel'

import { channelOf, nameOf } from './conversation'
import type { SandboxLine } from './line'
import type { AcceptedCall } from './lineState'
import type { MailReader } from './mailReader'
import type { AcceptedMail } from './mailbox'
import type { SmtpSink } from './smtpSink'

/** A row of the list: one person on LINE, or one mail address. */
export interface InboxReader {
  kind: 'line' | 'mail'
  /** User id or address. */
  id: string
  name: string
  /** Name of the account, or of the sender. */
  from: string
  at: number
  /** Start of the latest message. */
  latest: string
}

/** Most rows of the list; older ones are found by searching. */
export const MAX_READERS = 200

interface ReadersOptions {
  line: SandboxLine
  mail: SmtpSink
  mails: MailReader
  search: string
}

/** The people and addresses something arrived for, the latest first. */
export async function latestReaders(options: ReadersOptions): Promise<InboxReader[]> {
  const wanted = options.search.trim().toLowerCase()
  const isWanted = (...texts: string[]) =>
    wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted))
  const onLine = lineReaders(options.line, isWanted)
  const byMail = await mailReaders(options, isWanted)
  return [...onLine, ...byMail].sort((a, b) => b.at - a.at).slice(0, MAX_READERS)
}

type IsWanted = (...texts: string[]) => boolean

/** Who got something, the latest first, then the friends who got nothing yet. */
function lineReaders(line: SandboxLine, isWanted: IsWanted): InboxReader[] {
  const found = new Map<string, InboxReader>()
  const calls = line.accepted()
  for (let index = calls.length - 1; index >= 0 && found.size < MAX_READERS; index -= 1) {
    for (const reader of reachedBy(line, calls[index])) {
      const { id, name, from } = reader
      if (!found.has(id) && isWanted(id, name, from)) found.set(id, reader)
    }
  }
  for (const { userId: id, name, at } of line.state.friends.values()) {
    if (found.has(id) || !isWanted(id, name)) continue
    const from = channelOf(line, id)?.name ?? ''
    found.set(id, { kind: 'line', id, name, from, at, latest: 'まだ届いていません' })
  }
  return [...found.values()]
}

function reachedBy(line: SandboxLine, call: AcceptedCall | undefined): InboxReader[] {
  if (!call) return []
  const from = line.state.channels.get(call.channelId)?.name ?? call.channelId
  const latest = summaryOf(line.messagesOf(call))
  return call.to
    .filter((id) => !call.blocked.includes(id))
    .map((id) => ({ kind: 'line', id, name: nameOf(line, id), from, at: call.at, latest }))
}

async function mailReaders({ mail, mails }: ReadersOptions, isWanted: IsWanted) {
  const latest = new Map<string, AcceptedMail>()
  for (let index = mail.accepted.length - 1; index >= 0; index -= 1) {
    const one = mail.accepted[index]
    for (const address of one?.to ?? []) {
      if (one && !latest.has(address) && isWanted(address)) latest.set(address, one)
    }
    if (latest.size >= MAX_READERS) break
  }
  return Promise.all(
    [...latest].map(async ([id, one]): Promise<InboxReader> => {
      const { subject, fromName } = await mails.read(one)
      return { kind: 'mail', id, name: id, from: fromName, at: one.at, latest: subject }
    }),
  )
}

function summaryOf(messages: LineMessagePayload[]): string {
  const [first] = messages as { text?: string; altText?: string }[]
  return shorten(first?.text ?? first?.altText ?? '', 80)
}
