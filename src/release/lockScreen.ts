import { shorten } from './graphemes'
import type { LineMessage } from './lineMessage'
import type { RenderedMail } from './mail'

/** What somebody else may read of a text that nobody has opened, near enough. */
export interface LockScreen {
  /** Of each LINE message, repetitions once. */
  line: string[]
  /** Null without a mail. */
  mail: { from: string; subject: string; begins: string } | null
}

/** Signs of a LINE message that a notification shows, about. */
const LINE_SHOWN = 60

/** Signs of a mail that a list of mails shows, about. */
const MAIL_SHOWN = 80

/** What notifications and lists show of a text. *Pure.* */
export function lockScreen(
  line: readonly LineMessage[],
  mail: RenderedMail | null,
  senderName: string,
): LockScreen {
  return {
    line: [...new Set(line.map(noticeOf))],
    mail: mail && {
      from: mail.fromName ?? senderName,
      subject: mail.subject,
      begins: mailBeginning(mail.text),
    },
  }
}

/** What a notification says of a LINE message, about. *Pure.* */
export function noticeOf({ text = '', altText = text }: Noticed): string {
  return shorten(String(altText).replace(/\s+/g, ' '), LINE_SHOWN)
}

/** A LINE message by what may be read of it unopened: the words of a text, else its `altText`. */
interface Noticed {
  type: string
  text?: unknown
  altText?: unknown
}

/** What a list of mails shows of a mail's text. *Pure.* */
export function mailBeginning(text: string): string {
  return shorten(text.replace(/\s+/g, ' '), MAIL_SHOWN)
}
