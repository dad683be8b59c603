import { holdsStackedMarks, STACKED_MARKS } from '../release/stackedMarks'
import { FILE_TOO_LARGE } from '../table/fileLimits'
import { tooMuchAsked } from './graphqlSize'
import { isLarger, isLargerJson } from './size'

/** A route of the CMS as Next calls it. */
export type RouteHandler<Rest extends unknown[]> = (
  request: Request,
  ...rest: Rest
) => Promise<Response>

/** Largest JSON or form that is read: forty times the longest text there is. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024

/** Largest upload; what a picture or a table may have is asked where it is read. */
const MAX_UPLOAD_BYTES = 32 * 1024 * 1024

/** Largest question: what stands behind a question mark, or is sent as a body instead. */
const MAX_QUESTION_BYTES = 100 * 1024

/** No document of ours nests deeper than ten levels. */
const MAX_DEPTH = 60

/** The fullest add-on has some thousands of entries, the figures of a large city some ten thousands. */
const MAX_JSON = { depth: MAX_DEPTH, entries: 100_000 }

const TOO_LARGE =
  '送られた内容が大きすぎます。文を短くするか、部品や行を減らしてから、もう一度送ってください。'
const TOO_DEEP =
  '送られた内容の入れ子が深すぎるか、項目が多すぎます。部品や行を減らしてから、もう一度送ってください。'
const LONG_QUESTION = `問い合わせの条件が長すぎます(${MAX_QUESTION_BYTES / 1024} KB まで)。条件を減らすか、分けて送ってください。`
const NO_JSON = '送られた内容を JSON として読めません。かっこ、引用符、コンマを確かめてください。'
const ONE_QUESTION =
  'GraphQL の問い合わせは 1 つずつ、{ "query": "…" } の形の JSON で送ってください。'

/**
 * Puts a maximum of bytes and of nesting before a route of the CMS: a larger body is not read to its
 * end, and nothing parses one that is too deep. A question that comes as a body (Payload reads a POST
 * that says it is a GET) is no longer than one in an address.
 */
export function limitRequest<Rest extends unknown[]>(
  handle: RouteHandler<Rest>,
): RouteHandler<Rest> {
  return async (request, ...rest) => {
    if (new URL(request.url).search.length > MAX_QUESTION_BYTES) return refusal(LONG_QUESTION, 414)
    if (!request.body) return handle(request, ...rest)
    const kind = kindOf(request)
    const bytes = await readUpTo(request, kind.max)
    if (bytes === null) return refusal(kind.sentence, 413)
    if (!kind.isText) return handle(withBody(request, bytes), ...rest)
    const text = new TextDecoder().decode(bytes)
    if (isLargerJson(text, MAX_JSON)) return refusal(TOO_DEEP, 400)
    // Payload reads such a body where nobody catches what is wrong with it.
    if (kind.isJsonQuestion && jsonIn(text) === undefined) return refusal(NO_JSON, 400)
    return handle(withBody(request, bytes), ...rest)
  }
}

/** {@link limitRequest} for GraphQL, where a short query can ask for very much. */
export function limitGraphql<Rest extends unknown[]>(
  handle: RouteHandler<Rest>,
): RouteHandler<Rest> {
  return limitRequest(async (request, ...rest) => {
    if (!isJson(request)) return refusal(ONE_QUESTION, 415)
    const text = await request.text()
    const asked = jsonIn(text)
    if (asked === undefined) return refusal(NO_JSON, 400)
    const { query, variables } = (asked ?? {}) as { query?: unknown; variables?: unknown }
    if (typeof query !== 'string') return refusal(ONE_QUESTION, 400)
    const tooMuch = tooMuchAsked(query, variables)
    if (tooMuch !== null) return refusal(tooMuch, 400)
    return handle(withBody(request, new TextEncoder().encode(text)), ...rest)
  })
}

interface BodyKind {
  max: number
  sentence: string
  isText: boolean
  isJsonQuestion: boolean
}

function kindOf(request: Request): BodyKind {
  const isText = /json|urlencoded/.test(contentType(request)) // a table is sent as text/csv
  const { headers } = request
  const isQuestion = ['x-payload-http-method-override', 'x-http-method-override'].some(
    (name) => headers.get(name)?.toUpperCase() === 'GET',
  )
  const isJsonQuestion = isQuestion && isJson(request)
  if (isQuestion) {
    return { max: MAX_QUESTION_BYTES, sentence: LONG_QUESTION, isText, isJsonQuestion }
  }
  const [max, sentence] = isText ? [MAX_TEXT_BYTES, TOO_LARGE] : [MAX_UPLOAD_BYTES, FILE_TOO_LARGE]
  return { max, sentence, isText, isJsonQuestion }
}

function contentType({ headers }: Request): string {
  return headers.get('content-type')?.toLowerCase() ?? ''
}

function isJson(request: Request): boolean {
  return contentType(request).startsWith('application/json')
}

/** What a text says as JSON, undefined when it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
    if (holdsStackedMarks(formState)) throw new Error(`画面の内容${STACKED_MARKS}`)
    return run(args)
  }
}
