import type { ClientSession } from 'mongodb'

import { inTurn } from '../database/transaction'
import { changePeople, type ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { leaveShared, settleChildren, type SharedChild } from './moveChildren'
import { isSame, nameOf } from './identity'
import { giveUp, ownerOf, type ContactMoved } from './moveContact'
import type { Address, FormerIdentity, Identity, Reader } from './reader'
import { provenIdentity } from './register'

/** Where a reader has moved to, with what they have said and agreed to there. */
export interface NewTown {
  /** Six-digit code. */
  municipality: string
  edition: string
  area: string | null
  consentedAt: Date
  consentVersion: string
}

/** `taken`: the new town sends to this contact already; nothing was changed. `gone`: nobody to move. */
export type TownMoved = { status: 'moved' | 'taken' | 'gone' }

type Moving = StoreContext & { session: ClientSession }

/** Moves readers whose contact stays as it is. */
export function createTownMoves(context: StoreContext): {
  /** From the commit on texts come from the new town alone; a child that others share stays theirs. */
  moveTown: (moved: { readerId: string; town: NewTown }) => Promise<TownMoved>
} {
  return {
    moveTown: ({ readerId, town }) =>
      inTurn(context.db, (session) => moveReader({ ...context, session }, { readerId, town })),
  }
}

/**
 * Moves a reader to another town within a transaction, to a contact of theirs that works there. It
 * is a change of both towns: the old one's last look meets it, and what is planned there and did not
 * go out comes from the new one.
 */
export async function moveReader(
  work: Moving,
  { readerId, town, identity }: { readerId: string; town: NewTown; identity?: Identity },
): Promise<TownMoved> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id: readerId, status: 'active' }, { session })
  const [own] = reader?.identities.filter(({ status }) => status === 'active') ?? []
  const contact = identity ?? own
  if (!reader || !contact || reader.municipality === town.municipality) return { status: 'gone' }
  const owner = await ownerOf(work, { municipality: town.municipality, identity: contact })
  if (owner?.status === 'active') return { status: 'taken' }
  const { left, shared } = await changePeople(work, reader.municipality, async (stamp) => ({
    left: { municipality: reader.municipality, changeNumber: stamp.changeNumber },
    shared: await leaveShared(work, { reader, town, stamp }),
  }))
  await changePeople(work, town.municipality, async (stamp) => {
    if (owner) await giveUp(work, { owner, identity: contact, stamp })
    await settle(work, { reader, town, contact, left, shared, stamp })
  })
  return { status: 'moved' }
}

/**
 * {@link moveReader} to an address whose owner has just confirmed it, because the new town does not
 * send to the reader's own; null when the reader gets nothing any more.
 */
export async function moveAway(
  work: Moving,
  to: { readerId: string; address: Address; lineAccount?: string | undefined; town: NewTown },
): Promise<ContactMoved | null> {
  const { readerId, town } = to
  const reader = await readerCollections(work.db).readers.findOne(
    { _id: readerId, status: 'active' },
    { session: work.session },
  )
  if (!reader) return null
  const { municipality } = town
  const { identity } = await provenIdentity(work, { ...to, municipality })
  const { status } = await moveReader(work, { readerId, town, identity })
  if (status === 'gone') return null
  if (status === 'taken') return { status }
  const before = reader.identities.filter((one) => !isSame(one, identity))
  return { status: 'changed', before, from: reader.municipality }
}

interface Settling {
  reader: Reader
  town: NewTown
  contact: Identity
  left: { municipality: string; changeNumber: number }
  shared: readonly SharedChild[]
  stamp: ChangeStamp
}

async function settle(work: Moving, settling: Settling): Promise<void> {
  const { db, session } = work
  const { readers } = readerCollections(db)
  const { reader, town, contact, left, stamp } = settling
  await settleChildren(work, settling)
  await endContactChanges(work, reader._id)
  const isNew = !reader.identities.some((one) => isSame(one, contact))
  await readers.updateOne(
    { _id: reader._id },
    {
      $set: {
        ...town,
        identities: [contact],
        former: formerIn(reader),
        beganAt: reader.beganAt ?? reader.consentedAt,
        ...(isNew && { contactSince: work.now() }),
        ...stamp,
      },
      $push: { leftTowns: left },
      // a number of the old town means nothing in the new one
      $unset: { wishedWith: 1 as const },
    },
    { session },
  )
}

/** What was asked for in the old town would lead back there. */
async function endContactChanges({ db, session, now }: Moving, readerId: string): Promise<void> {
  await readerCollections(db).confirmations.updateMany(
    { reader: readerId, usedAt: null },
    { $set: { expiresAt: now() }, $unset: { sealed: 1 as const } },
    { session },
  )
}

/** What keeps an old list of the old town from bringing the reader back there. *Pure.* */
function formerIn({ municipality, identities, former = [] }: Reader): FormerIdentity[] {
  return [...former, ...identities.map(nameOf)].map((one) => ({ municipality, ...one }))
}
