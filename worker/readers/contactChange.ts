import type { ClientSession, Filter } from 'mongodb'

import { blindIndex, open, seal } from '../../src/secret/seal'

import { inTurn } from '../database/transaction'
import { readerCollections, type Confirmation, type StoreContext } from './collections'
import { confirmationLife, hashOf, isAskedTooOften, keepOnce } from './confirmation'
import { indexOf } from './identity'
import { moveContact, type ContactMoved, type JoinAnswer } from './moveContact'
import { moveAway, type NewTown } from './moveTown'
import { MAIL_ACCOUNT, type Address } from './reader'

/** Where a reader's texts are to come from now on; it waits until its owner confirms it. */
export interface ContactChange {
  readerId: string
  /** Code of the municipality that will send there. */
  municipality: string
  /** The town the reader moves to with it. */
  town?: NewTown
  /** Id of the move of the town's own account that it is part of. */
  move?: string
}

/** What became of a change that waits. */
export type ContactChangeState =
  /** `readerId`: whose texts are to come there. */
  { status: 'open' | 'used' | 'taken'; municipality: string; readerId: string } | { status: 'gone' }

/** `used`: answered before. `gone`: never asked, expired, or the reader has stopped since. */
export type ContactConfirmed =
  | (ContactMoved & { municipality: string; readerId: string })
  | { status: 'used'; readerId: string }
  | { status: 'gone' }

/** What became of a friend's no; `used`: they have answered before. */
export type ContactRefused = { status: 'refused' | 'used'; readerId: string } | { status: 'gone' }

/** A change of where texts come: asked for on the own page, confirmed by the new contact's owner. */
export interface ContactChanges {
  /**
   * Keeps a change to a mail address until it is confirmed, instead of those the reader asked for
   * before; null when the address was asked too often, or with the same `once`.
   */
  askContactByMail: (
    asked: ContactChange & { address: string; once: string },
  ) => Promise<{ token: string } | null>
  /** Keeps a change to LINE until the friend who brings `key` into the talk confirms it there. */
  askContactByLine: (asked: ContactChange & { key: string; lineAccount: string }) => Promise<void>
  /** Whether a reader has asked for a change that waits. */
  isContactAsked: (readerId: string) => Promise<boolean>
  /** What became of the change with a mail's token, without using it. */
  findContactChange: (token: string) => Promise<ContactChangeState>
  /** The same of the change whose key is brought into the talk; `refused`: the friend said no. */
  contactKeyStatus: (key: string) => Promise<ContactChangeState['status'] | 'refused'>
  /** The first friend who brings a key is the one who is asked; null when there is nothing to ask. */
  bringContactKey: (brought: {
    key: string
    address: Address
    lineAccount: string
  }) => Promise<WaitingContact | null>
  /** Uses a mail's token, once: from then on texts come to its address alone. */
  confirmContact: (token: string) => Promise<ContactConfirmed>
  /**
   * The same by the friend's answer in the talk; where texts come there by a registration of its own,
   * `join` says what the friend has answered to that, and nothing is used until they have.
   */
  confirmContactByLine: (answer: {
    key: string
    address: Address
    join?: JoinAnswer
  }) => Promise<ContactConfirmed>
  /** Forgets what the friend was asked about. */
  refuseContact: (answer: { key: string; address: Address }) => Promise<ContactRefused>
}

/** A change that waits for a LINE friend's answer. */
export interface WaitingContact extends ContactChange {
  key: string
}

/** What is sealed while a change waits. */
interface Waiting {
  readerId: string
  address?: Address
  lineAccount?: string
  town?: NewTown
  move?: string
}

/** Context of a contact that waits for its owner. */
export const CONTACT_CONTEXT = 'contact-change'

/** Changes of contact that wait beside the registrations, under names none of these has. */
export function createContactChanges(context: StoreContext): ContactChanges {
  const { db, ring, now } = context
  const { confirmations } = readerCollections(db)
  const open = () => ({ usedAt: null, expiresAt: { $gt: now() } })
  return {
    askContactByMail: (asked) => askByMail(context, asked),
    askContactByLine: ({ key, lineAccount, ...change }) =>
      ask(context, change, { _id: lineId(key), index: '', waiting: { lineAccount } }).then(
        () => undefined,
      ),
    isContactAsked: async (reader) => (await confirmations.findOne({ reader, ...open() })) !== null,
    findContactChange: async (token) =>
      stateOf(await confirmations.findOne({ _id: mailId(token) }), now()),
    contactKeyStatus: async (key) => {
      const stored = await confirmations.findOne({ _id: lineId(key) })
      return stored?.isRefused ? 'refused' : stateOf(stored, now()).status
    },
    bringContactKey: async ({ key, address, lineAccount }) => {
      const index = indexOf(ring, address)
      const free = { _id: lineId(key), index: { $in: ['', index] }, ...open() }
      const asked = await confirmations.findOne(free)
      if (!asked?.sealed || openWaiting(context, asked.sealed).lineAccount !== lineAccount) {
        return null
      }
      const { matchedCount } = await confirmations.updateOne(free, { $set: { index } })
      return matchedCount === 1 ? waitingContactOf(asked) : null
    },
    confirmContact: (token) =>
      inTurn(db, (session) => confirmIn(context, { of: { _id: mailId(token) }, session })),
    confirmContactByLine: ({ key, address, join = 'ask' }) => {
      const of = { _id: lineId(key), index: indexOf(ring, address) }
      return inTurn(db, (session) => confirmIn(context, { of, session, address, join }))
    },
    refuseContact: async ({ key, address }) => {
      const of = { _id: lineId(key), index: indexOf(ring, address) }
      const refused = { $set: { usedAt: now(), isRefused: true as const } }
      const change = { ...refused, $unset: { sealed: 1 as const } }
      const before = await confirmations.findOneAndUpdate({ ...of, ...open() }, change)
      if (before) return { status: 'refused', readerId: before.reader ?? '' }
      const state = stateOf(await confirmations.findOne(of), now())
      return state.status === 'gone' ? state : { status: 'used', readerId: state.readerId }
    },
  }
}

async function askByMail(
  context: StoreContext,
  { address: typed, once, ...change }: Parameters<ContactChanges['askContactByMail']>[0],
): Promise<{ token: string } | null> {
  const { ring } = context
  const address = { channel: 'mail', account: MAIL_ACCOUNT, address: typed } as const
  const index = indexOf(ring, address)
  if (await isAskedTooOften(context, index)) return null
  const token = blindIndex(ring, JSON.stringify([once, change.readerId, typed]), 'contact-token')
  const isNew = await ask(context, change, { _id: mailId(token), index, waiting: { address } })
  return isNew ? { token } : null
}

/** The newest change that was asked for is the one that can be confirmed. */
async function ask(
  context: StoreContext,
  { readerId, municipality, town, move }: ContactChange,
  {
    _id,
    index,
    waiting,
  }: { _id: string; index: string; waiting: Omit<Waiting, 'readerId' | 'town' | 'move'> },
): Promise<boolean> {
  const { db, ring, now } = context
  const { confirmations } = readerCollections(db)
  const isNew = await keepOnce(context, {
    _id,
    municipality,
    reader: readerId,
    index,
    sealed: seal(ring, JSON.stringify({ readerId, town, move, ...waiting }), CONTACT_CONTEXT),
    ...confirmationLife(now()),
  })
  if (!isNew) return false
  await confirmations.updateMany(
    { reader: readerId, _id: { $ne: _id }, usedAt: null, expiresAt: { $gt: now() } },
    { $set: { expiresAt: now() }, $unset: { sealed: 1 as const } },
  )
  return true
}

async function confirmIn(
  context: StoreContext,
  {
    of,
    session,
    address: friend,
    join,
  }: { of: Filter<Confirmation>; session: ClientSession; address?: Address; join?: JoinAnswer },
): Promise<ContactConfirmed> {
  const { db, now } = context
  const { confirmations } = readerCollections(db)
  const stored = await confirmations.findOne(of, { session })
  const state = stateOf(stored, now())
  if (state.status === 'gone') return { status: 'gone' }
  if (state.status !== 'open' || !stored?.sealed) {
    return { status: 'used', readerId: state.readerId }
  }
  const waiting = openWaiting(context, stored.sealed)
  const { readerId, lineAccount, town, move, address = friend } = waiting
  const to = address && { readerId, address, lineAccount, move, join }
  const work = { ...context, session }
  const moved = to && (await (town ? moveAway(work, { ...to, town }) : moveContact(work, to)))
  if (!moved) return { status: 'gone' }
  if (moved.status === 'twice') return { ...moved, municipality: state.municipality, readerId }
  const isTaken = moved.status === 'taken' ? { isTaken: true as const } : {}
  await confirmations.updateOne(
    { _id: stored._id },
    { $set: { usedAt: now(), ...isTaken }, $unset: { sealed: 1 as const } },
    { session },
  )
  return { ...moved, municipality: state.municipality, readerId }
}

function stateOf(stored: Confirmation | null, at: Date): ContactChangeState {
  if (!stored) return { status: 'gone' }
  const { municipality, reader: readerId = '', usedAt, isTaken, expiresAt } = stored
  if (usedAt) return { status: isTaken ? 'taken' : 'used', municipality, readerId }
  return expiresAt > at ? { status: 'open', municipality, readerId } : { status: 'gone' }
}

function openWaiting({ ring }: StoreContext, sealed: string): Waiting {
  const { town, ...waiting } = JSON.parse(open(ring, sealed, CONTACT_CONTEXT)) as Waiting
  return {
    ...waiting,
    ...(town && { town: { ...town, consentedAt: new Date(town.consentedAt) } }),
  }
}

/** The change that waits for a LINE friend. *Pure.* */
export function waitingContactOf({
  _id,
  municipality,
  reader = '',
}: Pick<Confirmation, '_id' | 'municipality' | 'reader'>): WaitingContact {
  return { key: _id.slice(LINE.length), municipality, readerId: reader }
}

/** Whether what waits is a change of contact, to be confirmed on LINE. *Pure.* */
export function isContactOnLine({ _id }: Pick<Confirmation, '_id'>): boolean {
  return _id.startsWith(LINE)
}

const LINE = 'contact:line:'

function lineId(key: string): string {
  return `${LINE}${key}`
}

function mailId(token: string): string {
  return `contact:${hashOf(token)}`
}
