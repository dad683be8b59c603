import type { GivenAct } from '../../src/operation/act'
import type { LocalDay } from '../../src/stage/day'
import type { ExclusionReason } from '../../src/plan/reason'
import type { PayloadBody } from '../../src/plan/render'
import type { ChannelName } from '../../src/plan/settings'
import type { BatchState, DeliveryStatus, RunState } from './states'

/** An instant for each channel. */
export type PerChannel<T> = Record<ChannelName, T>

/** One municipality's texts of one day (or one reader's welcome), as stored in `runs`. */
export interface Run {
  /** `code:date`, `code:date:welcome:reader`, `code:date:urgent:alert`, or `code:date:moved:reader` without a greeting. */
  _id: string
  municipality: string
  date: LocalDay
  kind: 'daily' | 'welcome' | 'urgent'
  /** Key of the alert that is sent at once. */
  alert?: string
  /** The reader of a welcome. */
  reader?: string
  /** A welcome that brings what the day has left for a reader with another contact, and no greeting. */
  hasNoGreeting?: true
  state: RunState
  /** Started by a person or a registration: hours are not waited for. */
  isForced: boolean
  /** The whole day is over: everything is recorded as stale. */
  isStale: boolean
  /** Asked for again while it was under way. */
  isAgain: boolean
  /** Rises with every claim. */
  epoch: number
  leaseUntil: Date | null
  owner: string | null
  /** Nothing can be done before this instant. */
  wakeAt: Date | null
  opensAt: PerChannel<Date>
  closesAt: PerChannel<Date>
  /** Counts plannings; documents of a planning carry its number. */
  attempts: number
  /** Plannings that were finished: only their batches are sent. */
  sealed: number[]
  plan: RunNumbers | null
  hold?: RunHold
  requestedAt: Date
  plannedAt?: Date
  /** Number of the last change of the municipality's people that its latest planning has seen. */
  plannedWith?: number
  finishedAt?: Date
  /** Ids of the releases, withdrawn before, for whose sake it was asked for again. */
  republished?: string
  /** Finished since it was last compared with the ledger; else absent. */
  isUnchecked?: true
}

/** What a run's planning came to. */
export interface RunNumbers {
  candidates: number
  deliveries: number
  exclusions: Partial<Record<ExclusionReason, number>>
  /** Different texts by channel account. */
  groups: number
  batches: number
  calls: number
  /** (reader, child) pairs whose dates are due today. */
  audience: number
  /** Deliveries that some add-on did not fit into, because LINE takes five messages. */
  leftOut: number
}

/** Why a run waits for a person. */
export interface RunHold {
  code: string
  detail: string
  at: Date
}

/** What goes in one provider call (LINE) or one list of mails, frozen before the first byte. */
export interface Batch {
  /** `run/attempt.number` */
  _id: string
  run: string
  municipality: string
  date: LocalDay
  attempt: number
  /** Number of the last change of people that its planning has seen. */
  plannedWith?: number
  channel: ChannelName
  /** Id of the LINE account, or the From address. */
  account: string
  /** Hash of the payload. */
  payload: string
  /** Ids of the deliveries, in the frozen order. */
  recipients: string[]
  /** Add-ons of its text that did not fit into LINE's messages; absent for none. */
  leftOut?: number
  retryKey: string
  state: BatchState
  reason?: ExclusionReason
  /** Epoch of the claim that last touched it. */
  epoch: number
  tries: number
  /** Not before its readers' hour; of one that is deferred or unsure, when it is tried again. */
  notBefore: Date | null
  firstTriedAt?: Date
  /** Number of the last change of people that its first attempt was checked with. */
  firstTriedWith?: number
  /** Recipients that the present attempts leave out, because they are settled otherwise. */
  left?: string[]
  /** Fingerprint of the addresses of an attempt that got no answer: only they are asked again. */
  toHash?: string
  code?: string
  /** How many recipients were taken out to be planned anew: their text was withdrawn unsent. */
  freed?: number
}

/**
 * One (reader, child, slot), as stored in `deliveries`; the id makes it unique for ever. It is kept
 * as small as can be, because there is one for every text of every family: run, day, planning and
 * channel are its batch's, which its id names.
 */
export interface Delivery {
  /** `municipality:slot:number`, the number being that of the pair of reader and child. */
  _id: string
  batch: string
  /** Absent as long as the batch speaks for it. */
  status?: DeliveryStatus
  reason?: ExclusionReason
  code?: string
  epoch?: number
  at?: Date
}

/** A candidate that was not delivered, as stored in `exclusions`. */
export interface Exclusion {
  /** `run|delivery` */
  _id: string
  run: string
  date: LocalDay
  delivery: string
  attempt: number
  reason: ExclusionReason
  into?: string
  /** Same as `delivery` where another delivery stands for it, so that it counts as delivered. */
  covers?: string
  /** The planning that made a delivery of it after all: it counts until that one is finished. */
  until?: number
}

/** Slots of a municipality that were ever merged into another one's delivery. */
export interface MergedSlots {
  /** Code of the municipality. */
  _id: string
  slots: string[]
}

/** The last sign of life of the workers, and of the web side, for whoever watches. */
export interface Heartbeat {
  _id: 'tick' | 'web'
  at: Date
}

/** A worker that lives: signed again and again, and taken away when it has ended cleanly. */
export interface WorkerSign {
  _id: string
  at: Date
}

/** What a person has stopped until a person lets it go on, as stored in `halts`. */
export interface Halt {
  /** The scope, see `src/operation/halt.ts`. */
  _id: string
  at: Date
  reason: string
}

/** An act that was done, as stored in `doneActs`: it is done once, however often it is heard. */
export interface DoneAct extends Pick<GivenAct, 'reason' | 'act'> {
  /** Id of the act. */
  _id: string
  at: Date
  /** Asked for in the shell: the CMS is told, for its log. */
  isUntold?: true
}

/** A rendered text, as stored in `payloads` under its hash. */
export type StoredPayload = {
  _id: string
  /** The last day it was planned for. */
  usedOn: LocalDay
} & PayloadBody
