import type { LocalDay } from '../stage/day'
import type { LocalTime } from '../stage/localTime'
import type { HiddenText } from './hidden'

/** A way to reach a reader. */
export type ChannelName = 'line' | 'mail'

/** Which part of a series a municipality takes, and when. */
export interface SeriesTaken {
  /** Code of the series. */
  series: string
  /** Slot codes; null is the series' own end. */
  from: string | null
  to: string | null
  isEndIncluded: boolean
  /** `YYYY-MM-DD`, both inclusive; null is open. */
  effectiveFrom: string | null
  effectiveTo: string | null
}

/** Hours in which a channel may send, in the municipality's zone. */
export interface SendWindow {
  from: LocalTime
  to: LocalTime
}

/** Who a family can ask, under every text. */
export interface ContactFooter {
  department: string
  phone: string
  hours: string
  url: string | null
}

/** A municipality's settings as the worker holds them, without secrets. */
export interface MunicipalitySettings {
  /** Six-digit 全国地方公共団体コード. */
  code: string
  name: string
  /** Display name of the sender, e.g. 「みなと町 子育て便り」. */
  senderName: string
  /** From address of its mail. */
  mailFrom: string
  isActive: boolean
  /** `YYYY-MM-DD`, while it is not active: the last day that this was said to last; absent: none was. */
  pausedUntil?: string
  channels: ChannelName[]
  /** Id of its LINE account in the CMS, or null; while a move runs, of the one new readers come to. */
  lineAccount: string | null
  /** A move of its readers to another account, while they are between two; absent: none. */
  move?: OpenMove
  series: SeriesTaken[]
  /** Edition codes offered; the first is the default. */
  editions: string[]
  /** Area names readers may choose from. */
  areas: string[]
  /** Versions of the consent texts its readers agreed to elsewhere; absent or empty: none named. */
  consentVersions?: string[]
  windows: { line: SendWindow; mail: SendWindow }
  /** Hours its readers may choose beside its own, the beginning of the window; absent is none. */
  hours?: readonly LocalTime[]
  contact: ContactFooter
  /** What to do with a mail of unknown outcome after a crash. */
  mailAfterCrash: 'at-most-once' | 'at-least-once'
  /** Most texts one reader gets for all their children on one day. */
  dailyCap: number
  /** Common texts it keeps from its readers, with their periods; absent is none. */
  hidden?: readonly HiddenText[]
  /** Accent colour of its pages, `#rrggbb`, or null for the default. */
  accent: string | null
}

/** A move of a municipality's readers to another account that is not over. */
export interface OpenMove {
  id: string
  kind: 'sameProvider' | 'otherProvider' | 'mailToLine'
  stage: 'trial' | 'running' | 'paused' | 'switched' | 'takingBack'
  /** Id of the LINE account that is left, or `mail`. */
  from: string
  /** Id of the LINE account that is moved to. */
  to: string
  /** The first and the last day of the overlap. */
  begin: LocalDay
  until: LocalDay
}

/**
 * What is answered in the talks of a LINE account: `all`, only the product's `own` words and menu,
 * or `none`, where the account is shared with another service of the town.
 */
export type LineAnswers = 'all' | 'own' | 'none'

/** A LINE channel of a municipality or provider, secrets opened only in memory. */
export interface LineAccount {
  id: string
  /** LINE user ids are valid inside one provider only. */
  provider: string
  kind: 'dedicated' | 'official'
  channelId: string
  channelSecret: string
  /** `@…` id that readers add as a friend. */
  basicId: string
  /** @default 'all' */
  answers?: LineAnswers
  /** Channel of LINE Login by which a link's opener is asked for; absent: nobody is asked. */
  login?: LineLoginChannel
}

/** A LINE Login channel of the same provider. */
export interface LineLoginChannel {
  channelId: string
  channelSecret: string
  /** Id of its LIFF app (or MINI App), in which a registration may begin; absent: none. */
  liffId?: string
}
