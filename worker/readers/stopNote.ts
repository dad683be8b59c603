import type { ClientSession, Filter } from 'mongodb'

import { blindIndex } from '../../src/secret/seal'

import { inTurn } from '../database/transaction'
import { changePeople, type ChangeStamp } from './changeNumber'
import { forgottenAfter, readerCollections, type StopNote, type StoreContext } from './collections'
import { suppressionId } from './identity'
import type { Child, Reader } from './reader'
import { couldBeOne } from './sameChild'
import { endSupportOf } from './support'
import type { OpenStop, ReaderStore, Stopper } from './store'

/** How long who stopped something may undo it. Source: product.md, rule 1 on loss. */
export const UNDO_LIFE_MS = 7 * 24 * 3600_000

/** Within which transaction, and by whom, something is stopped. */
export interface Stopping extends StoreContext, Stopper {
  session: ClientSession
}

/** Notes who stopped what, for as long as they may undo it. */
export async function noteStop(
  { db, ring, now, session, browser, isByStaff }: Stopping,
  stopped: Pick<StopNote, 'reader' | 'kind' | 'children' | 'isCorrected' | 'isWhole'>,
): Promise<void> {
  const { stopNotes } = readerCollections(db)
  const { reader, kind, children } = stopped
  const note = {
    ...stopped,
    ...(browser && { holder: holderOf(ring, browser) }),
    ...(isByStaff && { isByStaff }),
    at: now(),
    undoUntil: new Date(now().getTime() + UNDO_LIFE_MS),
    removeAt: forgottenAfter(UNDO_LIFE_MS),
  }
  const _id = [kind, reader, ...children.slice(0, 1)].join(':')
  await stopNotes.replaceOne({ _id }, note, { upsert: true, session })
}

/** Whether somebody other than this reader may still undo a stop of a child. */
export async function isOthersStop(
  { db, now, session }: Stopping,
  { readerId, childId }: { readerId: string; childId: string },
): Promise<boolean> {
  const { stopNotes } = readerCollections(db)
  const theirs = { kind: 'child' as const, children: childId, reader: { $ne: readerId } }
  return (await stopNotes.findOne({ ...theirs, undoUntil: { $gt: now() } }, { session })) !== null
}

/** Undoing what one has stopped oneself. */
export function createUndo(context: StoreContext): Pick<ReaderStore, 'openStops' | 'undoStop'> {
  const { db } = context
  return {
    openStops: (asked) => openStops(context, asked),
    undoStop: ({ id, ...asked }) =>
      inTurn(db, async (session) => {
        const { stopNotes } = readerCollections(db)
        const open = { ...openTo(context, asked), kind: NO_REST, _id: id }
        const note = await stopNotes.findOne(open, { session })
        if (!note) return { status: 'unknown' }
        const work = { ...context, session }
        await (note.kind === 'all' || note.kind === 'mail'
          ? restartReader(work, note)
          : bringBack(work, note))
        await stopNotes.deleteOne({ _id: id }, { session })
        return { status: 'changed' }
      }),
  }
}

interface Asking {
  readerId: string
  browser?: string | null
}

/** A note of what was stopped. */
type UndoableNote = StopNote & { kind: OpenStop['kind'] }

/** A rest is ended where it is told of, see {@link ReaderStore.takeBackRest}. */
const NO_REST = { $ne: 'rest' } as const

/** The notes that somebody may undo; by a link only those of the browser that made them. */
export function openTo(
  { ring, now }: StoreContext,
  { readerId, browser }: Asking,
): Filter<StopNote> {
  const open = { reader: readerId, undoUntil: { $gt: now() } }
  if (browser === undefined) return open
  return { ...open, holder: browser === null ? '' : holderOf(ring, browser) }
}

function holderOf(ring: StoreContext['ring'], browser: string): string {
  return blindIndex(ring, browser, 'stop-note')
}

async function openStops(context: StoreContext, asked: Asking): Promise<OpenStop[]> {
  const { stopNotes, readers, children } = readerCollections(context.db)
  const open = { ...openTo(context, asked), kind: NO_REST }
  const notes = await stopNotes.find<UndoableNote>(open).sort({ at: -1 }).toArray()
  if (notes.length === 0) return []
  const reader = await readers.findOne({ _id: asked.readerId })
  const ids = notes.flatMap((note) => note.children)
  const known = await children.find({ _id: { $in: ids } }).toArray()
  return notes
    .filter((note) => isInForce(note, { reader, children: known }))
    .map(({ _id: id, kind, at, children: of, isByStaff = false }) => ({
      id,
      kind,
      at,
      children: of,
      isByStaff,
    }))
}

/** Whether what was stopped is stopped still, by nothing else. *Pure.* */
function isInForce(
  { kind, reader: readerId, children: ids, isWhole }: UndoableNote,
  { reader, children }: { reader: Reader | null; children: readonly Child[] },
): boolean {
  const own = children.filter(({ _id }) => ids.includes(_id))
  switch (kind) {
    case 'child':
      return own.some(({ status }) => status === 'stopped')
    case 'own':
      return own.some(({ status, left = [] }) => status === 'active' && left.includes(readerId))
    case 'all':
      return reader?.status === 'stopped'
    case 'mail':
      return isWhole ? reader?.status === 'stopped' : (reader?.identities ?? []).some(isStoppedMail)
  }
}

function isStoppedMail({ channel, status }: Reader['identities'][number]): boolean {
  return channel === 'mail' && status === 'suppressed'
}

type Undoing = StoreContext & { session: ClientSession }

/** All that came to a reader comes again, on the channels that were stopped with it. */
async function restartReader(work: Undoing, note: StopNote): Promise<void> {
  const { readers } = readerCollections(work.db)
  const { session } = work
  const reader = await readers.findOne({ _id: note.reader }, { session })
  if (!reader || reader.isForgotten) return
  const identities = note.kind === 'mail' ? await withMail(work, reader) : reader.identities
  const status = note.kind === 'all' || note.isWhole ? ('active' as const) : reader.status
  await changePeople(work, reader.municipality, (stamp) =>
    readers.updateOne({ _id: reader._id }, { $set: { status, identities, ...stamp } }, { session }),
  )
}

/** Its mail, unless the address itself is on the list of those nobody sends to. */
async function withMail({ db, session }: Undoing, reader: Reader): Promise<Reader['identities']> {
  const { suppressions } = readerCollections(db)
  const ids = reader.identities.map(suppressionId)
  const listed = await suppressions.find({ _id: { $in: ids } }, { session }).toArray()
  const barred = new Set(listed.map(({ _id }) => _id))
  return reader.identities.map((one) =>
    isStoppedMail(one) && !barred.has(suppressionId(one)) ? { ...one, status: 'active' } : one,
  )
}

/** The children of a note go on: for all who had them, or for who left one. */
async function bringBack(work: Undoing, note: StopNote): Promise<void> {
  const { children } = readerCollections(work.db)
  const { session } = work
  const own = await children.find({ _id: { $in: note.children } }, { session }).toArray()
  const readers = note.kind === 'own' ? [note.reader] : own.flatMap((child) => child.readers)
  const others = await children
    .find(
      { readers: { $in: readers }, status: 'active', _id: { $nin: note.children } },
      { session },
    )
    .toArray()
  for (const municipality of [...new Set(own.map((child) => child.municipality))].sort()) {
    const there = own.filter((child) => child.municipality === municipality)
    await bringBackIn(work, { municipality, children: there, others, note })
  }
  if (note.kind === 'child') await endSupportOf(work, note.children)
}

interface Returning {
  municipality: string
  children: readonly Child[]
  /** What their readers have besides. */
  others: readonly Child[]
  note: StopNote
}

async function bringBackIn(
  work: Undoing,
  { municipality, children: own, others, note }: Returning,
): Promise<void> {
  const { children } = readerCollections(work.db)
  const { session } = work
  await changePeople(work, municipality, async (stamp) => {
    for (const child of own) {
      const update = note.kind === 'own' ? rejoined(note, stamp) : goingOn(child, others, stamp)
      if (update) await children.updateOne({ _id: child._id }, update, { session })
    }
  })
}

function rejoined({ reader, isCorrected }: StopNote, stamp: ChangeStamp) {
  const added = { readers: reader, ...(isCorrected && { corrected: reader }) }
  return { $pull: { left: reader }, $addToSet: added, $set: stamp }
}

/**
 * A child as it was for all who still had it. Who has registered it once more since has it already,
 * and would be written to as a parent of twins. *Pure.*
 */
function goingOn(child: Child, others: readonly Child[], stamp: ChangeStamp) {
  if (child.status !== 'stopped') return null
  const again = child.readers.filter((reader) =>
    others.some((one) => one.readers.includes(reader) && couldBeOne(one, child)),
  )
  if (again.length === child.readers.length) return null
  const $set = { status: 'active' as const, ...stamp }
  if (again.length === 0) return { $set }
  return {
    $set,
    $pull: { readers: { $in: again }, corrected: { $in: again } },
    $addToSet: { left: { $each: again } },
  }
}
