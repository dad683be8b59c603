import { createHmac, timingSafeEqual } from 'node:crypto'

import { LINE_TOKEN_MS } from '../channel/lineApiLimits'
import type { SandboxChannel } from './lineState'

/** Stateless access tokens of the sandbox: signed, so they hold across a restart. */
export interface SandboxTokens {
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

/** Creates the token office of a sandbox. */
export function createSandboxTokens({ channels, now }: TokenOptions): SandboxTokens {
  let generation = 0
  const known = new Map<string, { channelId: string; until: number }>()

  function sign({ channelSecret }: SandboxChannel, text: string): string {
    return createHmac('sha256', channelSecret).update(text).digest('base64url')
  }

  function read(token: string): { channelId: string; until: number } | null {
    const [name = '', until = '', issuedIn = '', signature = ''] = token.split('.')
    const channel = channels.get(name)
    if (!channel || issuedIn !== String(generation)) return null
    const expected = Buffer.from(sign(channel, `${name}.${until}.${issuedIn}`))
    const given = Buffer.from(signature)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
    return { channelId: name, until: Number(until) }
  }

  return {
    issue(channel) {
      const text = `${channel.channelId}.${now().getTime() + LINE_TOKEN_MS}.${generation}`
      return `${text}.${sign(channel, text)}`
    },
    channelOf(token) {
      const stored = known.get(token) ?? read(token)
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
