import { localDayOf } from '../../src/stage/day'
import type { LineMessagePayload } from '../channel/channel'

import type { SandboxLine } from './line'
import type { SandboxChannel } from './lineState'
import type { MailReader, ReadMail } from './mailReader'
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

/** One bubble of a conversation. */
export interface Bubble {
  at: number
  side: 'account' | 'person'
  messages: LineMessagePayload[]
}

/** What one person and one account said to each other. */
export interface Conversation {
  userId: string
  name: string
  channel: SandboxChannel | null
  isBlocked: boolean
  bubbles: Bubble[]
}

/** A mail and its number in the sink. */
export interface ShownMail {
  number: number
  at: number
  mail: ReadMail
}

/** Most rows of the list; older ones are found by searching. */
export const MAX_READERS = 200

/** Most mails shown of one address. */
const MAX_MAILS = 30

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

function lineReaders(line: SandboxLine, isWanted: IsWanted): InboxReader[] {
  const { state } = line
  const found = new Map<string, InboxReader>()
  const calls = line.accepted()
  for (let index = calls.length - 1; index >= 0 && found.size < MAX_READERS; index -= 1) {
    const call = calls[index]
    if (!call) continue
    const from = state.channels.get(call.channelId)?.name ?? call.channelId
    const latest = summaryOf(line.messagesOf(call))
    for (const id of call.to) {
      if (found.has(id) || call.blocked.includes(id)) continue
      const name = nameOf(line, id)
      if (isWanted(id, name, from))
        found.set(id, { kind: 'line', id, name, from, at: call.at, latest })
    }
  }
  for (const { userId: id, name, at } of state.friends.values()) {
    if (found.has(id) || !isWanted(id, name)) continue
    const from = channelOf(line, id)?.name ?? ''
    found.set(id, { kind: 'line', id, name, from, at, latest: 'まだ届いていません' })
  }
  return [...found.values()]
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

/** A person's name; ids from the sample import have none, so a part of the id stands for it. *Pure.* */
export function nameOf({ state }: SandboxLine, userId: string): string {
  return state.friends.get(userId)?.name ?? `読者 ${userId.slice(1, 9)}`
}

/** The conversation of one person, of all days or of one (`2026-11-23`, Japan). */
export function conversationOf(line: SandboxLine, userId: string, date: string): Conversation {
  const { state } = line
  const channel = channelOf(line, userId)
  const isShown = (at: number) => date === '' || localDayOf(new Date(at)) === date
  const received = line
    .accepted()
    .filter(
      (call) => call.to.includes(userId) && !call.blocked.includes(userId) && isShown(call.at),
    )
    .map((call): Bubble => ({ at: call.at, side: 'account', messages: line.messagesOf(call) }))
  const said = state.said
    .filter((entry) => entry.userId === userId && isShown(entry.at))
    .map(({ at, text }): Bubble => {
      return { at, side: 'person', messages: [{ type: 'text', text }] }
    })
  return {
    userId,
    name: nameOf(line, userId),
    channel,
    isBlocked: channel ? state.isBlocked(channel.channelId, userId) : false,
    bubbles: [...received, ...said].sort((a, b) => a.at - b.at),
  }
}

/** The account a person talks with: the last that wrote, else one they added, else the provider's. */
function channelOf(line: SandboxLine, userId: string): SandboxChannel | null {
  const { state } = line
  const last = line.accepted().findLast(({ to }) => to.includes(userId))
  if (last) return state.channels.get(last.channelId) ?? null
  const channels = [...state.channels.values()]
  const provider = state.friends.get(userId)?.provider
  return (
    channels.find(({ channelId }) => state.isLinked(channelId, userId)) ??
    channels.find((channel) => channel.provider === provider) ??
    null
  )
}

interface MailsOptions {
  mail: SmtpSink
  mails: MailReader
  query: { mail: string | null; date: string }
}

/** The mails of one address, the latest first, of all days or of one. */
export async function mailsOf({ mail, mails, query }: MailsOptions): Promise<ShownMail[]> {
  const address = query.mail ?? ''
  const found = mail.accepted
    .map((one, number) => ({ one, number }))
    .filter(({ one }) => one.to.includes(address))
    .filter(({ one }) => query.date === '' || localDayOf(new Date(one.at)) === query.date)
    .slice(-MAX_MAILS)
    .reverse()
  return Promise.all(
    found.map(async ({ one, number }) => ({ number, at: one.at, mail: await mails.read(one) })),
  )
}

function summaryOf(messages: LineMessagePayload[]): string {
  const [first] = messages as { text?: string; altText?: string }[]
  return (first?.text ?? first?.altText ?? '').slice(0, 80)
}
