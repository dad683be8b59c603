// A stand-in of the CMS's REST, with what it holds in plain lists.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Document = Record<string, unknown>

/** A CMS that serves what it is given, and keeps what it is told. */
export interface CmsStandIn {
  url: string
  /** Its collections by their slugs. */
  collections: Map<string, Document[]>
  /** Whether it answers nobody. */
  isDown: boolean
  close: () => Promise<void>
}

/** Opens the stand-in on a free port. */
export async function openCms(): Promise<CmsStandIn> {
  const cms: CmsStandIn = { url: '', collections: new Map(), isDown: false, close }
  const server = createServer((request, response) => {
    if (cms.isDown) return void response.writeHead(503).end('{}')
    void answer(cms, request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cms.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return cms

  async function close(): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
}

async function answer(cms: CmsStandIn, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const collection = url.pathname.replace('/api/', '')
  if (request.method === 'POST') return take(cms, collection, { request, response })
  if (collection === 'operation/acts') return void response.end('{"acts":[]}')
  response.end(JSON.stringify(pageOf(cms.collections.get(collection) ?? [], url.searchParams)))
}

async function take(
  { collections }: CmsStandIn,
  collection: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (!collection.startsWith('kizuna-')) return void response.end('{}')
  const own = collections.get(collection) ?? []
  const id = String(own.length + 1).padStart(24, '0')
  own.push({ id, ...(JSON.parse(Buffer.concat(chunks).toString()) as Document) })
  collections.set(collection, own)
  response.writeHead(201).end(JSON.stringify({ doc: { id } }))
}

/** `where[field][operator]=value`, `sort`, `limit` and `page` as Payload's REST has them. */
function pageOf(all: readonly Document[], query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 10)
  const page = Number(query.get('page') ?? 1)
  const sort = query.get('sort') ?? 'id'
  const field = sort.replace('-', '')
  const docs = all
    .filter((one) => [...query].every(([name, value]) => isMet(one, name, value)))
    .sort((a, b) => (String(a[field]) < String(b[field]) ? -1 : 1) * (sort === field ? 1 : -1))
  const from = (page - 1) * limit
  return { docs: docs.slice(from, from + limit), hasNextPage: docs.length > from + limit }
}

function isMet(one: Document, name: string, value: string): boolean {
  const [, field = '', operator] = /^where\[(\w+)\]\[(\w+)\]$/.exec(name) ?? []
  const own = String(one[field] ?? '')
  if (operator === 'equals') return own === value
  if (operator === 'greater_than') return own > value
  if (operator === 'greater_than_equal') return own >= value
  return true
}
