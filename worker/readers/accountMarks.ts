import type { ClientSession, Collection, Db, Filter } from 'mongodb'

import type { LetterOutcome } from '../../src/accounts/readerState'
import type { StoreContext } from './collections'
import type { Identity } from './reader'

/** A letter about a move, to one reader. */
export interface MoveLetter {
  /** Before the first byte. */
  firstTriedAt: Date
  /** What its provider said; null: nothing yet. `skipped`: nothing was sent to them that time. */
  outcome: LetterOutcome | 'skipped' | null
}

/** Somebody of whom a move is counted, as stored in `accountMarks` until it is over. */
export interface MoveMark {
  /** `move:reader` */
  _id: string
  /** Id of the move in the CMS, and of the reader. */
  move: string
  reader: string
  municipality: string
  /** Chosen at the counter to try it before it begins. */
  isTrial?: true
  /** When they moved, and the addresses they had, as they were sealed: to go back to. */
  linkedAt?: Date
  before?: Identity[]
  /** Within a provider: whether LINE says that the new account reaches them. */
  isThere?: boolean
  /** Their identity was made what it is on the new account. */
  isApplied?: true
  /** By the letter's number, from 0. */
  letters: Record<string, MoveLetter>
}

/** The marks of all moves; writes wait for majority and journal. */
export function accountMarks(db: Db): Collection<MoveMark> {
  return db.collection<MoveMark>('accountMarks', {
    writeConcern: { w: 'majority', journal: true },
  })
}

/** Creates the indexes; may be called at every start. */
export async function ensureAccountMarkIndexes(db: Db): Promise<void> {
  await accountMarks(db).createIndexes([
    { name: 'by_move', key: { move: 1, _id: 1 } },
    { name: 'by_reader', key: { reader: 1 } },
  ])
}

/** Filter for the marks of a move; in the trial of those who were chosen alone. *Pure.* */
export function ofMove({ id, stage }: { id: string; stage: string }): Filter<MoveMark> {
  return { move: id, ...(stage === 'trial' && { isTrial: true as const }) }
}

/** Id of a reader's mark in a move. *Pure.* */
export function markId({ move, reader }: Pick<MoveMark, 'move' | 'reader'>): string {
  return `${move}:${reader}`
}

/** Notes within the transaction of a move that somebody has moved, and what they go back to. */
export async function noteMoved(
  { db, now, session }: StoreContext & { session: ClientSession },
  moved: { move: string; reader: string; municipality: string; before: Identity[] },
): Promise<void> {
  const { move, reader, municipality, before } = moved
  const _id = markId({ move, reader })
  const marks = accountMarks(db)
  const known = await marks.findOne({ _id }, { session })
  if (known?.linkedAt) return // linked twice: they go back to where they came from
  const $set = { linkedAt: now(), before }
  const $setOnInsert = { move, reader, municipality, letters: {} }
  await marks.updateOne({ _id }, { $set, $setOnInsert }, { upsert: true, session })
}
