import { simpleParser, type ParsedMail } from 'mailparser'

import type { ReturnPaths, ReturnReference } from './returnPath'
import { judge, type Judged, type ReportedRecipient } from './verdict'

/** A mail that came back, read; `code` is stable and says nothing of a person. */
export type BounceReport =
  | { kind: 'hard' | 'soft' | 'ours'; code: string; reference: ReturnReference; domain: string }
  | { kind: 'complaint'; code: string; reference: ReturnReference }
  /** Nothing that tells of a refusal: an answer of a holiday, a delay, somebody's letter. */
  | { kind: 'ignored'; code: string }
  /** A refusal of nobody whom we can know for certain: forged, of another system, of several. */
  | { kind: 'unmatched'; code: string }

/** What a report is read with. */
export interface ReportReader {
  paths: ReturnPaths
  /** The blind index of a mail address. */
  indexOf: (address: string) => string
}

/** A mail that came back, as it was taken in. */
export interface Returned {
  /** The whole message. */
  raw: Buffer
  /** Whom it came to, where the server says so beside the message. */
  to?: string
}

/**
 * Reads a mail that came back. Only our own envelope sender, with its MAC, says whose it is: in the
 * envelope, or anywhere in what the report brings back. Reads and writes nothing else.
 *
 * Source: RFC 3464 (delivery reports), RFC 5965 (complaints), RFC 3834 (answers of machines).
 */
export async function readReport(
  { raw, to = '' }: Returned,
  { paths, indexOf }: ReportReader,
): Promise<BounceReport> {
  const mail = await simpleParser(raw, { keepDeliveryStatus: true, skipImageLinks: true })
  const said = complaintOf(mail) ?? refusalOf(mail)
  if (typeof said === 'string') return { kind: 'ignored', code: said }
  const reference = onlyOne(
    paths.namedIn([to, raw.toString('latin1'), ...partsOf(mail)].join('\n')),
  )
  if (typeof reference === 'string') return { kind: 'unmatched', code: reference }
  if ('complaint' in said) return { kind: 'complaint', code: said.complaint, reference }
  const judged = judgeFor(said.recipients, (address) =>
    indexOf(address).startsWith(reference.index),
  )
  if (judged.verdict === 'nothing') return { kind: 'ignored', code: judged.code }
  return { kind: judged.verdict, code: judged.code, reference, domain: judged.domain }
}

function onlyOne(named: ReturnReference[]): ReturnReference | 'nobody' | 'several' {
  const [first, ...others] = named
  if (!first) return 'nobody'
  return others.some(({ index }) => index !== first.index) ? 'several' : first
}

/** Attached parts in clear, where the message carries them encoded. */
function partsOf({ attachments }: ParsedMail): string[] {
  return attachments
    .filter(({ contentType }) => /^(message|text)\//.test(contentType))
    .map(({ content }) => content.toString('latin1'))
}

/** A complaint, or the word for a report of another kind; null when it is no such report. */
function complaintOf(mail: ParsedMail): { complaint: string } | string | null {
  const part = partOf(mail, 'message/feedback-report')
  if (part === null) return null
  const type = fieldsOf(part).get('feedback-type')?.toLowerCase() ?? ''
  const isComplaint = ['abuse', 'fraud', 'opt-out', 'opt-out-list', 'other', 'virus'].includes(type)
  return isComplaint ? { complaint: type } : `feedback-${type.replace(/[^a-z-]/g, '') || 'none'}`
}

/** A recipient of a report, with the addresses it is named by. */
interface Reported extends ReportedRecipient {
  addresses: string[]
}

/** The recipients that a report tells of, or why it is none. */
function refusalOf(mail: ParsedMail): { recipients: Reported[] } | string {
  const status = partOf(mail, 'message/delivery-status')
  if (status !== null) {
    const recipients = groupsOf(status)
      .map(reportedIn)
      .filter(({ addresses }) => addresses.length)
    return recipients.length > 0 ? { recipients } : 'no-recipient'
  }
  if (isFromServer(mail)) return { recipients: [inWords(mail)] }
  return isAutomatic(mail) ? 'automatic' : 'letter'
}

/** Servers that write no report: their first words, with the address they name. */
function inWords(mail: ParsedMail): Reported {
  const diagnostic = (mail.text ?? '').slice(0, 4000).replace(/\s+/g, ' ')
  const failed = mail.headers.get('x-failed-recipients')
  const named = typeof failed === 'string' ? failed : diagnostic
  const addresses = named.split(/[\s<>"'(),:;]/).filter((word) => word.includes('@'))
  return { action: 'failed', status: '', diagnostic, addresses }
}

function isAutomatic({ headers }: ParsedMail): boolean {
  const submitted = String(headers.get('auto-submitted') ?? '')
  const precedence = String(headers.get('precedence') ?? '')
  const isAnswer = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'].some((name) =>
    headers.has(name),
  )
  const isReplied = /^auto-replied/i.test(submitted) || /auto_reply/i.test(precedence)
  return isAnswer || isReplied
}

function isFromServer({ from, headers }: ParsedMail): boolean {
  const address = from?.value[0]?.address ?? ''
  return headers.has('x-failed-recipients') || /^(mailer-daemon|postmaster)(@|$)/i.test(address)
}

function partOf({ attachments }: ParsedMail, contentType: string): string | null {
  const part = attachments.find((one) => one.contentType === contentType)
  return part ? part.content.toString('utf8') : null
}

/** The groups of a report but the first, which is about the message: RFC 3464 2.1. */
function groupsOf(status: string): Map<string, string>[] {
  return status.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf)
}

function fieldsOf(group: string): Map<string, string> {
  const lines = group.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const fields = lines.map((line) => /^([\w-]+):(.*)$/.exec(line))
  return new Map(
    fields.flatMap((found) =>
      found ? [[found[1]?.toLowerCase() ?? '', (found[2] ?? '').trim()]] : [],
    ),
  )
}

function reportedIn(fields: Map<string, string>): Reported {
  const addresses = ['original-recipient', 'final-recipient'].flatMap((name) => {
    const value = fields.get(name)?.split(';').at(-1)?.trim().replace(/^<|>$/g, '')
    return value ? [value] : []
  })
  return {
    addresses,
    action: fields.get('action')?.toLowerCase() ?? '',
    status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '',
    diagnostic: fields.get('diagnostic-code')?.replace(/^[\w-]+;\s*/, '') ?? '',
  }
}

/**
 * What is meant for the address the mail went to. Where the report names others alone (somebody has
 * it passed on), nothing is certain of the address itself, and the mildest of them counts.
 */
function judgeFor(
  recipients: Reported[],
  isOurs: (address: string) => boolean,
): Judged & { domain: string } {
  const own = recipients.find(({ addresses }) => addresses.some(isOurs))
  if (own) return { ...judge(own), domain: domainOf(own.addresses.find(isOurs) ?? '') }
  const [mildest] = recipients
    .map(judge)
    .toSorted((one, other) => MILDEST.indexOf(one.verdict) - MILDEST.indexOf(other.verdict))
  const { verdict = 'nothing', code = 'no-recipient' } = mildest ?? {}
  return { verdict: verdict === 'hard' ? 'soft' : verdict, code, domain: '' }
}

const MILDEST = ['nothing', 'ours', 'soft', 'hard']

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
