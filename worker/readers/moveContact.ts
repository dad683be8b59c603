import type { ClientSession } from 'mongodb'

import { noteMoved } from './accountMarks'
import { changePeople, type ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { isSame, nameOf } from './identity'
import { carryEnd, joinReaders, planJoin, profileAsOne, type TwoReaders } from './joinReaders'
import type { Address, FormerIdentity, Identity, Reader } from './reader'
import { provenIdentity } from './register'
import type { ChildrenAsOne, DatesChosen } from './twoAsOne'

/**
 * `changed`: texts come to the new contact alone; `before` are the ones they came to, to be told.
 * `taken`: nothing was changed, because the contact is another reader's of this town. `twice`: neither,
 * and its owner, who has just proven both, is to say whether the two registrations are to be one.
 */
export type ContactMoved =
  /** `from`: the town that sent to them; `isJoined`: two registrations have become one. */
  | { status: 'changed'; before: Identity[]; from: string; isJoined?: true }
  | { status: 'taken' }
  | { status: 'twice'; children: ChildrenAsOne }

/**
 * What the owner of a contact with a registration of its own has said: nothing (`ask`), that both are
 * one (`one`), and which dates are right where those of a child differ.
 */
export type JoinAnswer = 'ask' | 'one' | DatesChosen

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
    /** Absent: the contact of another registration stays that one's. */
    join?: JoinAnswer | undefined
  },
): Promise<ContactMoved | null> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id: to.readerId, status: 'active' }, { session })
  if (!reader) return null
  const { municipality } = reader
  const { identity } = await provenIdentity(work, { ...to, municipality })
  const owner = await ownerOf(work, { municipality, identity })
  const two = owner && owner._id !== reader._id ? { ours: reader, theirs: owner } : null
  const isTwice = two?.theirs.status === 'active'
  const refused = two && (await asOne(work, two, to.join))
  if (refused) return refused
  const profile = two && isTwice ? profileAsOne(two) : { $set: {}, $unset: {} }
  await changePeople(work, municipality, async (stamp) => {
    if (two && !isTwice) await giveUp(work, { owner: two.theirs, identity, stamp })
    const contact = withContact(
      reader,
      identity,
      to.move === undefined ? null : { since: work.now() },
    )
    const $set = { ...profile.$set, ...contact, contactSince: work.now(), ...stamp }
    const $unset = {
      ...profile.$unset,
      ...(!contact.fallbackSince && { fallbackSince: 1 as const }),
    }
    await readers.updateOne({ _id: reader._id }, { $set, $unset }, { session })
  })
  if (to.move !== undefined) {
    const noted = { move: to.move, reader: reader._id, municipality, before: reader.identities }
    await noteMoved(work, noted)
  }
  const before = reader.identities.filter((one) => !isSame(one, identity))
  return { status: 'changed', before, from: municipality, ...(isTwice && { isJoined: true }) }
}

/**
 * Makes the two registrations one, or says why not. Of one that has been stopped only what has ended
 * with it is carried on: who lost a child there is not written to of it here.
 */
async function asOne(
  work: Moving,
  two: TwoReaders,
  join: JoinAnswer | undefined,
): Promise<ContactMoved | null> {
  const isStopped = two.theirs.status === 'stopped'
  if (!isStopped && join === undefined) return { status: 'taken' }
  const children = await planJoin(work, two)
  if (isStopped) {
    const ends = children.ended.filter(({ of, how }) => of === 'ours' && how === 'stopped')
    for (const end of ends) await carryEnd(work, two, end)
    return null
  }
  const isAsked = join === 'ask' || (join === 'one' && children.differing.length > 0)
  if (join === undefined || isAsked) return { status: 'twice', children }
  await joinReaders(work, two, { children, chosen: join === 'one' ? 'ours' : join })
  return null
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
