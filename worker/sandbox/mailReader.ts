import { simpleParser } from 'mailparser'

import { escapeHtml } from '../../src/release/escape'

import { autoLink } from './link'
import type { AcceptedMail } from './mailbox'
import type { SmtpSink } from './smtpSink'

/** A mail as a reader's client shows it. */
export interface ReadMail {
  subject: string
  fromName: string
  fromAddress: string
  to: string
  text: string
  html: string | null
  /** https address of RFC 8058, when there is one. */
  unsubscribeUrl: string | null
  isOneClick: boolean
  headers: Record<string, string>
}

/** Parses mails when they are looked at, and keeps the latest ones. */
export interface MailReader {
  read(mail: AcceptedMail): Promise<ReadMail>
}

const MAX_KEPT = 1000

/** Creates a reader over a sink. */
export function createMailReader(sink: Pick<SmtpSink, 'rawOf'>): MailReader {
  const kept = new Map<AcceptedMail, Promise<ReadMail>>()
  return {
    read(mail) {
      const known = kept.get(mail)
      if (known) return known
      const reading = parse(sink.rawOf(mail))
      const oldest = kept.keys().next().value
      if (kept.size >= MAX_KEPT && oldest) kept.delete(oldest)
      kept.set(mail, reading)
      return reading
    },
  }
}

/** Parses a raw message. *Pure.* */
async function parse(raw: Buffer): Promise<ReadMail> {
  const parsed = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true })
  const from = parsed.from?.value[0]
  const to = Array.isArray(parsed.to) ? parsed.to[0] : parsed.to
  const headers = Object.fromEntries(
    parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
  )
  return {
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || null,
    fromName: from?.name ?? '',
    fromAddress: from?.address ?? '',
    to: to?.text ?? '',
    unsubscribeUrl: /<(https?:[^>]+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? null,
    isOneClick: headers['list-unsubscribe-post'] === 'List-Unsubscribe=One-Click',
    headers,
  }
}

/**
 * The document inside the mail's frame: its HTML as sent, links opening beside it, or the plain
 * text when there is no HTML or `as` is `text`. The frame's policy runs no script. *Pure.*
 */
export function renderMailFrame(mail: ReadMail, as: string | null): string {
  const base = '<base target="_blank"><meta name="viewport" content="width=device-width">'
  if (mail.html && as !== 'text') return `${base}${mail.html}`
  return `<!doctype html><html lang="ja"><meta charset="utf-8">${base}<style>
body { font: 16px/1.75 'Noto Sans JP', 'Noto Sans CJK JP', system-ui, sans-serif; margin: 16px;
  white-space: pre-wrap; overflow-wrap: anywhere }
</style><title>${escapeHtml(mail.subject)}</title><body>${autoLink(mail.text)}</body></html>`
}
