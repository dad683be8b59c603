import type { ClientSession } from 'mongodb'

import { noteMoved } from './accountMarks'
import { changePeople, type ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import type { Address, FormerIdentity, Identity, Reader } from './reader'
import { provenIdentity } from './register'

/**
 * `changed`: texts come to the new contact alone; `before` are the ones they came to, to be told.
 * `taken`: nothing was changed, because the contact is another reader's of this town.
 */
export type ContactMoved =
  /** `from`: the town that sent to them. */
  { status: 'changed'; before: Identity[]; from: string } | { status: 'taken' }

type Moving = StoreContext & { session: ClientSession }

/**
 * Makes an address whose owner has just confirmed it the one contact of a reader, within a
 * transaction; null when the reader gets nothing any more. What is planned for the day meets the
 * change at the last second, so that nothing comes twice.
 */
export async function moveContact(
  work: Moving,
  to: {
    readerId: string
    address: Address
    lineAccount?: string | undefined
    move?: string | undefined
  },
): Promise<ContactMoved | null> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id: to.readerId, status: 'active' }, { session })
  if (!reader) return null
  const { municipality } = reader
  const { identity } = await provenIdentity(work, { ...to, municipality })
  const owner = await ownerOf(work, { municipality, identity })
  if (owner && owner._id !== reader._id && owner.status === 'active') return { status: 'taken' }
  await changePeople(work, municipality, async (stamp) => {
    if (owner && owner._id !== reader._id) await giveUp(work, { owner, identity, stamp })
    const contact = withContact(
      reader,
      identity,
      to.move === undefined ? null : { since: work.now() },
    )
    const $set = { ...contact, contactSince: work.now(), ...stamp }
    await readers.updateOne(
      { _id: reader._id },
      { $set, ...(!contact.fallbackSince && { $unset: { fallbackSince: 1 as const } }) },
      { session },
    )
  })
  if (to.move !== undefined) {
    const noted = { move: to.move, reader: reader._id, municipality, before: reader.identities }
    await noteMoved(work, noted)
  }
  const before = reader.identities.filter((one) => !isSame(one, identity))
  return { status: 'changed', before, from: municipality }
}

/** Who has an address in a town, whether texts come there or have been stopped. */
export function ownerOf(
  { db, session }: Moving,
  { municipality, identity }: { municipality: string; identity: Identity },
): Promise<Reader | null> {
  const identities = { $elemMatch: nameOf(identity) }
  return readerCollections(db).readers.findOne({ municipality, identities }, { session })
}

/** Who had stopped with this contact keeps the memory of it: no old list brings back what ended. */
export async function giveUp(
  { db, session }: Moving,
  { owner, identity, stamp }: { owner: Reader; identity: Identity; stamp: ChangeStamp },
): Promise<void> {
  const identities = owner.identities.filter((one) => !isSame(one, identity))
  const former = [...(owner.former ?? []), nameOf(identity)]
  const $set = { identities, former, ...stamp }
  await readerCollections(db).readers.updateOne({ _id: owner._id }, { $set }, { session })
}

/**
 * The contact a reader has from now on, and those they had; in a move of the town's to LINE their mail
 * stays beside it for a while, and gets nothing as long as LINE does. *Pure.*
 */
function withContact(
  { identities, former = [], fallbackSince }: Reader,
  identity: Identity,
  isMoved: { since: Date } | null,
): Pick<Reader, 'identities' | 'former' | 'fallbackSince'> {
  const keepsMail = isMoved !== null && identity.channel === 'line'
  const kept = keepsMail ? identities.filter(({ channel }) => channel === 'mail') : []
  const now = [identity, ...kept]
  const isNow = (one: FormerIdentity) =>
    !one.municipality && now.some((other) => isSame(one, other))
  const all = [...former, ...identities.map(nameOf)].filter((one) => !isNow(one))
  const known = new Map(all.map((one) => [JSON.stringify([one.municipality, nameOf(one)]), one]))
  return {
    identities: now,
    former: [...known.values()],
    ...(kept.length > 0 && { fallbackSince: fallbackSince ?? isMoved?.since }),
  }
}

/** What an address is known by. *Pure.* */
export function nameOf({ channel, account, index }: FormerIdentity): FormerIdentity {
  return { channel, account, index }
}

/** Whether two are one address. *Pure.* */
export function isSame(one: FormerIdentity, other: FormerIdentity): boolean {
  const { channel, account, index } = nameOf(other)
  return one.channel === channel && one.account === account && one.index === index
}
