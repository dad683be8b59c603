import { parse } from 'graphql'

import { FILE_TOO_LARGE } from '../table/fileLimits'
import { isDeeperJson, isLarger } from './size'

/** A route of the CMS as Next calls it. */
export type RouteHandler<Rest extends unknown[]> = (
  request: Request,
  ...rest: Rest
) => Promise<Response>

/** Largest JSON or form that is read: forty times the longest text there is. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024

/** Largest upload; what a picture or a table may have is asked where it is read. */
const MAX_UPLOAD_BYTES = 32 * 1024 * 1024

/** No document of ours nests deeper than ten levels. */
const MAX_DEPTH = 60

/** The longest query of ours has some hundred. */
const MAX_GRAPHQL_TOKENS = 5000

const TOO_LARGE =
  '送られた内容が大きすぎます。文を短くするか、部品や行を減らしてから、もう一度送ってください。'
const TOO_DEEP = '送られた内容の入れ子が深すぎます。'

/**
 * Puts a maximum of bytes and of nesting before a route of the CMS: a larger body is not read to its
 * end, and nothing parses one that is too deep.
 */
export function limitRequest<Rest extends unknown[]>(
  handle: RouteHandler<Rest>,
): RouteHandler<Rest> {
  return async (request, ...rest) => {
    if (!request.body) return handle(request, ...rest)
    const isText = /json|urlencoded|^text\//.test(request.headers.get('content-type') ?? '')
    const max = isText ? MAX_TEXT_BYTES : MAX_UPLOAD_BYTES
    const bytes = await readUpTo(request, max)
    if (bytes === null) return refusal(isText ? TOO_LARGE : FILE_TOO_LARGE, 413)
    const isDeep = isText && isDeeperJson(new TextDecoder().decode(bytes), MAX_DEPTH)
    return isDeep ? refusal(TOO_DEEP, 400) : handle(withBody(request, bytes), ...rest)
  }
}

/** {@link limitRequest} for GraphQL, where a short query can ask for very much. */
export function limitGraphql<Rest extends unknown[]>(
  handle: RouteHandler<Rest>,
): RouteHandler<Rest> {
  return limitRequest(async (request, ...rest) => {
    const text = await request.text()
    if (isLongQuery(text)) return refusal('GraphQL の問い合わせが長すぎます。分けてください。', 400)
    return handle(withBody(request, new TextEncoder().encode(text)), ...rest)
  })
}

/** The body, or null when it is longer; then the rest of it is not read. */
async function readUpTo(request: Request, max: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > max) return null
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (!value) return new Uint8Array(Buffer.concat(chunks))
    length += value.length
    if (length > max) {
      await reader?.cancel()
      return null
    }
    chunks.push(value)
  }
}

function withBody(request: Request, body: Uint8Array<ArrayBuffer>): Request {
  const { url, method, headers, signal } = request
  return new Request(url, { method, headers, signal, body })
}

function isLongQuery(text: string): boolean {
  try {
    const { query } = JSON.parse(text) as { query?: unknown }
    if (typeof query === 'string') parse(query, { maxTokens: MAX_GRAPHQL_TOKENS })
    return false
  } catch (error) {
    // Whatever else is wrong with it is GraphQL's to say.
    return /^Syntax Error: Document contains more/.test((error as Error).message)
  }
}

function refusal(message: string, status: number): Response {
  return Response.json({ errors: [{ message }] }, { status })
}

/** A whole form with its state, and the fields of it. */
const MAX_FORM = { units: 3_000_000, depth: MAX_DEPTH }
const MAX_FORM_FIELDS = 10_000

/**
 * Puts a maximum before what the admin asks of the server while somebody types: each field of the
 * form is checked at each of these calls.
 *
 * @throws Error when the form is larger.
 */
export function limitServerFunction<Args, Answer>(
  run: (args: Args) => Answer,
): (args: Args) => Answer {
  return (args) => {
    const { formState } = (args as { args?: { formState?: object } }).args ?? {}
    const isLong = Object.keys(formState ?? {}).length > MAX_FORM_FIELDS
    if (isLong || isLarger(args, MAX_FORM)) throw new Error(TOO_LARGE)
    return run(args)
  }
}
