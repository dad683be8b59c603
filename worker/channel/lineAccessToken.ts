import { channelAccessToken, HTTPFetchError } from '@line/bot-sdk'

import type { Dispatcher } from 'undici'

import type { LineCredentials } from './channel'
import { LINE_TOKEN_MS } from './lineApiLimits'
import { withTransport } from './lineTransport'

/** Milliseconds before its end at which a token is no longer used. */
export const TOKEN_MARGIN_MS = 60_000

/** The token endpoint refused the channel id or secret; trying again does not help. */
export class LineCredentialsError extends Error {
  readonly code = 'line-credentials'
}

/** Short-lived channel access tokens, one for each channel, kept in memory only. */
export interface LineTokens {
  /**
   * A token that is still good for at least {@link TOKEN_MARGIN_MS}; callers at the same time
   * share one request.
   *
   * @throws LineCredentialsError when the vendor refuses the channel, what fetch threw otherwise.
   */
  get(account: LineCredentials): Promise<string>
  /** Forgets a token that was answered with 401, unless a newer one is there already. */
  drop(account: LineCredentials, token: string): void
}

interface TokenOptions {
  /** Origin of the API, e.g. `https://api.line.me`. */
  baseUrl: string
  now: () => Date
  dispatcher: Dispatcher
}

interface IssuedToken {
  token: Promise<string>
  value: string | null
  goodUntil: number
}

/**
 * Issues stateless tokens from the channel id and secret.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token
 */
export function createLineTokens({ baseUrl, now, dispatcher }: TokenOptions): LineTokens {
  const client = withTransport(
    new channelAccessToken.ChannelAccessTokenClient({ baseURL: baseUrl }),
    { baseUrl, dispatcher },
  )
  const tokens = new Map<string, IssuedToken>()

  async function issue(account: LineCredentials, entry: IssuedToken): Promise<string> {
    try {
      const issued = await client.issueStatelessChannelTokenByClientSecret(
        account.channelId,
        account.channelSecret,
      )
      const lifetimeMs = Math.min(issued.expires_in * 1000, LINE_TOKEN_MS)
      entry.goodUntil = now().getTime() + lifetimeMs - TOKEN_MARGIN_MS
      entry.value = issued.access_token
      return issued.access_token
    } catch (error) {
      if (tokens.get(account.channelId) === entry) tokens.delete(account.channelId)
      throw isRefusal(error) ? new LineCredentialsError('LINE refused the channel') : error
    }
  }

  return {
    get(account) {
      const known = tokens.get(account.channelId)
      if (known && known.goodUntil > now().getTime()) return known.token
      const entry: IssuedToken = { token: Promise.resolve(''), value: null, goodUntil: Infinity }
      tokens.set(account.channelId, entry)
      entry.token = issue(account, entry)
      return entry.token
    },
    drop(account, token) {
      if (tokens.get(account.channelId)?.value === token) tokens.delete(account.channelId)
    },
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof HTTPFetchError && (error.status === 400 || error.status === 401)
}
