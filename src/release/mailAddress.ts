/** What is wrong with a mail address. */
export type MailAddressFault =
  'EMPTY' | 'NO_AT' | 'BAD_CHARACTER' | 'BAD_DOTS' | 'BAD_DOMAIN' | 'TOO_LONG'

/** A mail address that can be sent to safely, or what to tell the person who typed it. */
export type MailAddressCheck =
  { isValid: true; address: string } | { isValid: false; code: MailAddressFault; message: string }

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

/** Longest address and local part: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_ADDRESS_LENGTH = 254
const MAX_LOCAL_LENGTH = 64

/** Most that is looked at: an address with blanks around it, or in wide letters. */
const MAX_TYPED_LENGTH = 1000

/** A quoted local part; what is between the quotes is judged like any other. */
const QUOTED = /^"([^"]*)"@/

/** Characters of an unquoted local part: https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/
const DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/i

/**
 * Carriers that gave out addresses with `..` or `.@` before 2009 (NTT docomo and KDDI's au); the
 * only domains where these are real.
 */
const CARRIER_DOMAINS = ['docomo.ne.jp', 'ezweb.ne.jp', 'au.com']

const MESSAGES: Readonly<Record<MailAddressFault, string>> = {
  EMPTY: 'メールアドレスを入れてください。',
  NO_AT: 'メールアドレスに @ が 1 つ必要です。例: hanako@example.jp',
  BAD_CHARACTER:
    'メールアドレスに使えない文字があります。半角の英字・数字・記号だけで入れてください。',
  BAD_DOTS: 'メールアドレスの @ の前の「.」の位置を確かめてください。',
  BAD_DOMAIN: 'メールアドレスの @ の後ろを確かめてください。例: hanako@example.jp',
  TOO_LONG: 'メールアドレスが長すぎます。入れまちがいがないか確かめてください。',
}

/**
 * Checks a mail address that a person typed or put in a file and gives it in the form to send to;
 * full-width letters become half-width, `"a..b"@docomo.ne.jp` loses its quotes. What passes is an
 * address for {@link parseAddress}. *Pure.*
 */
export function checkMailAddress(typed: string): MailAddressCheck {
  if (typed.length > MAX_TYPED_LENGTH) return refused('TOO_LONG')
  const address = bareAddress(typed)
  const code = mailAddressFault(address)
  return code ? refused(code) : { isValid: true, address }
}

/** The address that {@link checkMailAddress} gives; null for what cannot be sent to. *Pure.* */
export function addressToSendTo(typed: string): string | null {
  const checked = checkMailAddress(typed)
  return checked.isValid ? checked.address : null
}

/** What is the same for two spellings of one address: case and width do not count. *Pure.* */
export function mailAddressKey(typed: string): string {
  return bareAddress(typed).toLowerCase()
}

/**
 * Reads one bare ASCII address to send to or from, or null: no display name, comment, quote, space
 * or control character gets through, so nothing can be injected into a header or an SMTP command,
 * and no second recipient can be named. *Pure.*
 */
export function parseAddress(text: string): ParsedAddress | null {
  if (mailAddressFault(text)) return null
  const [local = '', typedDomain = ''] = text.split('@')
  const domain = typedDomain.toLowerCase()
  const address = `${local}@${domain}`
  return { local, domain, address, wire: hasOddDots(local) ? `"${local}"@${domain}` : address }
}

function refused(code: MailAddressFault): MailAddressCheck {
  return { isValid: false, code, message: MESSAGES[code] }
}

function bareAddress(typed: string): string {
  return typed.normalize('NFKC').trim().replace(QUOTED, '$1@')
}

/** Which mail addresses are taken: the one rule of those that are typed, imported and sent to or from. */
function mailAddressFault(address: string): MailAddressFault | null {
  if (address === '') return 'EMPTY'
  if (address.length > MAX_ADDRESS_LENGTH) return 'TOO_LONG'
  const [local, domain, ...rest] = address.split('@')
  if (local === undefined || domain === undefined || rest.length > 0 || local === '') return 'NO_AT'
  if (local.length > MAX_LOCAL_LENGTH) return 'TOO_LONG'
  if (!LOCAL_PART.test(local)) return 'BAD_CHARACTER'
  if (!DOMAIN.test(domain)) return 'BAD_DOMAIN'
  if (local.startsWith('.')) return 'BAD_DOTS'
  return hasOddDots(local) && !isCarrier(domain) ? 'BAD_DOTS' : null
}

function hasOddDots(local: string): boolean {
  return local.includes('..') || local.endsWith('.')
}

function isCarrier(domain: string): boolean {
  const lower = domain.toLowerCase()
  return CARRIER_DOMAINS.some((carrier) => lower === carrier || lower.endsWith(`.${carrier}`))
}
