import { createHmac, timingSafeEqual } from 'node:crypto'

import { LINE_TOKEN_MS } from '../channel/lineApiLimits'

import type { SandboxChannel } from './lineState'

/** Stateless access tokens of the sandbox: signed, so they hold across a restart. */
export interface IssuedTokens {
  issue(channel: SandboxChannel): string
  /** The channel a token is good for now, or null. */
  channelOf(token: string): SandboxChannel | null
  /** Makes all tokens issued so far invalid, as if they had died early. */
  revokeAll(): void
}

interface TokenOptions {
  channels: ReadonlyMap<string, SandboxChannel>
  now: () => Date
}

/** Creates the tokens of a sandbox. */
export function createIssuedTokens({ channels, now }: TokenOptions): IssuedTokens {
  /** Raised to make every token issued so far invalid. */
  let generation = 0
  const known = new Map<string, ReadToken>()

  return {
    issue(channel) {
      const text = `${channel.channelId}.${now().getTime() + LINE_TOKEN_MS}.${generation}`
      return `${text}.${sign(channel, text)}`
    },
    channelOf(token) {
      const stored = known.get(token) ?? readToken(token, channels, generation)
      if (!stored || stored.until <= now().getTime()) return null
      if (known.size > 1000) known.clear()
      known.set(token, stored)
      return channels.get(stored.channelId) ?? null
    },
    revokeAll() {
      generation += 1
      known.clear()
    },
  }
}

interface ReadToken {
  channelId: string
  until: number
}

function readToken(
  token: string,
  channels: ReadonlyMap<string, SandboxChannel>,
  generation: number,
): ReadToken | null {
  const [channelId = '', until = '', issuedIn = '', signature = ''] = token.split('.')
  const channel = channels.get(channelId)
  if (!channel || issuedIn !== String(generation)) return null
  const expected = Buffer.from(sign(channel, `${channelId}.${until}.${issuedIn}`))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  return { channelId, until: Number(until) }
}

function sign({ channelSecret }: SandboxChannel, text: string): string {
  return createHmac('sha256', channelSecret).update(text).digest('base64url')
}
