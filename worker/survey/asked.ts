import type { Db } from 'mongodb'

import { deliveryId } from '../../src/plan/candidate'
import { surveySlot } from '../../src/plan/notice'
import type { LocalDay } from '../../src/stage/day'
import { ledgerCollections } from '../ledger/collections'
import { mayHaveGone, statusOf } from '../ledger/states'
import type { Pair } from '../readers/pair'

/** A notice that asks a survey, as it is synced. */
interface AskingNotice {
  key: string
  content: { validFrom: LocalDay }
}

interface OfTown {
  survey: string
  municipality: string
}

function noticesAsking(db: Db, { survey, municipality }: OfTown): Promise<AskingNotice[]> {
  return db
    .collection<AskingNotice>('synced_releases')
    .find({
      'content.municipality': municipality,
      'content.timing': 'notice',
      'content.blocks.survey': survey,
    })
    .toArray()
}

/**
 * Whether a notice that asks a survey was planned for a reader: what stands in an address is no proof.
 */
export async function wasAsked(
  db: Db,
  { reader, ...asked }: OfTown & { reader: string },
): Promise<boolean> {
  const notices = await noticesAsking(db, asked)
  if (notices.length === 0) return false
  const slots = [...new Set(notices.map(({ content }) => surveySlot(content.validFrom)))]
  const pairs = await db.collection<Pair>('pairs').find({ reader }).toArray()
  const ids = pairs.flatMap(({ _id }) => slots.map((slot) => deliveryId(_id, slot)))
  const { deliveries, batches, payloads } = ledgerCollections(db)
  const found = await deliveries.find({ _id: { $in: ids } }).toArray()
  const own = await batches.find({ _id: { $in: found.map(({ batch }) => batch) } }).toArray()
  // Of the surveys of one month, which share the place, it was this one.
  const releaseKeys = { $in: notices.map(({ key }) => key) }
  const texts = { _id: { $in: own.map(({ payload }) => payload) }, releaseKeys }
  return (await payloads.countDocuments(texts, { limit: 1 })) > 0
}

/** How many readers of a municipality were sent a survey: each is asked once. */
export async function countAsked(db: Db, { survey, municipality }: OfTown): Promise<number> {
  const { runs, batches, payloads, deliveries } = ledgerCollections(db)
  const asking = await noticesAsking(db, { survey, municipality })
  const days = [...new Set(asking.map(({ content }) => content.validFrom))]
  const keys = [...new Set(asking.map(({ key }) => key))]
  if (keys.length === 0) return 0
  const ofDays = await runs.find({ municipality, date: { $in: days } }).toArray()
  const planned = await batches.find({ run: { $in: ofDays.map(({ _id }) => _id) } }).toArray()
  const texts = await payloads
    .find({ _id: { $in: planned.map(({ payload }) => payload) }, releaseKeys: { $in: keys } })
    .project<{ _id: string }>({ _id: 1 })
    .toArray()
  const own = new Set(texts.map(({ _id }) => _id))
  let asked = 0
  for (const batch of planned.filter(({ payload }) => own.has(payload))) {
    const found = await deliveries.find({ _id: { $in: batch.recipients } }).toArray()
    asked += found
      .filter((one) => one.batch === batch._id)
      .filter((one) => mayHaveGone(statusOf(one, batch).status)).length
  }
  return asked
}
