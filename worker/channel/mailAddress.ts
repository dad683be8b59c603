/** Domains whose addresses may hold `..` or a dot before the `@`: NTT docomo and au (KDDI). */
export const CARRIER_DOMAINS: ReadonlySet<string> = new Set([
  'docomo.ne.jp',
  'ezweb.ne.jp',
  'au.com',
])

/** Longest address in octets (RFC 5321 4.5.3.1.3, less the brackets). */
export const MAX_ADDRESS_LENGTH = 254

const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/
const CARRIER_LOCAL = /^[A-Za-z0-9][A-Za-z0-9._?/+-]*$/
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** A mail address taken apart; `wire` is how it is written in SMTP and in headers. */
export interface ParsedAddress {
  local: string
  /** In lower case. */
  domain: string
  /** `local@domain`, without quotes. */
  address: string
  /** Quoted where RFC 5321 asks for it: `"a..b"@docomo.ne.jp`. */
  wire: string
}

/**
 * Reads one bare ASCII address, or null: no display name, comment, quote, space or control
 * character gets through, so nothing can be injected into a header or an SMTP command. *Pure.*
 */
export function parseAddress(text: string): ParsedAddress | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const domain = text.slice(at + 1).toLowerCase()
  if (text.length > MAX_ADDRESS_LENGTH || local.length > 64 || !DOMAIN.test(domain)) return null
  const isPlain = local.split('.').every((atom) => ATOM.test(atom))
  const isCarrier = CARRIER_DOMAINS.has(domain) && CARRIER_LOCAL.test(local)
  if (!isPlain && !isCarrier) return null
  const wire = isPlain ? `${local}@${domain}` : `"${local}"@${domain}`
  return { local, domain, address: `${local}@${domain}`, wire }
}
