import { randomBytes } from 'node:crypto'

import type { LineMessagePayload } from '../channel/channel'
import type { FaultScript, LineTrouble } from './fault'
import type { Journal } from './journal'
import type { ApiAnswer, ApiRequest } from './apiAnswer'
import { createLineApi } from './lineApi'
import {
  createLineState,
  type AcceptedCall,
  type LineEntry,
  type LineState,
  type SandboxChannel,
  type SandboxFriend,
} from './lineState'
import { createSandboxTokens } from './issuedTokens'
import { createRateWindow, type RateWindow } from './rateWindow'
import { createReplyTokens } from './replyToken'
import { createWebhooks, type Webhooks } from './webhook'

/** The LINE side of the sandbox, as tests and the inbox use it. */
export interface SandboxLine {
  readonly state: LineState
  readonly rate: RateWindow
  readonly webhooks: Webhooks
  /** Every request that was taken, in order: the oracle of the chaos tests. */
  accepted(): readonly AcceptedCall[]
  messagesOf(call: AcceptedCall): LineMessagePayload[]
  /** Adds an account or changes one; a known provider of a channel cannot change. */
  addChannel(channel: SandboxChannel): void
  /** A new person adds the account as a friend; resolves after the webhook's first attempt. */
  befriend(channelId: string, name?: string): Promise<SandboxFriend>
  block(channelId: string, userId: string): Promise<void>
  unblock(channelId: string, userId: string): Promise<void>
  /** A person writes to the account. */
  say(channelId: string, userId: string, text: string): Promise<void>
  /** Ids that belong to another provider: requests with them are refused without an index. */
  markForeign(...userIds: string[]): void
  revokeTokens(): void
  /** Answers an API request; null when the path is not one. */
  answer(request: ApiRequest): ApiAnswer | null
  stop(): void
}

/** What the LINE side needs. */
export interface SandboxLineOptions {
  journal: Journal<LineEntry>
  faults: FaultScript<LineTrouble>
  now: () => Date
  /** Multicasts a second and channel; null is no limit. */
  perSecond: number | null
  strangers: 'friend' | 'refuse'
  clock: () => number
  onChange: () => void
}

/** Creates the LINE side of a sandbox from its log. */
export function createSandboxLine(options: SandboxLineOptions): SandboxLine {
  const { now, faults, onChange, strangers } = options
  const state = createLineState(options.journal, now)
  const tokens = createSandboxTokens({ channels: state.channels, now })
  const replyTokens = createReplyTokens(now)
  const rate = createRateWindow(options.perSecond, options.clock)
  const webhooks = createWebhooks(now)
  const foreign = new Set<string>()
  const api = createLineApi({
    state,
    tokens,
    replyTokens,
    faults,
    rate,
    strangers,
    foreign,
    now,
    onAccepted: onChange,
  })

  function channelOf(channelId: string): SandboxChannel {
    const channel = state.channels.get(channelId)
    if (!channel) throw new RangeError('This channel is not registered in the sandbox')
    return channel
  }

  async function setBlocked(channelId: string, userId: string, isBlocked: boolean) {
    const channel = channelOf(channelId)
    const wasLinked = state.isLinked(channelId, userId)
    state.record({ type: 'link', userId, channelId, at: now().getTime(), isBlocked })
    onChange()
    const source = { type: 'user', userId }
    const event = isBlocked
      ? { type: 'unfollow', source }
      : {
          type: 'follow',
          source,
          follow: { isUnblocked: wasLinked },
          replyToken: replyTokens.issue(channelId, userId),
        }
    await webhooks.send(channel, event)
  }

  return {
    state,
    rate,
    webhooks,
    accepted: () => state.accepted,
    messagesOf: (call) => state.messagesOf(call.messagesHash),
    addChannel(channel) {
      const known = state.channels.get(channel.channelId)
      if (known && known.provider !== channel.provider) {
        throw new RangeError('A LINE channel never changes its provider')
      }
      if (JSON.stringify(known) === JSON.stringify(channel)) return
      state.record({ type: 'channel', channel })
      onChange()
    },
    async befriend(channelId, name) {
      const { provider } = channelOf(channelId)
      const userId = `U${randomBytes(16).toString('hex')}`
      const friend: SandboxFriend = {
        userId,
        provider,
        at: now().getTime(),
        name: name?.trim() || `練習 ${userId.slice(1, 5)}`,
      }
      state.record({ type: 'friend', friend })
      await setBlocked(channelId, userId, false)
      return friend
    },
    block: (channelId, userId) => setBlocked(channelId, userId, true),
    unblock: (channelId, userId) => setBlocked(channelId, userId, false),
    async say(channelId, userId, text) {
      const channel = channelOf(channelId)
      state.record({ type: 'said', at: now().getTime(), channelId, userId, text })
      onChange()
      await webhooks.send(channel, {
        type: 'message',
        source: { type: 'user', userId },
        replyToken: replyTokens.issue(channelId, userId),
        message: { type: 'text', id: String(now().getTime()), text },
      })
    },
    markForeign(...userIds) {
      for (const userId of userIds) foreign.add(userId)
    },
    revokeTokens: () => tokens.revokeAll(),
    answer: api,
    stop: () => webhooks.stop(),
  }
}
