import { randomBytes } from 'node:crypto'

import type { LineGroupTalk, LineMessagePayload } from '../channel/channel'

import type { FaultScript, LineTrouble } from './fault'
import type { Journal } from './journal'
import type { ApiAnswer, ApiRequest } from './apiAnswer'
import { createLineApi } from './lineApi'
import { createLineLoginApi } from './lineLogin'
import { createLoginCodes } from './loginCodes'
import {
  createLineState,
  type AcceptedCall,
  type LineEntry,
  type LineState,
  type SandboxChannel,
  type SandboxFriend,
} from './lineState'
import { createGroupTalks, type GroupTalks } from './groupTalks'
import { createIssuedTokens } from './issuedTokens'
import { createRateWindow, type RateWindow } from './rateWindow'
import { createReplyTokens, type ReplyTokens } from './replyToken'
import { createWebhooks, type Webhooks } from './webhook'
import { createWebhookTests } from './webhookTest'

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
  /** A person presses a button of a message. */
  press(channelId: string, userId: string, button: { data: string; label: string }): Promise<void>
  /** Somebody puts the account into a new group or room; resolves after the first attempt. */
  putInto(channelId: string, kind: LineGroupTalk['kind']): Promise<LineGroupTalk>
  isIn(channelId: string, talk: LineGroupTalk): boolean
  /** A person writes into a group or room; nothing comes of it once the account has left. */
  sayIn(
    talk: LineGroupTalk,
    said: { channelId: string; userId: string; text: string },
  ): Promise<void>
  /** Ids that belong to another provider: requests with them are refused without an index. */
  markForeign(...userIds: string[]): void
  revokeTokens(): void
  /** Answers an API request; null when the path is not one. */
  answer(request: ApiRequest): ApiAnswer | null | Promise<ApiAnswer>
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
  const tokens = createIssuedTokens({ channels: state.channels, now })
  const replyTokens = createReplyTokens(now)
  const groupTalks = createGroupTalks()
  const rate = createRateWindow(options.perSecond, options.clock)
  const webhooks = createWebhooks(now)
  const foreign = new Set<string>()
  const parts = { state, replyTokens, groupTalks, webhooks, now, onChange }
  const login = createLineLoginApi({ state, codes: createLoginCodes(now), now })
  return {
    state,
    rate,
    webhooks,
    accepted: () => state.accepted,
    messagesOf: (call) => state.messagesOf(call.messagesHash),
    addChannel: (channel) => addChannel(parts, channel),
    befriend: (channelId, name) => befriend(parts, channelId, name),
    block: (channelId, userId) => setBlocked(parts, { channelId, userId }, true),
    unblock: (channelId, userId) => setBlocked(parts, { channelId, userId }, false),
    say: (channelId, userId, text) => say(parts, { channelId, userId }, text),
    press: (channelId, userId, button) => press(parts, { channelId, userId }, button),
    putInto: (channelId, kind) => putInto(parts, channelId, kind),
    isIn: (channelId, talk) => groupTalks.has(channelId, talk),
    sayIn: (talk, said) => sayIn(parts, talk, said),
    markForeign(...userIds) {
      for (const userId of userIds) foreign.add(userId)
    },
    revokeTokens: () => tokens.revokeAll(),
    answer: either(
      login,
      createLineApi({
        state,
        tokens,
        replyTokens,
        groupTalks,
        faults,
        rate,
        strangers,
        foreign,
        now,
        testWebhook: createWebhookTests({ webhooks, now }),
        onAccepted: onChange,
        onChange,
      }),
    ),
    stop: () => webhooks.stop(),
  }
}

type Answering = SandboxLine['answer']

function either(first: Answering, second: Answering): Answering {
  return (request) => first(request) ?? second(request)
}

interface LineParts {
  state: LineState
  replyTokens: ReplyTokens
  groupTalks: GroupTalks
  webhooks: Webhooks
  now: () => Date
  onChange: () => void
}

/** One person and one account. */
interface Talk {
  channelId: string
  userId: string
}

function addChannel({ state, onChange }: LineParts, channel: SandboxChannel): void {
  const known = state.channels.get(channel.channelId)
  if (known && known.provider !== channel.provider) {
    throw new RangeError('A LINE channel never changes its provider')
  }
  if (JSON.stringify(known) === JSON.stringify(channel)) return
  state.record({ type: 'channel', channel })
  onChange()
}

async function befriend(
  parts: LineParts,
  channelId: string,
  name: string | undefined,
): Promise<SandboxFriend> {
  const { provider } = channelOf(parts, channelId)
  const userId = `U${randomBytes(16).toString('hex')}`
  const friend: SandboxFriend = {
    userId,
    provider,
    at: parts.now().getTime(),
    name: name?.trim() || `練習 ${userId.slice(1, 5)}`,
  }
  parts.state.record({ type: 'friend', friend })
  await setBlocked(parts, { channelId, userId }, false)
  return friend
}

async function setBlocked(parts: LineParts, talk: Talk, isBlocked: boolean): Promise<void> {
  const { state, replyTokens, webhooks, now, onChange } = parts
  const { channelId, userId } = talk
  const channel = channelOf(parts, channelId)
  const isUnblocked = state.isLinked(channelId, userId)
  state.record({ type: 'link', userId, channelId, at: now().getTime(), isBlocked })
  onChange()
  const source = { type: 'user', userId }
  const event = isBlocked
    ? { type: 'unfollow', source }
    : {
        type: 'follow',
        source,
        follow: { isUnblocked },
        replyToken: replyTokens.issue(channelId, userId),
      }
  await webhooks.send(channel, event)
}

async function say(parts: LineParts, { channelId, userId }: Talk, text: string): Promise<void> {
  const { state, replyTokens, webhooks, now, onChange } = parts
  const channel = channelOf(parts, channelId)
  state.record({ type: 'said', at: now().getTime(), channelId, userId, text })
  onChange()
  await webhooks.send(channel, {
    type: 'message',
    source: { type: 'user', userId },
    replyToken: replyTokens.issue(channelId, userId),
    message: { type: 'text', id: String(now().getTime()), text },
  })
}

async function press(
  parts: LineParts,
  { channelId, userId }: Talk,
  { data, label }: { data: string; label: string },
): Promise<void> {
  const { state, replyTokens, webhooks, now, onChange } = parts
  const channel = channelOf(parts, channelId)
  state.record({ type: 'said', at: now().getTime(), channelId, userId, text: label })
  onChange()
  await webhooks.send(channel, {
    type: 'postback',
    source: { type: 'user', userId },
    replyToken: replyTokens.issue(channelId, userId),
    postback: { data },
  })
}

async function putInto(
  { state, groupTalks, replyTokens, webhooks }: LineParts,
  channelId: string,
  kind: LineGroupTalk['kind'],
): Promise<LineGroupTalk> {
  const channel = channelOf({ state }, channelId)
  const talk = groupTalks.open(channelId, kind)
  const replyToken = replyTokens.issue(channelId, talk.id)
  await webhooks.send(channel, { type: 'join', source: sourceOf(talk), replyToken })
  return talk
}

async function sayIn(
  { state, groupTalks, replyTokens, webhooks, now }: LineParts,
  talk: LineGroupTalk,
  { channelId, userId, text }: Talk & { text: string },
): Promise<void> {
  const channel = channelOf({ state }, channelId)
  if (!groupTalks.has(channelId, talk)) return
  await webhooks.send(channel, {
    type: 'message',
    source: { ...sourceOf(talk), userId },
    replyToken: replyTokens.issue(channelId, talk.id),
    message: { type: 'text', id: String(now().getTime()), text },
  })
}

function sourceOf({ kind, id }: LineGroupTalk) {
  return kind === 'group' ? { type: kind, groupId: id } : { type: kind, roomId: id }
}

function channelOf({ state }: Pick<LineParts, 'state'>, channelId: string): SandboxChannel {
  const channel = state.channels.get(channelId)
  if (!channel) throw new RangeError('This channel is not registered in the sandbox')
  return channel
}
