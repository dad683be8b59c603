import { Agent, request, type Dispatcher } from 'undici'

import { findingOf, type Finding, type Look } from './finding'
import {
  createGuardedLookup,
  findingOfName,
  InsideError,
  isPublicAddress,
  numberOf,
} from './publicHosts'

/** Opens an address as a browser would and says what is there; never throws. */
export type LookAt = (address: string) => Promise<Look>

/** How addresses are looked at. */
export interface LookOptions {
  /** Which IP addresses may be reached. @default those of the public internet */
  isAllowed?: (address: string) => boolean
  /** Which names are known without asking. @default see `findingOfName` */
  ofName?: typeof findingOfName
  /** How long a server may take to connect, and to begin its answer. @default 15 seconds */
  timeoutMs?: number
}

/** Browsers follow twenty; a page that needs more than five is none. */
const MOST_REDIRECTS = 5

/** Many servers send away whoever does not say what they are. */
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; kizuna link check)',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-language': 'ja,en;q=0.5',
}

/**
 * Looks at addresses over the network: GET without reading the page, redirects followed, never to a host
 * inside. A new connection each, since one night brings few addresses of one host.
 */
export function createLookAt(options: LookOptions = {}): LookAt {
  const { isAllowed = isPublicAddress, ofName = findingOfName, timeoutMs = 15_000 } = options
  const dispatcher = new Agent({
    connect: { lookup: createGuardedLookup(isAllowed), timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    pipelining: 0,
  })
  return async (address) => {
    try {
      return await follow({ dispatcher, isAllowed, ofName }, new URL(address))
    } catch (error) {
      return { finding: findingOfError(error), status: null }
    }
  }
}

interface Way {
  dispatcher: Dispatcher
  isAllowed: (address: string) => boolean
  ofName: typeof findingOfName
}

async function follow(way: Way, asked: URL): Promise<Look> {
  let last = asked
  let answered: number | null = null
  for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
    const known = way.ofName(last)
    if (known) return { finding: known, status: null }
    const number = numberOf(last)
    if (number !== null && !way.isAllowed(number)) return { finding: 'inside', status: null }
    const { status, next } = await ask(way, last)
    answered = status
    if (!next) return { finding: findingOf(status, { asked, last }), status }
    last = next
  }
  return { finding: 'fault', status: answered }
}

/** One question; what the page says is not read. */
async function ask({ dispatcher }: Way, url: URL): Promise<{ status: number; next: URL | null }> {
  const { statusCode, headers, body } = await request(url, { dispatcher, headers: HEADERS })
  body.on('error', () => undefined) // it is cut off on purpose
  body.destroy()
  const { location } = headers
  const isMoved = statusCode >= 300 && statusCode < 400 && typeof location === 'string'
  return { status: statusCode, next: isMoved ? nextOf(location, url) : null }
}

function nextOf(location: string, from: URL): URL | null {
  // Servers write UTF-8 where only ASCII may stand; it arrives as Latin-1.
  const written = Buffer.from(location, 'latin1').toString('utf8')
  if (!URL.canParse(written, from)) return null
  const next = new URL(written, from)
  return /^https?:$/.test(next.protocol) ? next : null
}

/** With these a browser fails, too. */
const SILENT: readonly unknown[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]

/**
 * What an error of the connection means. Browsers are more patient than Node with certificates whose
 * chain is not sent whole and with old servers: of other errors a person has to see. *Pure.*
 */
export function findingOfError(error: unknown): Finding {
  if (error instanceof InsideError) return 'inside'
  return SILENT.includes((error as { code?: unknown } | null)?.code) ? 'silent' : 'closed'
}
