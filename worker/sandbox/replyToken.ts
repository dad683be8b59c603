import { randomBytes } from 'node:crypto'

/**
 * How long a reply token may be used.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#send-reply-message
 */
export const REPLY_TOKEN_MS = 60_000

/** Reply tokens of webhook events: each is good once. */
export interface ReplyTokens {
  /** `to` is a person, or the group or room that everybody in it would read the answer in. */
  issue(channelId: string, to: string): string
  /** Who a token answers to, or null when it is unknown, used or too old. */
  use(token: string, channelId: string): string | null
}

/** Creates the reply tokens of a sandbox. */
export function createReplyTokens(now: () => Date): ReplyTokens {
  const open = new Map<string, { channelId: string; to: string; until: number }>()
  return {
    issue(channelId, to) {
      const token = randomBytes(16).toString('hex')
      open.set(token, { channelId, to, until: now().getTime() + REPLY_TOKEN_MS })
      return token
    },
    use(token, channelId) {
      const issued = open.get(token)
      if (issued?.channelId !== channelId) return null
      open.delete(token)
      return issued.until > now().getTime() ? issued.to : null
    },
  }
}
