import { HTTPFetchError } from '@line/bot-sdk'
import { request, type Dispatcher } from 'undici'

/** How the SDK's clients reach the API, without the timeout-less fetch they come with. */
export interface LineTransportOptions {
  /** Origin of the API. */
  baseUrl: string
  /** Carries the timeouts; see `createLineDispatcher`. */
  dispatcher: Dispatcher
  /** Sent with each request. */
  headers?: Record<string, string>
}

/** The part of the SDK's HTTP client that is used here. */
interface SdkHttpClient {
  get(path: string, query?: Record<string, string | undefined>): Promise<unknown>
  delete(path: string): Promise<unknown>
  postBinaryContent(path: string, body: Blob): Promise<unknown>
  post(
    path: string,
    body?: unknown,
    config?: { headers?: Record<string, string> },
  ): Promise<unknown>
  postForm(path: string, body: Record<string, string>): Promise<unknown>
}

/**
 * Gives a client of `@line/bot-sdk` 10 a transport of its own: its fetch can neither be given a
 * timeout nor a dispatcher. Errors stay the SDK's `HTTPFetchError`.
 *
 * @throws Error when the SDK no longer keeps its HTTP client where version 10 does.
 */
export function withTransport<T extends object>(client: T, options: LineTransportOptions): T {
  if (!('httpClient' in client)) throw new Error('@line/bot-sdk has no httpClient any more')
  const { headers = {} } = options
  const httpClient: SdkHttpClient = {
    get: (path, query = {}) => send(options, withQuery(path, query), { method: 'GET', headers }),
    delete: (path) => send(options, path, { method: 'DELETE', headers }),
    postBinaryContent: async (path, body) =>
      send(options, path, {
        headers: { 'content-type': body.type, ...headers },
        body: Buffer.from(await body.arrayBuffer()),
      }),
    post: (path, body, config) =>
      send(options, path, {
        headers: { 'content-type': 'application/json', ...headers, ...config?.headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    postForm: (path, body) =>
      send(options, path, {
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(definedOf(body)).toString(),
      }),
  }
  return Object.assign(client, { httpClient })
}

interface Sent {
  /** @default 'POST' */
  method?: 'GET' | 'DELETE'
  headers: Record<string, string>
  /** Absent where the vendor asks for none, as for leaving a group. */
  body?: string | Buffer
}

async function send(options: LineTransportOptions, path: string, sent: Sent): Promise<unknown> {
  const { dispatcher, baseUrl } = options
  const answer = await request(new URL(path, baseUrl), { method: 'POST', dispatcher, ...sent })
  const body = await answer.body.text()
  const status = answer.statusCode
  const headers = headersOf(answer.headers)
  if (status >= 200 && status < 300) return { status, headers, text: async () => body }
  throw new HTTPFetchError(String(status), { status, statusText: '', headers, body })
}

function headersOf(headers: Dispatcher.ResponseData['headers']): Headers {
  return new Headers(
    Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  )
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const asked = new URLSearchParams(definedOf(query)).toString()
  return asked === '' ? path : `${path}?${asked}`
}

/** The SDK puts `undefined` into its forms for what it was not given. */
function definedOf(body: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
