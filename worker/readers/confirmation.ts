import { createHash, randomBytes, randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import { blindIndex, open, seal, type KeyRing } from '../../src/secret/seal'

import {
  forgottenAfter,
  readerCollections,
  type Confirmation,
  type StoreContext,
} from './collections'
import { inTurn, isDuplicateKey } from '../database/transaction'
import { indexOf } from './identity'
import { registerIn } from './register'
import type {
  ChildAsked,
  ConfirmationState,
  Confirmed,
  ReaderStore,
  RegisteredNow,
  Registration,
} from './store'

type Confirmations = Pick<
  ReaderStore,
  'requestConfirmation' | 'endConfirmation' | 'findConfirmation' | 'confirm'
>

const HOUR_MS = 3600_000

/** How long the link of a confirmation mail works. */
export const CONFIRMATION_LIFE_MS = 24 * HOUR_MS

/** Most confirmation mails to one address within {@link CONFIRMATION_LIFE_MS}. */
export const MAX_CONFIRMATIONS_PER_ADDRESS = 5

const KEPT_AFTER_EXPIRY_MS = 7 * 24 * HOUR_MS
/** What registrations that wait are sealed with. */
export const REGISTRATION_CONTEXT = 'confirmation'

/** Double opt-in: a registration waits, sealed, for the owner of its mail address. */
export function createConfirmations(context: StoreContext): Confirmations {
  const { db } = context
  const { confirmations } = readerCollections(db)
  return {
    requestConfirmation: (registration, once) => requestConfirmation(context, registration, once),
    endConfirmation: (id) => endConfirmation(context, id),
    findConfirmation: async (token) =>
      shownState(context, await confirmations.findOne({ _id: hashOf(token) })),
    confirm: (token) => inTurn(db, (session) => confirmIn(context, token, session)),
  }
}

async function requestConfirmation(
  context: StoreContext,
  registration: Registration,
  once?: string,
): Promise<{ token: string; id: string } | null> {
  const { ring, now } = context
  const index = indexOf(ring, registration.address)
  if (await isAskedTooOften(context, index)) return null
  const token = once ? tokenOf(ring, registration, once) : randomBytes(32).toString('base64url')
  const id = hashOf(token)
  const isNew = await keepOnce(context, {
    _id: id,
    municipality: registration.municipality,
    index,
    sealed: seal(ring, JSON.stringify(registration), REGISTRATION_CONTEXT),
    ...confirmationLife(now()),
  })
  return isNew ? { token, id } : null
}

/** It still counts for {@link isAskedTooOften}: a mail went out. */
async function endConfirmation({ db, now }: StoreContext, _id: string): Promise<'ended' | 'used'> {
  const { confirmations } = readerCollections(db)
  const ended = { $set: { expiresAt: now() }, $unset: { sealed: 1 as const } }
  await confirmations.updateOne({ _id, usedAt: null }, ended)
  const isUsed = await confirmations.findOne({ _id, usedAt: { $ne: null } })
  return isUsed ? 'used' : 'ended'
}

/** Whether {@link MAX_CONFIRMATIONS_PER_ADDRESS} mails went to an address, whatever they asked. */
export async function isAskedTooOften({ db, now }: StoreContext, index: string): Promise<boolean> {
  const createdAt = { $gt: new Date(now().getTime() - CONFIRMATION_LIFE_MS) }
  const asked = await readerCollections(db).confirmations.countDocuments({ index, createdAt })
  return asked >= MAX_CONFIRMATIONS_PER_ADDRESS
}

/** Keeps what waits; false for the second press of one button. */
export async function keepOnce({ db }: StoreContext, waiting: Confirmation): Promise<boolean> {
  try {
    await readerCollections(db).confirmations.insertOne(waiting)
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

/** The token of one press: the same for the same answers, and known to nobody without the key. */
function tokenOf(ring: KeyRing, registration: Registration, once: string): string {
  const { consentedAt: _, ...answers } = registration
  return blindIndex(ring, JSON.stringify([once, answers]), 'confirmation-token')
}

async function confirmIn(
  context: StoreContext,
  token: string,
  session: ClientSession,
): Promise<Confirmed> {
  const { db, ring, now } = context
  const stored = await readerCollections(db).confirmations.findOne(
    { _id: hashOf(token) },
    { session },
  )
  const state = stateOf(stored, now())
  if (!stored || state.status === 'gone') return { status: 'gone' }
  const { municipality } = state
  const asked = childAsked(ring, stored)
  if (asked) return asked
  if (state.status === 'used' || !stored.sealed) return { status: 'used', municipality }
  return useConfirmation(context, { _id: stored._id, sealed: stored.sealed, municipality }, session)
}

/** Registers what waited, once; what has to be asked first stays, sealed, until it is forgotten. */
export async function useConfirmation(
  context: StoreContext,
  { _id, sealed, municipality }: { _id: string; sealed: string; municipality: string },
  session: ClientSession,
): Promise<{ status: 'confirmed'; municipality: string; registered: RegisteredNow } | ChildAsked> {
  const { confirmations } = readerCollections(context.db)
  const registration = openRegistration(context.ring, sealed)
  const usedAt = context.now()
  const registered = await registerIn(context, registration, session)
  if (registered.status !== 'asked') {
    const used = { $set: { usedAt }, $unset: { sealed: 1 as const } }
    await confirmations.updateOne({ _id }, used, { session })
    return { status: 'confirmed', municipality, registered }
  }
  const asked = { readerId: registered.readerId, childId: randomUUID() }
  await confirmations.updateOne({ _id }, { $set: { usedAt, asked } }, { session })
  return { status: 'asked', municipality, ...saidIn(registration), ...asked }
}

/** What a confirmation that was used has to ask still, or null. *Pure.* */
export function childAsked(
  ring: KeyRing,
  { asked, sealed, municipality }: Confirmation,
): ChildAsked | null {
  if (!asked || !sealed) return null
  return { status: 'asked', municipality, ...saidIn(openRegistration(ring, sealed)), ...asked }
}

/** What a registration says of its children. *Pure.* */
function saidIn({ child: dates, count }: Registration): Pick<ChildAsked, 'dates' | 'count'> {
  return { dates, ...(count && { count }) }
}

/** When a confirmation that is asked for now ends, and when it is forgotten. */
export function confirmationLife(createdAt: Date) {
  const expiresAt = new Date(createdAt.getTime() + CONFIRMATION_LIFE_MS)
  const removeAt = forgottenAfter(CONFIRMATION_LIFE_MS + KEPT_AFTER_EXPIRY_MS)
  return { createdAt, expiresAt, usedAt: null, removeAt }
}

/** The state, with the edition that its page is written in. */
function shownState({ ring, now }: StoreContext, stored: Confirmation | null): ConfirmationState {
  const state = stateOf(stored, now())
  if (state.status !== 'open') return state as ConfirmationState
  const edition = stored?.sealed ? openRegistration(ring, stored.sealed).edition : ''
  return { status: 'open', municipality: state.municipality, edition }
}

type State = { status: 'open' | 'used'; municipality: string } | { status: 'gone' }

function stateOf(stored: Confirmation | null, at: Date): State {
  if (!stored) return { status: 'gone' }
  const { municipality } = stored
  // One that asks something is opened again until it ends.
  if (stored.usedAt && !stored.asked) return { status: 'used', municipality }
  return stored.expiresAt > at ? { status: 'open', municipality } : { status: 'gone' }
}

/** A registration that waited. *Pure.* @throws SealError */
export function openRegistration(ring: KeyRing, sealed: string): Registration {
  const registration = JSON.parse(open(ring, sealed, REGISTRATION_CONTEXT)) as Registration
  const consentedAt = new Date(registration.consentedAt)
  return { ...registration, consentedAt, waitedSince: consentedAt }
}

/** What the database knows a token by. *Pure.* */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
