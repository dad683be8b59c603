import { createHash } from 'node:crypto'

import type { OnCallSettings } from '../../src/config/onCall'
import type { MailChannel, Receipt } from '../channel/channel'
import { withTimeout } from '../concurrency/withTimeout'
import type { SyncedContent } from '../content/syncedContent'
import type { OnCallMessage } from './message'
import { postMessage } from './webhook'

/** What came of a message on one way. */
export type WayAnswer = { isTaken: true } | { isTaken: false; code: string }

/** One way to those on call. */
export interface OnCallWay {
  /** What its letters are stored under; tells of no address. */
  key: string
  /** What people know it by, without who it is. */
  name: string
  /** Never throws for what the other side does. */
  tell: (message: OnCallMessage, letter: string) => Promise<WayAnswer>
}

interface WaysOptions {
  onCall?: OnCallSettings | null
  mail: Pick<MailChannel, 'sendOne'>
  syncedContent: Pick<SyncedContent, 'municipalities'>
  publicUrl: string
}

/** A mail that has no answer by then goes once more. */
const MAIL_TIMEOUT_MS = 90_000

/** Every way to those on call; none where nobody is set. */
export function createOnCallWays(options: WaysOptions): OnCallWay[] {
  const { onCall, publicUrl } = options
  if (!onCall) return []
  const { mails, webhook } = onCall
  return [
    ...mails.map((to) => mailWay(options, to)),
    ...(webhook === null
      ? []
      : [
          {
            key: keyOf('webhook', webhook.url),
            name: `Webhook(${new URL(webhook.url).host})`,
            tell: (message: OnCallMessage) => postMessage({ ...webhook, publicUrl }, message),
          },
        ]),
  ]
}

function mailWay(options: WaysOptions, to: string): OnCallWay {
  const { mail } = options
  return {
    key: keyOf('mail', to),
    name: `メール(…@${to.slice(to.lastIndexOf('@') + 1)})`,
    tell: async ({ title, text }, letter) => {
      const from = { name: 'kizuna', address: senderOf(options) ?? to }
      const sent = mail.sendOne({
        id: `on-call:${letter}`,
        to,
        from,
        subject: subjectOf(title),
        text,
      })
      return withTimeout(sent, MAIL_TIMEOUT_MS, 'smtp-timeout').then(answerOf, () => ({
        isTaken: false as const,
        code: 'smtp-timeout',
      }))
    },
  }
}

/** The subject by which a mail program can sort them. *Pure.* */
export function subjectOf(title: string): string {
  return `[kizuna] ${title}`
}

/** The sender of a municipality: the relay lets it through, and its DNS says so. */
function senderOf({ syncedContent }: WaysOptions): string | null {
  const towns = syncedContent.municipalities().filter(({ isActive }) => isActive)
  const [first] = towns.toSorted((one, other) => (one.code < other.code ? -1 : 1))
  return first?.mailFrom ?? null
}

/** On call, twice is better than never: what may have been taken counts as not taken. */
function answerOf(receipt: Receipt): WayAnswer {
  return receipt.status === 'accepted' ? { isTaken: true } : { isTaken: false, code: receipt.code }
}

function keyOf(kind: string, address: string): string {
  return `${kind}-${createHash('sha256').update(address).digest('hex').slice(0, 12)}`
}
