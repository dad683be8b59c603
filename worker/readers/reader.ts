import type { Rest } from '../../src/plan/rest'
import type { ChannelName } from '../../src/plan/settings'
import type { Wishes } from '../../src/plan/wishes'
import type { LocalDay } from '../../src/stage/day'

/** How a reader is related to the child. */
export type Relation = 'mother' | 'father' | 'grandparent' | 'other'

/** Why an address must not be sent to. */
export type SuppressionReason = 'bounced' | 'complained' | 'notTaken' | 'byStaff'

/** A reader's address on one channel account; the address itself is only here in sealed form. */
export interface Identity {
  channel: ChannelName
  /** Name of the LINE provider (user ids are valid inside one provider), or `mail`. */
  account: string
  /** `seal(…)` of the address as it is sent to. */
  sealed: string
  /** `blindIndex(…)` of the normalised address. */
  index: string
  /** `blocked`: the reader blocked or unfollowed. `suppressed`: bounced, complained, unsubscribed. */
  status: 'active' | 'blocked' | 'suppressed'
}

/** An address that texts do not come to any more; it cannot be opened. */
export interface FormerIdentity extends Pick<Identity, 'channel' | 'account' | 'index'> {
  /** Code of the town that sent there, when the reader has moved from it since. */
  municipality?: string
}

/** A person with consent, as stored in `readers`. */
export interface Reader {
  /** UUID; derived from the keyed blind index for imported readers. */
  _id: string
  /** Six-digit code. */
  municipality: string
  /** Edition code; one the municipality offered at registration. */
  edition: string
  relation: Relation
  /** One of the municipality's area names, or null. */
  area: string | null
  /** Where the registration came from (`?s=…`), or null. */
  source: string | null
  consentedAt: Date
  consentVersion: string
  /** How the consent was given, where not on our own pages: at the counter, on paper, elsewhere. */
  consentBasis?: string
  status: 'active' | 'stopped'
  /** The reader's own pause; one whose day has come is none any more. */
  rest?: Rest
  /** How their texts are to come. */
  wishes?: Wishes
  /** The support texts they have asked for. */
  support?: AskedSupport
  /** That they are to be told who sends from now on, as their registration comes from another system. */
  announce?: Announce
  /** Number of the change they last wished something with. */
  wishedWith?: number
  /** Stopped so long ago that nothing is kept but that: no address, no answers. */
  isForgotten?: true
  /** They have had their data erased: no list adds anything of theirs, even when they are back. */
  isErased?: true
  identities: Identity[]
  /**
   * Addresses that texts came to before: keyed indexes alone, so that an old list brings nothing
   * back that has ended since.
   */
  former?: FormerIdentity[]
  /**
   * Since when the mail stands beside LINE, in case that is blocked: from a move to LINE, or from the
   * last time it was seen blocked.
   */
  fallbackSince?: Date
  /** Id of the registration that this one, of the same person, has become: it ended with that. */
  joinedTo?: string
  /** When the contact became another one: a link to the own page from before opens nothing. */
  contactSince?: Date
  /** First consent of somebody who has moved since: links to stop from before go on stopping. */
  beganAt?: Date
  /** The towns they have moved from, each with the number of the move among its changes. */
  leftTowns?: { municipality: string; changeNumber: number }[]
  createdAt: Date
  /** Last change of anything here, by the clock of whoever made it. */
  changedAt: Date
  /** Its number among the municipality's changes, for the last-second check; absent before any. */
  changeNumber?: number
}

/** What a reader has asked for after a stop: counted from that day, whatever the child's dates were. */
export interface AskedSupport {
  /** The day it was asked; the first text comes on a later one. */
  from: LocalDay
  /** Id of the child that was stopped: when that stop is undone, it ends. */
  child: string
  at: Date
}

/** Who is to be told, once, that texts come from here now: imported readers. */
export interface Announce {
  /** The day until which it goes with their first text; on it, by itself. */
  on: LocalDay
  /** Id of the child whose pair it is counted with: when that one is stopped, nothing is told. */
  child: string
  /** Six-digit code of the town that imported them. */
  municipality: string
  /** The last day on which it makes sense to be told. */
  until: LocalDay
}

/** What stages are computed for, as stored in `children`; also before the birth. */
export interface Child {
  /** UUID; derived from the reader's id and the date for imported children. */
  _id: string
  municipality: string
  /** Ids of every reader who gets this child's texts. */
  readers: string[]
  /** Ids of those who got them and do not any more: no old list may bring it back to them. */
  left?: string[]
  /** Id of the child that this one is for a reader who has moved: what ends one ends the other. */
  sameAs?: string
  /** Kept after the birth: corrected age counts from it. */
  dueDate?: LocalDay
  birthDate?: LocalDay
  /** 1 April a reader chose instead of the computed one. */
  entryDate?: LocalDay
  /** Ids of the readers who chose corrected age. */
  corrected?: string[]
  /** Ids of those whom the first reader lets change the dates too. */
  keepers?: string[]
  /** Said to be another child than those of like dates (a twin): the end of one is not its end. */
  isApart?: boolean
  /** What another system has delivered before: none of it comes again. */
  elsewhere?: DeliveredElsewhere
  status: 'active' | 'stopped'
  createdAt: Date
  /** Last change of anything here, by the clock of whoever made it. */
  changedAt: Date
  /** Its number among the municipality's changes, for the last-second check; absent before any. */
  changeNumber?: number
}

/** Everything that was due up to a day by the dates a child had when it was imported. */
export interface DeliveredElsewhere extends Pick<ChildDates, 'dueDate' | 'birthDate'> {
  through: LocalDay
}

/** An address no municipality sends to, as stored in `suppressions`. */
export interface Suppression {
  /** `${channel}:${account}:${index}` */
  _id: string
  reason: SuppressionReason
  at: Date
}

/** An address in clear, in memory only. */
export interface Address {
  channel: ChannelName
  /** Name of the LINE provider, or `mail`. */
  account: string
  /** LINE user id or mail address. */
  address: string
}

/** The dates a child's stages count from. */
export interface ChildDates {
  dueDate?: LocalDay
  birthDate?: LocalDay
  entryDate?: LocalDay
}

/** Account name of every mail identity. */
export const MAIL_ACCOUNT = 'mail'
