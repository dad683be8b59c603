import type { Db } from 'mongodb'

import { indexKeysOf, markOfKey, type KeyRing } from '../../src/secret/seal'
import { localDayOf } from '../../src/stage/day'
import { surveyCollections } from '../survey/collections'
import {
  HASHED_COLLECTIONS,
  MOVED,
  movesOf,
  type HashedCollection,
  type MoveContext,
} from './hashedFields'
import { INDEX, indexMarksOf, keyChecks } from './keyCheck'

/** Documents that are moved in one piece. */
const PIECE = 1000

interface MoveOptions {
  db: Db
  ring: KeyRing
  now: () => Date
  /** Documents of one piece; fewer in a test. @default {@link PIECE} */
  piece?: number
}

/** Surveys that are still answered, by the last day of each: a reader could answer one twice. */
export async function openSurveys({ db, now }: Pick<MoveOptions, 'db' | 'now'>): Promise<string[]> {
  const { surveys } = surveyCollections(db)
  const found = await surveys.find({ 'content.endsOn': { $gte: localDayOf(now()) } }).toArray()
  return found.map(({ content }) => content.endsOn).sort()
}

/**
 * Moves all that older index keys have hashed to those of the ring, while no program is at work; nobody's
 * address is needed for it. Broken off anywhere, the next call ends it.
 *
 * @returns how many documents were moved now.
 */
export async function moveIndex(options: MoveOptions): Promise<number> {
  const { db, ring } = options
  const checks = keyChecks(db)
  const check = await checks.findOne({ _id: INDEX })
  const target = indexMarksOf(ring)
  const from = check?.marks ?? (check ? [check.mark] : target)
  const isAll = from.length === target.length && check?.movingTo === undefined
  if (isAll) return 0
  await checks.updateOne({ _id: INDEX }, { $set: { movingTo: target } })
  const context = await contextOf(options, from.length)
  let count = 0
  for (const collection of HASHED_COLLECTIONS) count += await moveAll(options, collection, context)
  const mark = markOfKey(ring.index)
  await checks.updateOne({ _id: INDEX }, { $set: { mark, marks: target } })
  await forgetMoved(db)
  await checks.updateOne({ _id: INDEX }, { $unset: { movingTo: 1 as const } })
  return count
}

async function contextOf({ db, ring }: MoveOptions, known: number): Promise<MoveContext> {
  const settings = db.collection<{ _id: string; value: { id: string; provider: string } }>(
    'synced_settings',
  )
  const accounts = await settings.find({ _id: /^lineAccount:/ }).toArray()
  const providers = new Map(accounts.map(({ value }) => [value.id, value.provider]))
  return { added: indexKeysOf(ring).slice(known), ring, providers }
}

async function moveAll(
  { db, piece = PIECE }: MoveOptions,
  hashed: HashedCollection,
  context: MoveContext,
): Promise<number> {
  const collection = hashed.open(db)
  let count = 0
  for (let after = ''; ;) {
    const found = await collection
      .find({ _id: { $gt: after }, [MOVED]: { $exists: false } })
      .sort({ _id: 1 })
      .limit(piece)
      .toArray()
    const last = found.at(-1)
    if (!last) return count
    const moves = found.flatMap((document) => movesOf(hashed, document, context))
    await collection.bulkWrite(moves)
    count += found.length
    after = last._id
  }
}

/** From here on the marks of the keys alone say what is moved. */
async function forgetMoved(db: Db): Promise<void> {
  for (const hashed of HASHED_COLLECTIONS)
    await hashed.open(db).updateMany({ [MOVED]: true }, { $unset: { [MOVED]: 1 } })
}
