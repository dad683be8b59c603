import { createHash } from 'node:crypto'

import { parseAddress, type ParsedAddress } from '../../src/release/mailAddress'
import {
  escapedLinks,
  fillReaderLinks,
  firstReaderLink,
  type ReaderLinks,
} from '../../src/release/readerLinks'
import type { MailAddress, MailPayload, MailPicture } from './channel'
import { base64Lines, encodeDisplayName, encodeHeaderText } from './mailHeader'

/** What differs from one recipient of a payload to the next. */
export interface MailSubstitutes {
  to: ParsedAddress
  /** Without angle brackets. */
  messageId: string
  date: Date
  /** https addresses; absent for mail that nobody subscribed to (confirmations). */
  links?: ReaderLinks
  /** Envelope sender where it is not the payload's; bare, of our own making. */
  returnPath?: string
}

/** Names the envelope sender inside the mail: a report brings headers back, and often nothing else. */
export const RETURN_HEADER = 'X-Kizuna-Return'

/** A payload built once, filled in for each recipient. */
export interface MailTemplate {
  /** Envelope sender. */
  from: string
  /** The whole message with CRLF line ends. *Pure.* */
  fill(substitutes: MailSubstitutes): string
}

/** A payload cannot be mailed, because of its sender; nothing of it may go out. */
export class MailTemplateError extends Error {
  readonly code = 'BAD_SENDER'
}

/** Bytes that make one full base64 line of 76 characters. */
const LINE_OCTETS = 57

/**
 * Builds the parts of a message that all recipients share: encoded headers, and each body up to
 * the first of the reader's own links. *Pure.*
 *
 * @throws MailTemplateError when the sender's address is not one.
 */
export function buildMailTemplate(payload: MailPayload): MailTemplate {
  const from = senderOf(payload.from)
  const boundary = `=_kizuna_${createHash('sha256').update(payload.hash).digest('hex').slice(0, 32)}`
  const shared = sharedHeaders(payload, from)
  const pictures = payload.pictures ?? []
  const whole = pictures.length > 0 ? relatedBoundary(boundary) : null
  const text = bodyPart(payload.text.replace(/\r?\n/g, '\r\n'))
  const html = bodyPart(payload.html.replace(/\r?\n/g, '\r\n'))
  const ending = whole ? pictureParts(pictures, whole) : ''
  const open = (type: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`
  return {
    from: from.wire,
    fill: (substitutes) => {
      const { links = NO_LINKS } = substitutes
      return [
        ownHeaders(substitutes),
        shared,
        contentType(boundary, whole),
        `\r\n${open('text/plain')}${text(links)}`,
        ...(payload.html ? [`${open('text/html')}${html(escapedLinks(links))}`] : []),
        `--${boundary}--\r\n`,
        ending,
      ].join('')
    },
  }
}

function senderOf({ address }: MailAddress): ParsedAddress {
  const parsed = parseAddress(address)
  if (!parsed) throw new MailTemplateError('The sender of a mail is not an address')
  return parsed
}

function sharedHeaders(
  { subject, from: { name }, listId }: MailPayload,
  from: ParsedAddress,
): string {
  return [
    `From: ${encodeDisplayName(name)} <${from.wire}>`,
    `Subject: ${encodeHeaderText(subject)}`,
    ...(listId ? listHeaders(listId.replace(/[^A-Za-z0-9.-]/g, '-')) : []),
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    '',
  ].join('\r\n')
}

/**
 * Whose list it is, for readers' programs (RFC 2919) and for Gmail's counts of complaints:
 * https://support.google.com/a/answer/6254652
 */
function listHeaders(listId: string): string[] {
  return [`List-Id: <${listId}>`, `Feedback-ID: ${listId.replaceAll('.', ':')}`]
}

/** Words in two forms; with pictures, these and the pictures together: RFC 2387. */
function contentType(boundary: string, whole: string | null): string {
  const words = `Content-Type: multipart/alternative; boundary="${boundary}"\r\n`
  if (whole === null) return words
  const related = `Content-Type: multipart/related; type="multipart/alternative"; boundary="${whole}"`
  return `${related}\r\n\r\n--${whole}\r\n${words}`
}

function relatedBoundary(boundary: string): string {
  return `${boundary}_r`
}

/** Shown where the HTML names them, and no attachments: RFC 2392, RFC 2183. */
function pictureParts(pictures: readonly MailPicture[], whole: string): string {
  const parts = pictures.map(({ name, type, bytes }) =>
    [
      `--${whole}`,
      `Content-Type: image/${type}; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      `Content-ID: <${name}>`,
      `Content-Disposition: inline; filename="${name}"`,
      '',
      base64Lines(bytes),
    ].join('\r\n'),
  )
  return `${parts.join('')}--${whole}--\r\n`
}

/** Source of the unsubscribe headers: RFC 8058 3.1. */
function ownHeaders({ to, messageId, date, links, returnPath }: MailSubstitutes): string {
  return [
    `Message-ID: <${messageId}>`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `To: <${to.wire}>`,
    ...(returnPath ? [`${RETURN_HEADER}: ${returnPath}`] : []),
    ...(links
      ? [
          `List-Unsubscribe: <${links.unsubscribeUrl}>`,
          'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        ]
      : []),
    '',
  ].join('\r\n')
}

/** Encodes all full lines before the first token once; the rest follows for each recipient. */
function bodyPart(body: string): (links: ReaderLinks) => string {
  const at = firstReaderLink(body)
  if (at < 0) {
    const whole = base64Lines(Buffer.from(body))
    return () => whole
  }
  const before = Buffer.from(body.slice(0, at))
  const full = before.length - (before.length % LINE_OCTETS)
  const head = base64Lines(before.subarray(0, full))
  const rest = before.subarray(full).toString('latin1')
  const after = body.slice(at)
  return (links) =>
    head +
    base64Lines(
      Buffer.concat([Buffer.from(rest, 'latin1'), Buffer.from(fillReaderLinks(after, links))]),
    )
}

const NO_LINKS: ReaderLinks = { unsubscribeUrl: '', myPageUrl: '' }
