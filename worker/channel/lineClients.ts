import { HTTPFetchError, messagingApi } from '@line/bot-sdk'
import type { Dispatcher } from 'undici'

import type { LineCredentials } from './channel'
import { createLineDispatcher, LINE_API_URL } from './line'
import { createLineTokens, type LineTokens } from './lineAccessToken'
import { readLineError, readNetworkError } from './lineAnswer'
import { LINE_DATA_API_URL } from './lineApiLimits'
import { withTransport } from './lineTransport'

/** What came of asking LINE something that no reader waits for; `code` is stable, without personal data. */
export type LineAsked<T> = { status: 'done'; value: T } | { status: 'failed'; code: string }

/** The SDK's clients of one account. */
export interface LineClients {
  api: messagingApi.MessagingApiClient
  pictures: messagingApi.MessagingApiBlobClient
}

/** How the account's API is reached beside the sending of texts. */
export interface LineClientsOptions {
  /** Origin of the API; the sandbox's, or {@link LINE_API_URL}. */
  baseUrl: string
  now: () => Date
  tokens?: LineTokens
  dispatcher?: Dispatcher
}

/** Nobody waits for it: a slow answer is asked for again later. */
const TIMEOUT_MS = 5000

/** Works with the clients of accounts; never throws for what the vendor or the network does. */
export function createLineClients(options: LineClientsOptions) {
  const { baseUrl } = options
  const dispatcher = options.dispatcher ?? createLineDispatcher({ timeoutMs: TIMEOUT_MS })
  const tokens = options.tokens ?? createLineTokens({ ...options, dispatcher })
  return {
    /** What the work says, or why it could not be done; `otherwise` is the code of what is not known. */
    attempt: async <T>(
      account: LineCredentials,
      work: (clients: LineClients) => Promise<T>,
      otherwise: string,
    ): Promise<LineAsked<T>> => {
      try {
        const clients = clientsOf(baseUrl, dispatcher, await tokens.get(account))
        return { status: 'done', value: await work(clients) }
      } catch (error) {
        return { status: 'failed', code: codeOf(error, otherwise) }
      }
    },
  }
}

function clientsOf(
  baseUrl: string,
  dispatcher: Dispatcher,
  channelAccessToken: string,
): LineClients {
  const headers = { authorization: `Bearer ${channelAccessToken}` }
  const dataUrl = baseUrl === LINE_API_URL ? LINE_DATA_API_URL : baseUrl
  const { MessagingApiClient, MessagingApiBlobClient } = messagingApi
  return {
    api: withTransport(new MessagingApiClient({ channelAccessToken }), {
      baseUrl,
      dispatcher,
      headers,
    }),
    pictures: withTransport(new MessagingApiBlobClient({ channelAccessToken }), {
      baseUrl: dataUrl,
      dispatcher,
      headers,
    }),
  }
}

function codeOf(error: unknown, otherwise: string): string {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('line-')) {
    return String(error.code)
  }
  const answer = error instanceof HTTPFetchError ? readLineError(error) : readNetworkError(error)
  return 'code' in answer ? answer.code : otherwise
}
