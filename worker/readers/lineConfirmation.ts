import type { ClientSession } from 'mongodb'

import { seal, type KeyRing } from '../../src/secret/seal'

import { readerCollections, type Confirmation, type StoreContext } from './collections'
import { inTurn } from '../database/transaction'
import {
  childAsked,
  confirmationLife,
  openRegistration,
  REGISTRATION_CONTEXT,
  useConfirmation,
} from './confirmation'
import { indexOf } from './identity'
import type { Address } from './reader'
import type { LineConfirmed, ReaderStore, Registration, WaitingRegistration } from './store'

type LineConfirmations = Pick<
  ReaderStore,
  'askLineFriend' | 'isLineLinkUsed' | 'confirmByLine' | 'refuseByLine'
>

/**
 * A registration by the link of a LINE friend waits, sealed, until the friend answers in their own
 * talk: whoever else opened the link has no way to. The link's key is the id, so that a link is
 * good for one registration.
 */
export function createLineConfirmations(context: StoreContext): LineConfirmations {
  const { db, ring, now } = context
  const { confirmations } = readerCollections(db)
  return {
    askLineFriend: (asked) => askLineFriend(context, asked),
    isLineLinkUsed: async (key) => (await confirmations.findOne({ _id: idOf(key) })) !== null,
    confirmByLine: (answer) => inTurn(db, (session) => confirmIn(context, answer, session)),
    refuseByLine: async ({ key, address }) => {
      const asked = { _id: idOf(key), index: indexOf(ring, address), usedAt: null }
      const used = { $set: { usedAt: now() }, $unset: { sealed: 1 as const } }
      const refused = await confirmations.findOneAndUpdate(asked, used)
      return refused && waitingRegistrationOf(ring, refused)
    },
  }
}

/** The registration that waits under a friend's link. *Pure.* */
export function waitingRegistrationOf(
  ring: KeyRing,
  { _id, municipality, sealed }: Confirmation,
): WaitingRegistration {
  const edition = sealed ? openRegistration(ring, sealed).edition : ''
  return { key: keyOf(_id), municipality, edition }
}

async function askLineFriend(
  { db, ring, now }: StoreContext,
  { key, registration }: { key: string; registration: Registration },
): Promise<boolean> {
  const { confirmations } = readerCollections(db)
  const { upsertedCount } = await confirmations.updateOne(
    { _id: idOf(key) },
    {
      $setOnInsert: {
        municipality: registration.municipality,
        index: indexOf(ring, registration.address),
        sealed: seal(ring, JSON.stringify(registration), REGISTRATION_CONTEXT),
        ...confirmationLife(now()),
      },
    },
    { upsert: true },
  )
  return upsertedCount === 1
}

async function confirmIn(
  context: StoreContext,
  { key, address }: { key: string; address: Address },
  session: ClientSession,
): Promise<LineConfirmed> {
  const { db, ring, now } = context
  const { confirmations } = readerCollections(db)
  const of = { _id: idOf(key), index: indexOf(ring, address) }
  const stored = await confirmations.findOne(of, { session })
  const isOpen = stored !== null && stored.expiresAt > now()
  const asked = isOpen && childAsked(ring, stored)
  if (asked) return asked
  if (stored?.usedAt) return { status: 'answered' }
  if (!isOpen || !stored.sealed) return { status: 'gone' }
  const { _id, sealed, municipality } = stored
  return useConfirmation(context, { _id, sealed, municipality }, session)
}

const PREFIX = 'line:'

/** No token of a mail hashes to it, so the page of a mail's link cannot confirm it. *Pure.* */
function idOf(key: string): string {
  return `${PREFIX}${key}`
}

function keyOf(id: string): string {
  return id.slice(PREFIX.length)
}
