/** A mail address that can be sent to safely, or what to tell the person who typed it. */
export type MailAddressCheck =
  | { isValid: true; address: string }
  | {
      isValid: false
      code: 'EMPTY' | 'NO_AT' | 'BAD_CHARACTER' | 'BAD_DOTS' | 'BAD_DOMAIN' | 'TOO_LONG'
      message: string
    }

/** Longest address and local part: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_ADDRESS_LENGTH = 254
const MAX_LOCAL_LENGTH = 64

/** Characters of an unquoted local part: https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/
const DOMAIN =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})$/

/**
 * Carriers that gave out addresses with `..` or `.@` before 2009; the only domains where these
 * are real.
 */
const CARRIER_DOMAINS = ['docomo.ne.jp', 'ezweb.ne.jp', 'au.com']

const MESSAGES = {
  EMPTY: 'メールアドレスを入れてください。',
  NO_AT: 'メールアドレスに @ が 1 つ必要です。例: hanako@example.jp',
  BAD_CHARACTER:
    'メールアドレスに使えない文字があります。半角の英字・数字・記号だけで入れてください。',
  BAD_DOTS: 'メールアドレスの @ の前の「.」の位置を確かめてください。',
  BAD_DOMAIN: 'メールアドレスの @ の後ろを確かめてください。例: hanako@example.jp',
  TOO_LONG: 'メールアドレスが長すぎます。入れまちがいがないか確かめてください。',
} as const

/**
 * Checks a typed mail address and gives it in the form to send to; full-width letters become
 * half-width. Nothing that passes can break out of a header or name a second recipient. *Pure.*
 */
export function checkMailAddress(typed: string): MailAddressCheck {
  const address = typed.normalize('NFKC').trim()
  const code = mailAddressFault(address)
  return code ? { isValid: false, code, message: MESSAGES[code] } : { isValid: true, address }
}

function mailAddressFault(address: string): keyof typeof MESSAGES | null {
  if (address === '') return 'EMPTY'
  const [local, domain, ...rest] = address.split('@')
  if (local === undefined || domain === undefined || rest.length > 0 || local === '') return 'NO_AT'
  if (address.length > MAX_ADDRESS_LENGTH || local.length > MAX_LOCAL_LENGTH) return 'TOO_LONG'
  if (!LOCAL_PART.test(local)) return 'BAD_CHARACTER'
  if (!DOMAIN.test(domain)) return 'BAD_DOMAIN'
  if (local.startsWith('.')) return 'BAD_DOTS'
  const hasOddDots = local.includes('..') || local.endsWith('.')
  return hasOddDots && !isCarrier(domain) ? 'BAD_DOTS' : null
}

function isCarrier(domain: string): boolean {
  const lower = domain.toLowerCase()
  return CARRIER_DOMAINS.some((carrier) => lower === carrier || lower.endsWith(`.${carrier}`))
}
