import type { Receipt } from './channel'

/** What nodemailer says about a send that did not succeed. */
export interface SmtpFailure {
  /** Three digits of the relay's answer, when there was one. */
  responseCode?: number | undefined
  /** The relay's whole answer. */
  response?: string | undefined
  /** `RCPT TO`, `MAIL FROM`, `DATA`, `CONN`, `AUTH …`, `API`. */
  command?: string | undefined
  /** nodemailer's own code: `EAUTH`, `EENVELOPE`, `ECONNECTION` … */
  code?: string | undefined
}

/** Wait after a greylisting or an unexplained 4xx (RFC 5321 4.5.4.1 asks for 30 minutes; relays for less). */
export const SOFT_RETRY_MS = 5 * 60_000

/** Wait after SES's `454 Throttling failure: Maximum sending rate exceeded`. */
export const SES_RATE_RETRY_MS = 1000

/**
 * Domains where a first 550 may be the reader's own filter: suppress on the second. A 5.1.1 of
 * docomo's is none: since 2025-03 only an unknown address gets it.
 */
const FILTERING_DOMAINS = new Set(['docomo.ne.jp'])

/**
 * Reads a failed send. An answer with a code means it was not taken; a connection that ended
 * without one is definite only while the body had not been handed over. *Pure.*
 *
 * Source: RFC 5321 4.2, RFC 3463, https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html
 */
export function readSmtpFailure(
  failure: SmtpFailure,
  { isHandedOver, domain }: { isHandedOver: boolean; domain: string },
): Receipt {
  const { responseCode, code, command } = failure
  if (code === 'EAUTH' || command?.startsWith('AUTH')) return readLogin(responseCode)
  if (responseCode) return readResponse(failure, domain)
  if (isHandedOver) {
    return { status: 'unknown', code: code === 'ETIMEDOUT' ? 'smtp-timeout' : 'smtp-cut' }
  }
  if (code === 'EENVELOPE') {
    return { status: 'rejected', code: 'bad-address', isAddressFault: true }
  }
  return { ...deferred('smtp-unreachable'), retryAfterMs: 10_000 }
}

interface Reading {
  code: string
  enhanced: string
  failure: SmtpFailure
  domain: string
}

function readResponse(failure: SmtpFailure, domain: string): Receipt {
  const { responseCode = 0, response = '' } = failure
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? ''
  const code = ['smtp', String(responseCode), ...(enhanced ? [enhanced] : [])].join('-')
  const reading: Reading = { code, enhanced, failure, domain }
  return responseCode >= 500 ? readPermanent(reading) : readTransient(reading)
}

function readTransient({ code, enhanced, failure }: Reading): Receipt {
  const { responseCode, response = '' } = failure
  if (responseCode === 454 && /throttling/i.test(response)) {
    return /quota/i.test(response)
      ? { ...deferred('smtp-454-quota'), stop: 'channel' }
      : { ...deferred('smtp-454-rate'), retryAfterMs: SES_RATE_RETRY_MS }
  }
  const later = { ...deferred(code), retryAfterMs: SOFT_RETRY_MS }
  if (!enhanced.startsWith('4.7.')) return later
  return { ...later, stop: failure.command === 'MAIL FROM' ? 'channel' : 'domain' }
}

function readPermanent(reading: Reading): Receipt {
  const { code, enhanced, failure, domain } = reading
  if (failure.command === 'MAIL FROM' || /^5\.1\.[78]$/.test(enhanced)) {
    return aboutUs(code, 'channel')
  }
  if (enhanced.startsWith('5.7.')) return aboutUs(code, 'domain')
  const isVague = enhanced !== '5.1.1' && failure.responseCode === 550
  if (isVague && FILTERING_DOMAINS.has(domain)) {
    const maybe = { isAddressFault: false, isMaybeFilter: true } as const
    return { status: 'rejected', code: `${code}-maybe-filter`, ...maybe }
  }
  const isFull = /^5\.2\.[2-9]$/.test(enhanced) || (!enhanced && failure.responseCode === 552)
  return {
    status: 'rejected',
    code,
    isAddressFault: isAddressFault(reading),
    ...(isFull && { isSoft: true as const }),
  }
}

/** RFC 3463: x.1.x is the address, 5.2.1 a mailbox that is switched off (5.2.2 is only full). */
function isAddressFault({ enhanced, failure }: Reading): boolean {
  if (enhanced) return enhanced.startsWith('5.1.') || enhanced === '5.2.1'
  return failure.command === 'RCPT TO' && [550, 551, 553].includes(failure.responseCode ?? 0)
}

function readLogin(responseCode: number | undefined): Receipt {
  const code = responseCode ? `smtp-auth-${responseCode}` : 'smtp-auth'
  return { ...deferred(code), stop: 'channel' }
}

function aboutUs(code: string, stop: 'domain' | 'channel'): Receipt {
  return { status: 'rejected', code, isAddressFault: false, stop }
}

function deferred(code: string): Extract<Receipt, { status: 'deferred' }> {
  return { status: 'deferred', code, isDefinite: true }
}
