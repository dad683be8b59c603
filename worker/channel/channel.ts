import type { LineMessage } from '../../src/release/lineMessage'
import type { LineAccount } from '../../src/plan/settings'

/** What a provider said about one recipient; *accepted* is not *arrived*. */
export type Receipt = Accepted | Rejected | Deferred | Unknown

/** Taken by the provider. */
export interface Accepted {
  status: 'accepted'
}

/** Refused for good; nothing was taken, and the same send must not be tried again. */
export interface Rejected {
  status: 'rejected'
  /** Stable, without personal data: `line-foreign-id`, `smtp-550-5.1.1`, `bad-address` … */
  code: string
  /** Whether the address itself is at fault, so that it may be suppressed. */
  isAddressFault: boolean
  /** It may be the reader's own filter: the address is at fault when it happens on another day. */
  isMaybeFilter?: true
  /** The mailbox is full or takes nothing for now: the address is given up after enough of these. */
  isSoft?: true
  /** What else must stop because of it; absent when only this recipient is concerned. */
  stop?: StopScope
}

/** Not taken, certainly; it may be sent again later, with another body or other recipients too. */
export interface Deferred {
  status: 'deferred'
  code: string
  /** Milliseconds the provider (or our pace) asks to wait; absent when it did not say. */
  retryAfterMs?: number
  isDefinite: true
  stop?: StopScope
}

/** No answer, or one that settles nothing: it may have been taken. LINE: only same key + same body. */
export interface Unknown {
  status: 'unknown'
  code: string
}

/**
 * What an answer that is about *us* stops: `channel` the whole channel account (token, plan,
 * monthly limit, relay log-in), `content` this payload everywhere, `domain` one mail domain.
 */
export type StopScope = 'channel' | 'content' | 'domain'

/** One message object of the LINE Messaging API: ours as rendered, or any other. */
export type LineMessagePayload = LineMessage | { type: string; [property: string]: unknown }

/** What an adapter must know of a LINE account to send with it: its channel, and the secret. */
export type LineCredentials = Pick<LineAccount, 'channelId' | 'channelSecret'>

/** Code of what was not sent because {@link LineBatch.isHeldBack} said so. */
export const LINE_HELD_BACK = 'line-held-back'

/** One multicast: the same messages to at most 500 user ids under one retry key. */
export interface LineBatch {
  account: LineCredentials
  /** LINE user ids, in the frozen order. */
  to: readonly string[]
  messages: readonly LineMessagePayload[]
  /** UUID; the same for each attempt of the same `to` and `messages`. */
  retryKey: string
  /** This ledger has never tried the key: LINE's knowing it is no word about this batch. */
  isFirstTry?: boolean
  /** Asked right before each request, after every wait: nothing of the batch may go out now. */
  isHeldBack?: () => Promise<boolean>
}

/** Why nothing more may be sent with a channel account, or with a content. */
export interface LineStop {
  scope: 'channel' | 'content'
  /** `line-monthly-limit`, `line-plan`, `line-credentials`, `line-content` … */
  code: string
  /** The provider's sentence, shortened and without ids. */
  detail: string
}

/** The verdict on one batch: a receipt for each id of `to`, and what must stop. */
export interface LineSendResult {
  receipts: ReadonlyMap<string, Receipt>
  stop: LineStop | null
}

/** Sends LINE multicasts. Never throws for what the vendor or the network does. */
export interface LineChannel {
  /**
   * Makes one attempt (further requests only after a definite 400 or 401). The caller repeats an
   * `unknown` or `deferred` part by calling again with the same batch: it makes the same requests
   * with the same keys.
   */
  send(batch: LineBatch): Promise<LineSendResult>
  /** Answers a webhook event with its reply token (once, within a minute; not counted by LINE). */
  reply(reply: LineReply): Promise<Receipt>
  /** Takes the account out of a group or a room; it does not come back by itself. */
  leave(leaving: LineLeaving): Promise<Receipt>
  /** Whether LINE takes the account's id and secret; sends nothing. */
  check(account: LineCredentials): Promise<LineAccountState>
  /** Whether the account reaches a user: knows the id, which holds in its provider alone, as a friend. */
  reaches(reaching: LineReaching): Promise<LineReach>
}

/** A user whom an account may know. */
export interface LineReaching {
  account: LineCredentials
  userId: string
}

/** `unknown`: LINE gave no answer that tells. */
export type LineReach = 'yes' | 'no' | 'unknown'

/** `unknown`: LINE gave no answer in time. */
export type LineAccountState = 'works' | 'refused' | 'unknown'

/** A talk of several people that an account can be put into. */
export interface LineGroupTalk {
  kind: 'group' | 'room'
  id: string
}

/** A group or room that an account leaves. */
export interface LineLeaving {
  account: LineCredentials
  from: LineGroupTalk
}

/** The answer to one webhook event. */
export interface LineReply {
  account: LineCredentials
  replyToken: string
  messages: readonly LineMessagePayload[]
}

/** The parts of a mail that are the same for everybody who gets it. */
export interface MailPayload {
  /** Hash of what is rendered; templates are kept by it. */
  hash: string
  subject: string
  /** Plain text; the tokens of src/release/readerLinks.ts stand for the reader's own links. */
  text: string
  html: string
  /** Files that the HTML shows by `cid:` and their names. */
  pictures?: readonly MailPicture[]
  from: MailAddress
  /** Stable name of the list, e.g. `131016.kizuna`; becomes `List-Id`. */
  listId?: string
}

/** A picture that goes with a mail. */
export interface MailPicture {
  /** Its Content-ID: it has a dot and no sign that a header would not take. */
  name: string
  type: 'jpeg' | 'png'
  bytes: Buffer
}

/** A mailbox with the name that is shown. */
export interface MailAddress {
  name: string
  address: string
}

/** One mail to one reader. */
export interface OutgoingMail {
  /** Id of the delivery (or confirmation); the Message-ID is made from it. */
  id: string
  to: string
  payload: MailPayload
  /** https address for one-click unsubscription of exactly this reader (RFC 8058). */
  unsubscribeUrl: string
  /** https address of the reader's own page. */
  myPageUrl: string
  /** Envelope sender, to which a refusal comes back; the payload's own sender when absent. */
  returnPath?: string
}

/** A single mail that is not part of a run, such as the confirmation of an address. */
export interface SingleMail {
  id: string
  to: string
  from: MailAddress
  subject: string
  text: string
  html?: string
}

/** Sends mail through one relay. Never throws for what the relay or the network does. */
export interface MailChannel {
  /** Receipts in the order of `mails`; each mail is handed over at most once. */
  send(mails: readonly OutgoingMail[]): Promise<Receipt[]>
  /** Sends one mail outside of a run (confirmation of an address). */
  sendOne(mail: SingleMail): Promise<Receipt>
  /** Open connections of the pool: mark at most this many mails as in flight at once. */
  readonly maxConnections: number
  /** Whether the relay answers and takes our log-in. */
  verify(): Promise<boolean>
  close(): Promise<void>
}
