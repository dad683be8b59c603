import { randomUUID } from 'node:crypto'

import { localDayOf } from '../../src/stage/day'
import { LINE_MONTHLY_LIMIT_MESSAGE } from '../channel/lineApiLimits'

import { answer, type ApiAnswer, type GivenAnswer } from './apiAnswer'
import type { FaultScript, LineTrouble } from './fault'
import type { GroupTalks } from './groupTalks'
import type { IssuedTokens } from './issuedTokens'
import { parseCall, type LineCall, type ParsedCall } from './lineCall'
import type { AcceptedCall, LineState, SandboxChannel } from './lineState'
import type { RateWindow } from './rateWindow'
import type { ReplyTokens } from './replyToken'
import { afterTaking, beforeTaking, slowed } from './troubleAnswer'

/** What the API works on. */
export interface LineApiOptions {
  state: LineState
  tokens: IssuedTokens
  replyTokens: ReplyTokens
  groupTalks: GroupTalks
  faults: FaultScript<LineTrouble>
  rate: RateWindow
  /** Well-formed ids nobody knows: `friend` shows them, `refuse` answers 400 without an index. */
  strangers: 'friend' | 'refuse'
  /** Ids of another provider, besides those known as such. */
  foreign: ReadonlySet<string>
  now: () => Date
  onAccepted: (call: AcceptedCall) => void
  /** Something else has changed. */
  onChange: () => void
}

/** Answers a multicast, push or reply, with the faults that are scripted for it. */
export function sendLine(options: LineApiOptions, call: LineCall): ApiAnswer {
  const { faults, rate } = options
  const { channel, endpoint } = call
  if (endpoint === 'multicast' && !rate.admit(channel.channelId)) {
    return answer(429, 'The API rate limit has been exceeded. Try again later.')
  }
  const trouble = faults.strike(endpoint, channel.channelId)
  const early = trouble && beforeTaking(trouble)
  if (early) return early
  const worked = workOn(options, call, trouble)
  return (worked.isTaken && trouble && afterTaking(trouble)) || slowed(worked.answer, trouble)
}

/** What becomes of a request that no trouble ends before, and the answer to it. */
function workOn(
  options: LineApiOptions,
  call: LineCall,
  trouble: LineTrouble | null,
): { isTaken: boolean; answer: GivenAnswer } {
  const refused = (given: GivenAnswer) => ({ isTaken: false, answer: given })
  const parsed = parseCall(options.replyTokens, call)
  if ('status' in parsed) return refused(parsed)
  const { retryKey, channel } = parsed
  const earlier = retryKey && options.state.findKey(channel.channelId, retryKey)
  if (earlier) return refused(conflict(options, parsed, earlier))
  const refusal = refuse(options, parsed)
  return refusal ? refused(refusal) : { isTaken: true, answer: ok(take(options, parsed, trouble)) }
}

/** A repeat of a key counts as taken; with another body it is the sender's mistake. */
function conflict(options: LineApiOptions, call: ParsedCall, earlier: AcceptedCall): GivenAnswer {
  const isSame =
    earlier.to.length === call.to.length &&
    earlier.to.every((id, index) => id === call.to[index]) &&
    earlier.messagesHash === options.state.keepMessages(call.messages)
  if (!isSame && call.retryKey) options.state.misusedKeys.push(call.retryKey)
  return {
    ...answer(409, 'The retry key is already accepted'),
    headers: { 'x-line-accepted-request-id': earlier.requestId },
  }
}

function refuse(options: LineApiOptions, call: ParsedCall): GivenAnswer | null {
  const { state, now } = options
  const { channel, to, endpoint } = call
  // A reply token is the proof of whom it answers, be it a person or a group.
  if (endpoint === 'reply') return null
  if (to.some((id) => isForeign(options, channel, id))) {
    return answer(400, 'Failed to send messages')
  }
  const limit = channel.monthlyLimit ?? null
  if (limit === null) return null
  const month = localDayOf(now()).slice(0, 7)
  const used = state.countMonth(channel.channelId, month)
  return used + to.length > limit ? answer(429, LINE_MONTHLY_LIMIT_MESSAGE) : null
}

function isForeign(
  { state, foreign, strangers }: LineApiOptions,
  channel: SandboxChannel,
  id: string,
) {
  if (foreign.has(id)) return true
  const friend = state.friends.get(id)
  if (!friend) return strangers === 'refuse'
  return friend.provider !== channel.provider
}

function take(
  options: LineApiOptions,
  call: ParsedCall,
  trouble: LineTrouble | null,
): AcceptedCall {
  const { state, now } = options
  const isLost = trouble?.kind === 'acceptThenLose'
  const { channelId } = call.channel
  const accepted: AcceptedCall = {
    at: now().getTime(),
    channelId,
    endpoint: call.endpoint,
    to: call.to,
    blocked: call.to.filter((id) => isLost || state.isBlocked(channelId, id)),
    messagesHash: state.keepMessages(call.messages),
    retryKey: call.retryKey,
    requestId: randomUUID(),
  }
  state.record({ type: 'accepted', call: accepted })
  options.onAccepted(accepted)
  return accepted
}

function ok({ endpoint, requestId }: AcceptedCall): GivenAnswer {
  const body = endpoint === 'multicast' ? {} : { sentMessages: [{ id: requestId }] }
  return { status: 200, body, headers: { 'x-line-request-id': requestId } }
}
