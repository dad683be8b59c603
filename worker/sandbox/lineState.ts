import { createHash } from 'node:crypto'

import { localDayOf } from '../../src/stage/day'
import { LINE_RETRY_KEY_MS } from '../channel/lineApiLimits'
import type { LineMessagePayload } from '../channel/channel'

import type { Journal } from './journal'
import { createMenuState, type MenuEntry, type MenuState } from './menuState'

/** A LINE Login channel as the sandbox plays it. */
export interface SandboxLogin {
  channelId: string
  channelSecret: string
  /** Where browsers may be sent back to. */
  callbackUrls: string[]
}

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
  /** The LINE Login channel of its provider; absent or null is none. */
  loginChannel?: SandboxLogin | null
}

/** What a request that was taken asked for. */
export type LineEndpoint = 'multicast' | 'push' | 'reply'

/** One request the sandbox took. */
export interface AcceptedCall {
  at: number
  channelId: string
  endpoint: LineEndpoint
  to: string[]
  /** Those of `to` who never get it, having blocked the account or by a fault: a silent 200. */
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
  | MenuEntry

/** Something a person wrote to an account. */
export type SaidEntry = Extract<LineEntry, { type: 'said' }>

/** State of the sandbox's LINE, rebuilt from its log on start. */
export interface LineState {
  readonly channels: ReadonlyMap<string, SandboxChannel>
  readonly friends: ReadonlyMap<string, SandboxFriend>
  readonly accepted: readonly AcceptedCall[]
  readonly said: readonly SaidEntry[]
  readonly menus: MenuState
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

/** What the log says so far. */
interface Memory {
  channels: Map<string, SandboxChannel>
  friends: Map<string, SandboxFriend>
  /** Whether somebody has blocked an account, by `channelId:userId`. */
  links: Map<string, boolean>
  contents: Map<string, LineMessagePayload[]>
  accepted: AcceptedCall[]
  said: SaidEntry[]
  menus: MenuState
  /** Requests by `channelId:retryKey`. */
  keys: Map<string, AcceptedCall>
  counts: Map<string, number>
}

/** Builds the state from a journal and keeps both in step. */
export function createLineState(journal: Journal<LineEntry>, now: () => Date): LineState {
  const memory = emptyMemory()
  const { channels, friends, links, contents, accepted, said, menus, keys, counts } = memory
  journal.replay((entry) => apply(memory, entry))
  const record = (entry: LineEntry) => {
    journal.append(entry)
    apply(memory, entry)
  }
  return {
    channels,
    friends,
    accepted,
    said,
    menus,
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

function emptyMemory(): Memory {
  return {
    channels: new Map(),
    friends: new Map(),
    links: new Map(),
    contents: new Map(),
    accepted: [],
    said: [],
    menus: createMenuState(),
    keys: new Map(),
    counts: new Map(),
  }
}

function apply(memory: Memory, entry: LineEntry): void {
  switch (entry.type) {
    case 'channel':
      memory.channels.set(entry.channel.channelId, entry.channel)
      break
    case 'friend':
      memory.friends.set(entry.friend.userId, entry.friend)
      break
    case 'link':
      memory.links.set(`${entry.channelId}:${entry.userId}`, entry.isBlocked)
      break
    case 'content':
      memory.contents.set(entry.hash, entry.messages)
      break
    case 'said':
      memory.said.push(entry)
      break
    case 'accepted':
      applyAccepted(memory, entry.call)
      break
    default:
      memory.menus.apply(entry)
  }
}

function applyAccepted({ accepted, keys, counts }: Memory, call: AcceptedCall): void {
  accepted.push(call)
  if (call.retryKey) keys.set(`${call.channelId}:${call.retryKey}`, call)
  const day = localDayOf(new Date(call.at)) // LINE counts days and months in UTC+9
  const people = call.to.length - call.blocked.length
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + people)
  add(`${call.channelId}:${call.endpoint}:${day}`)
  if (call.endpoint !== 'reply') add(`${call.channelId}:${day.slice(0, 7)}`)
}
