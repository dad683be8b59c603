import { localDayOf } from '../../src/stage/day'
import type { LineMessagePayload } from '../channel/channel'

import type { SandboxLine } from './line'
import type { SandboxChannel } from './lineState'
import type { SandboxMenu } from './menuState'
import type { MailReader, ReadMail } from './mailReader'
import type { SmtpSink } from './smtpSink'

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
  /** What stands under the talk; null without. */
  menu: SandboxMenu | null
}

/** A mail and its number in the sink. */
export interface ShownMail {
  number: number
  at: number
  mail: ReadMail
}

/** Most mails shown of one address. */
const MAX_MAILS = 30

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
    menu: channel ? state.menus.shown(channel.channelId) : null,
    bubbles: [...received, ...said].sort((a, b) => a.at - b.at),
  }
}

/** The account a person talks with: the last that wrote, else one they added, else the provider's. */
export function channelOf(line: SandboxLine, userId: string): SandboxChannel | null {
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
