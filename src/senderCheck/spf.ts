import type { MailResolver } from './resolver'

/** What is found of a domain's SPF: RFC 7208. */
export interface SpfFound {
  /** Records that begin with `v=spf1`; one is right. */
  records: string[]
  /** Terms that ask the DNS, in all records it leads to. */
  lookups: number
  /** Names that it takes over, in the order they are met. */
  includes: string[]
  /** Networks it lets send, in all records it leads to, as far as they are written as such. */
  networks: string[]
}

/** https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4 */
export const MOST_SPF_LOOKUPS = 10

const ASKING = /^[+?~-]?(include|a|mx|ptr|exists)(?=[:/]|$)|^redirect=/i

/** Reads a domain's SPF, and those it takes over; a circle ends at the limit of lookups. */
export async function readSpf(domain: string, resolver: MailResolver): Promise<SpfFound> {
  const found: SpfFound = { records: [], lookups: 0, includes: [], networks: [] }
  found.records = await recordsOf(domain, resolver)
  const waiting = [...found.records]
  const seen = new Set([domain])
  for (let record = waiting.shift(); record !== undefined; record = waiting.shift()) {
    const terms = record.split(/\s+/).slice(1)
    found.lookups += terms.filter((term) => ASKING.test(term)).length
    found.networks.push(...terms.flatMap((term) => /^\+?ip[46]:(.+)$/i.exec(term)?.[1] ?? []))
    for (const name of terms.flatMap(takenOver)) {
      if (seen.has(name) || found.lookups > MOST_SPF_LOOKUPS) continue
      seen.add(name)
      found.includes.push(name)
      waiting.push(...(await recordsOf(name, resolver)))
    }
  }
  return found
}

async function recordsOf(name: string, resolver: MailResolver): Promise<string[]> {
  return (await resolver.txt(name)).filter((record) => /^v=spf1( |$)/i.test(record))
}

function takenOver(term: string): string[] {
  const name = /^(?:\+?include:|redirect=)(.+)$/i.exec(term)?.[1]
  return name && !name.includes('%') ? [name.toLowerCase()] : []
}
