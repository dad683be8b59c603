import type { IncomingMessage, ServerResponse } from 'node:http'

import { LINE_MAX_BODY_BYTES } from '../channel/lineApiLimits'

import type { ApiAnswer, ApiRequest } from './apiAnswer'

/** Answers one request, or null when it is not its own; `streaming` keeps the response. */
export type Handler = (
  request: ApiRequest,
  response: ServerResponse,
) => ApiAnswer | 'streaming' | null | Promise<ApiAnswer | 'streaming' | null>

/** Asks the handlers one after another until one answers. */
export async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  handlers: Handler[],
): Promise<void> {
  try {
    const request = await readRequest(incoming)
    for (const handle of handlers) {
      const answer = await handle(request, response)
      if (answer) return respond(answer, incoming, response)
    }
    respond({ status: 404, body: { message: 'Not found' } }, incoming, response)
  } catch {
    if (!response.headersSent) {
      respond({ status: 500, body: { message: 'The sandbox failed' } }, incoming, response)
    }
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length
    if (size <= LINE_MAX_BODY_BYTES + 1) chunks.push(chunk as Buffer)
  }
  const isTooLarge = size > LINE_MAX_BODY_BYTES
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
    headers: incoming.headers,
    body: isTooLarge ? Buffer.alloc(LINE_MAX_BODY_BYTES + 1) : Buffer.concat(chunks),
  }
}

function respond(
  answer: ApiAnswer | 'streaming',
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  if (answer === 'hang' || answer === 'streaming') return
  if (answer === 'cut') {
    incoming.socket.destroy()
    return
  }
  const { status, headers = {}, body, afterMs } = answer
  if (afterMs !== undefined) {
    const late = setTimeout(() => respond({ status, headers, body }, incoming, response), afterMs)
    response.once('close', () => clearTimeout(late))
    return
  }
  const isText = typeof body === 'string' || Buffer.isBuffer(body)
  const text = isText ? body : JSON.stringify(body ?? {})
  const contentType = isText ? 'text/html; charset=utf-8' : 'application/json'
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}
