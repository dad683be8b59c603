import { localDayOf } from '../../src/stage/day'

import { answer, notFound, type ApiAnswer } from './apiAnswer'
import type { LineEndpoint, LineState, SandboxChannel } from './lineState'

interface ReadOptions {
  state: LineState
  now: () => Date
}

/** Answers the GET requests of the API: quota, counts, the account, its webhook and its friends. */
export function readLine(options: ReadOptions, channel: SandboxChannel, url: URL): ApiAnswer {
  const { state, now } = options
  const path = url.pathname.slice('/v2/bot/'.length)
  const today = localDayOf(now())
  if (path === 'message/quota') {
    const value = channel.monthlyLimit ?? null
    return { status: 200, body: value === null ? { type: 'none' } : { type: 'limited', value } }
  }
  if (path === 'message/quota/consumption') {
    const totalUsage = state.countMonth(channel.channelId, today.slice(0, 7))
    return { status: 200, body: { totalUsage } }
  }
  if (path === 'channel/webhook/endpoint') {
    const endpoint = channel.webhookUrl
    return endpoint ? { status: 200, body: { endpoint, active: true } } : notFound()
  }
  if (path === 'info') {
    const { basicId, name } = channel
    return { status: 200, body: { userId: botUserId(channel), basicId, displayName: name } }
  }
  const userId = /^profile\/(U[0-9a-f]{32})$/.exec(path)?.[1]
  if (userId) return profile(options, channel, userId)
  const endpoint = /^message\/delivery\/(multicast|push|reply)$/.exec(path)?.[1]
  return endpoint
    ? deliveryCount(options, channel, { url, endpoint: endpoint as LineEndpoint, today })
    : notFound()
}

/** Counts are ready from the next day on (UTC+9). */
function deliveryCount(
  { state }: ReadOptions,
  channel: SandboxChannel,
  { url, endpoint, today }: { url: URL; endpoint: LineEndpoint; today: string },
): ApiAnswer {
  const date = url.searchParams.get('date') ?? ''
  if (!/^\d{8}$/.test(date)) return answer(400, "The value for the 'date' parameter is invalid")
  const day = date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (day >= today) return { status: 200, body: { status: 'unready' } }
  const success = state.countDay(channel.channelId, { endpoint, day })
  return { status: 200, body: { status: 'ready', success } }
}

function profile({ state }: ReadOptions, channel: SandboxChannel, userId: string): ApiAnswer {
  const friend = state.friends.get(userId)
  const isVisible =
    friend?.provider === channel.provider &&
    state.isLinked(channel.channelId, userId) &&
    !state.isBlocked(channel.channelId, userId)
  if (!friend || !isVisible) return notFound()
  return { status: 200, body: { userId, displayName: friend.name, language: 'ja' } }
}

/** The account's own user id, as `destination` of its webhooks. *Pure.* */
export function botUserId({ channelId }: SandboxChannel): string {
  return `U${Buffer.from(channelId).toString('hex').padStart(32, '0').slice(-32)}`
}
