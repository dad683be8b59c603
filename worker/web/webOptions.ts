import type { Registry } from 'prom-client'

import type { Release } from '../../src/release/content'
import type { LiveContent } from '../../src/release/live'
import type { VoicedText } from '../../src/release/voiceLink'
import type { KeyRing } from '../../src/secret/seal'
import type { LineChannel, MailChannel } from '../channel/channel'
import type { LineLogin } from '../channel/lineLogin'
import type { ReaderStore } from '../readers/store'
import type { Voice } from '../report/voices'
import type { Sheets } from '../survey/sheets'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import type { BounceHook } from './bounceRoutes'
import type { PastTexts } from './texts/pastTexts'

/** What the pages and the webhook read of the CMS's settings. */
export interface WebSettings {
  municipality: (code: string) => Promise<MunicipalitySettings | null>
  municipalities: () => Promise<MunicipalitySettings[]>
  lineAccount: (id: string) => Promise<LineAccount | null>
  /** Found by LINE's own channel id, which the webhook's address carries. */
  lineAccountByChannel: (channelId: string) => Promise<LineAccount | null>
  /** What is live now, to see what a family has to expect. */
  content: () => Promise<LiveContent>
}

/** The part of pino's logger that is used; nothing personal is ever handed to it. */
export interface WebLog {
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}

/** Requests that one address may make. */
export interface WebLimits {
  /** Forms sent by one IP address in ten minutes: a class of parents may share one. @default 600 */
  formsPer10Minutes?: number
  /** Webhook calls without LINE’s signature from one IP address in a minute. @default 6000 */
  forgedWebhooksPerMinute?: number
  /** Mails that came back and are handed over in a minute. @default 600 */
  bouncesPerMinute?: number
}

/** Who takes all that is a municipality's, and where it goes. */
export interface TakeoutAsked {
  /** Id of the person in the CMS. */
  by: string
  municipality: MunicipalitySettings
  /** The words that open it. */
  passphrase: string
  target: WritableStream<Uint8Array>
}

/** What the web side is made of. */
export interface WebOptions {
  readers: ReaderStore
  settings: WebSettings
  /** Takes in mails that came back; absent where nobody may hand them over. */
  bounces?: BounceHook
  /** Sends confirmations and links. */
  mail: Pick<MailChannel, 'sendOne'>
  /** Answers, asks for confirmations and leaves groups; null where there is no LINE. */
  line: Pick<LineChannel, 'reply' | 'send' | 'leave' | 'check'> | null
  /** Asks LINE who opens a link, for accounts that have a LINE Login channel. */
  lineLogin: LineLogin
  /** Slots of which a reader was sent, or may have been sent, a text of this day. */
  goneToday: (readerId: string) => Promise<ReadonlySet<string>>
  /** What came to readers, to be read once more. */
  texts: PastTexts
  /** Writes all that is a municipality's into an encrypted file, in the name of who asks. */
  takeOut: (asked: TakeoutAsked) => Promise<void>
  /** What readers say of texts, and the texts they say it of; null for one that is not kept. */
  voices: {
    keep: (voice: Voice) => Promise<void>
    release: (text: VoicedText) => Promise<Release | null>
  }
  /** What readers answer to surveys. */
  surveys: Sheets
  /** The picture of a text by its name; null where there is none. */
  picture: (name: string) => Promise<Buffer | null>
  /** Starts the welcome of a reader who has just registered; may be called again. */
  requestWelcome: (readerId: string) => Promise<void>
  ring: KeyRing
  now: () => Date
  /** `now` is a practice clock: every page says so. @default false */
  isPracticeClock?: boolean
  /** Address of the web side as readers see it, e.g. `https://kizuna.example.jp`. */
  publicUrl: string
  metrics: Registry
  /** Whether the database answers and settings are synced. */
  isReady: () => Promise<boolean>
  log: WebLog
  /** Where a LINE account is added as a friend. @default `https://line.me/R/ti/p/<basicId>` */
  friendUrl?: (account: Pick<LineAccount, 'basicId' | 'channelId'>) => string
  /** How many days what is known of somebody is kept after they stop. @default 400 */
  keptDays?: number
  /** Japanese names of editions by code. @default 標準, やさしい日本語, English */
  editionLabels?: Readonly<Record<string, string>>
  /**
   * How many reverse proxies are in front: the reader's address is the last but so many in
   * `X-Forwarded-For`, of which a client writes the beginning itself.
   * https://expressjs.com/en/guide/behind-proxies.html
   * @default 0
   */
  trustProxy?: number
  limits?: WebLimits
}
