import { z } from 'zod'

import { parseAddress } from '../release/mailAddress'
import { isLoopbackHost } from './clock'

/** Where refusals of mails come back to, and from where they are read. */
export interface BounceSettings {
  /** Envelope sender of what goes to readers, with a token put into it. */
  address: string
  /** `imaps://user:password@host/folder`, or null. */
  mailbox: string | null
  /** What whoever hands refusals over by HTTP has to know, or null. */
  secret: string | null
}

/** 64 octets (RFC 5321 4.5.3.1.1), less the sign between and the token of 48 letters. */
const MAX_LOCAL_LENGTH = 15

const ADDRESS = `名前@ドメイン の形で、@ の前は英数字・点・ハイフンで ${MAX_LOCAL_LENGTH} 文字までにしてください(+ とでたらめな 48 文字を、送るときに足します)`
const MAILBOX = 'imaps://利用者:合言葉@ホスト/フォルダー の形にしてください'
const SECRET = '32 文字以上のでたらめな文字列にしてください'

const REAL_MAILBOX =
  'MAIL_BOUNCE_MAILBOX: 練習用の時計で、ほかの機械のメールボックスは読めません(ほんとうに戻ってきたメールが既読になります)。消してください。'

/** Settings of refusals, as they are typed. */
export const bounceSchema = {
  MAIL_BOUNCE_ADDRESS: z.string().refine(isBounceAddress, ADDRESS).nullable().default(null),
  MAIL_BOUNCE_MAILBOX: z.string().refine(isMailbox, MAILBOX).nullable().default(null),
  MAIL_BOUNCE_SECRET: z.string().min(32, SECRET).nullable().default(null),
}

type BounceConfig = { [Name in keyof typeof bounceSchema]: string | null } & {
  KIZUNA_CLOCK: Date | null
}

/** Where refusals come back to, or null where nobody reads them. *Pure.* */
export function bouncesOf(config: Omit<BounceConfig, 'KIZUNA_CLOCK'>): BounceSettings | null {
  const { MAIL_BOUNCE_ADDRESS: address, MAIL_BOUNCE_MAILBOX: mailbox } = config
  return address === null ? null : { address, mailbox, secret: config.MAIL_BOUNCE_SECRET }
}

/** Refusals that come back and that nobody reads, or are read and never come. *Pure.* */
export function bounceProblems(config: BounceConfig): string[] {
  const { MAIL_BOUNCE_ADDRESS: address, MAIL_BOUNCE_MAILBOX: mailbox } = config
  const isElsewhere = mailbox !== null && !isLoopbackHost(new URL(mailbox).hostname)
  if (isElsewhere && config.KIZUNA_CLOCK !== null) return [REAL_MAILBOX]
  const isRead = mailbox !== null || config.MAIL_BOUNCE_SECRET !== null
  if (isRead === (address !== null)) return []
  return [
    isRead
      ? 'MAIL_BOUNCE_ADDRESS: 戻ってきたメールを読むには、戻り先のアドレスも要ります。'
      : 'MAIL_BOUNCE_MAILBOX・MAIL_BOUNCE_SECRET: MAIL_BOUNCE_ADDRESS に戻ってきたメールをどこから読むか、どちらか(または両方)を設定してください。',
  ]
}

function isMailbox(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return /^imaps?:$/.test(url.protocol) && url.username !== '' && url.hostname !== ''
}

/** Whether refusals can come back to an address: it leaves room for the token. */
function isBounceAddress(address: string): boolean {
  const parsed = parseAddress(address)
  if (!parsed) return false
  return /^[\w.-]+$/.test(parsed.local) && parsed.local.length <= MAX_LOCAL_LENGTH
}
