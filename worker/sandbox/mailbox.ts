import type { SMTPServerSession } from 'smtp-server'

import type { Journal, Place } from './journal'

/** One mail the sink took. */
export interface AcceptedMail {
  at: number
  from: string
  /** Envelope recipients, without the quotes of carrier addresses. */
  to: string[]
  /** With angle brackets, as in the header. */
  messageId: string
}

/** A line of the sink's durable log. */
export interface MailEntry extends AcceptedMail {
  /** The message as it came, latin1. */
  raw: string
}

/** What was taken; only the places of the messages are kept in memory. */
export interface Mailbox {
  readonly accepted: readonly AcceptedMail[]
  take(raw: Buffer, envelope: SMTPServerSession['envelope']): void
  /** The message of an accepted mail, as it came. */
  rawOf(mail: AcceptedMail): Buffer
}

interface MailboxOptions {
  journal: Journal<MailEntry>
  now: () => Date
  onAccepted: () => void
}

/** Opens the mailbox of a journal. */
export function openMailbox({ journal, now, onAccepted }: MailboxOptions): Mailbox {
  const accepted: AcceptedMail[] = []
  const places = new WeakMap<AcceptedMail, Place>()
  const keep = ({ at, from, to, messageId }: MailEntry, place: Place) => {
    const mail = { at, from, to, messageId }
    places.set(mail, place)
    accepted.push(mail)
  }
  journal.replay(keep)
  return {
    accepted,
    take(raw, envelope) {
      const entry = entryOf(raw, envelope, now())
      keep(entry, journal.append(entry))
      onAccepted()
    },
    rawOf(mail) {
      const place = places.get(mail)
      return Buffer.from(place ? journal.read(place).raw : '', 'latin1')
    },
  }
}

function entryOf(
  raw: Buffer,
  { mailFrom, rcptTo }: SMTPServerSession['envelope'],
  at: Date,
): MailEntry {
  const head = raw.subarray(0, 8192).toString('latin1')
  return {
    at: at.getTime(),
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => unquote(address)),
    messageId: /^message-id:\s*(\S+)/im.exec(head)?.[1] ?? '',
    raw: raw.toString('latin1'),
  }
}

/** An address without the quotes that a carrier's odd dots need in SMTP. *Pure.* */
export function unquote(address: string): string {
  return address.replace(/^"(.*)"@/, '$1@')
}
