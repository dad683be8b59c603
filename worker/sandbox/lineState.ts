import { createHash } from 'node:crypto'

import { localDayOf } from '../../src/stage/day'
import { LINE_RETRY_KEY_MS } from '../channel/lineApiLimits'
import type { LineMessagePayload } from '../channel/channel'

import type { Journal } from './journal'

/** A LINE account as the sandbox plays it. */
export interface SandboxChannel {
  channelId: string
  channelSecret: string
  /** User ids belong to one provider. */
  provider: string
  /** `@…` */
  basicId: string
  name: string
  /** Where signed webhooks go; null sends none. */
  webhookUrl: string | null
  /** Recipients a month; null is no limit. */
  monthlyLimit?: number | null
}

/** What a request that was taken asked for. */
export type LineEndpoint = 'multicast' | 'push' | 'reply'

/** One request the sandbox took. */
export interface AcceptedCall {
  at: number
  channelId: string
  endpoint: LineEndpoint
  to: string[]
  /** Those of `to` who had blocked the account: a silent 200. */
  blocked: string[]
  messagesHash: string
  retryKey: string | null
  requestId: string
}

/** A person on the sandbox's LINE. */
export interface SandboxFriend {
  userId: string
  provider: string
  name: string
  at: number
}

/** One line of the durable log; all state follows from it. */
export type LineEntry =
  | { type: 'channel'; channel: SandboxChannel }
  | { type: 'friend'; friend: SandboxFriend }
  | { type: 'link'; userId: string; channelId: string; at: number; isBlocked: boolean }
  | { type: 'content'; hash: string; messages: LineMessagePayload[] }
  | { type: 'accepted'; call: AcceptedCall }
  | { type: 'said'; at: number; channelId: string; userId: string; text: string }

/** Something a person wrote to an account. */
export type SaidEntry = Extract<LineEntry, { type: 'said' }>

/** State of the sandbox's LINE, rebuilt from its log on start. */
export interface LineState {
  readonly channels: ReadonlyMap<string, SandboxChannel>
  readonly friends: ReadonlyMap<string, SandboxFriend>
  readonly accepted: readonly AcceptedCall[]
  readonly said: readonly SaidEntry[]
  /** Requests that used a retry key again with another body: always a mistake of the sender. */
  readonly misusedKeys: string[]
  messagesOf(hash: string): LineMessagePayload[]
  isBlocked(channelId: string, userId: string): boolean
  /** Whether a person has added the account as a friend (blocked or not). */
  isLinked(channelId: string, userId: string): boolean
  record(entry: LineEntry): void
  /** Hash of messages, writing them to the log when they are new. */
  keepMessages(messages: LineMessagePayload[]): string
  /** The request that took a key within the last 24 hours. */
  findKey(channelId: string, retryKey: string): AcceptedCall | null
  /** Recipients counted for the channel: in a month `2026-11`, or by endpoint on a day. */
  countMonth(channelId: string, month: string): number
  countDay(channelId: string, key: { endpoint: LineEndpoint; day: string }): number
}

/** Builds the state from a journal and keeps both in step. */
export function createLineState(journal: Journal<LineEntry>, now: () => Date): LineState {
  const channels = new Map<string, SandboxChannel>()
  const friends = new Map<string, SandboxFriend>()
  const links = new Map<string, boolean>()
  const contents = new Map<string, LineMessagePayload[]>()
  const accepted: AcceptedCall[] = []
  const said: SaidEntry[] = []
  const keys = new Map<string, AcceptedCall>()
  const counts = new Map<string, number>()

  function apply(entry: LineEntry): void {
    switch (entry.type) {
      case 'channel':
        channels.set(entry.channel.channelId, entry.channel)
        break
      case 'friend':
        friends.set(entry.friend.userId, entry.friend)
        break
      case 'link':
        links.set(`${entry.channelId}:${entry.userId}`, entry.isBlocked)
        break
      case 'content':
        contents.set(entry.hash, entry.messages)
        break
      case 'said':
        said.push(entry)
        break
      case 'accepted':
        take(entry.call)
    }
  }

  function take(call: AcceptedCall): void {
    accepted.push(call)
    if (call.retryKey) keys.set(`${call.channelId}:${call.retryKey}`, call)
    const day = localDayOf(new Date(call.at)) // LINE counts days and months in UTC+9
    const people = call.to.length - call.blocked.length
    add(`${call.channelId}:${call.endpoint}:${day}`, people)
    if (call.endpoint !== 'reply') add(`${call.channelId}:${day.slice(0, 7)}`, people)
  }

  function add(key: string, people: number): void {
    counts.set(key, (counts.get(key) ?? 0) + people)
  }

  journal.replay(apply)
  const record = (entry: LineEntry) => {
    journal.append(entry)
    apply(entry)
  }
  return {
    channels,
    friends,
    accepted,
    said,
    record,
    misusedKeys: [],
    messagesOf: (hash) => contents.get(hash) ?? [],
    isBlocked: (channelId, userId) => links.get(`${channelId}:${userId}`) === true,
    isLinked: (channelId, userId) => links.has(`${channelId}:${userId}`),
    keepMessages(messages) {
      const hash = createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 32)
      if (!contents.has(hash)) record({ type: 'content', hash, messages })
      return hash
    },
    findKey(channelId, retryKey) {
      const call = keys.get(`${channelId}:${retryKey}`)
      return call && now().getTime() - call.at < LINE_RETRY_KEY_MS ? call : null
    },
    countMonth: (channelId, month) => counts.get(`${channelId}:${month}`) ?? 0,
    countDay: (channelId, { endpoint, day }) => counts.get(`${channelId}:${endpoint}:${day}`) ?? 0,
  }
}
