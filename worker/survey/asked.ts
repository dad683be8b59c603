import type { Db } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'
import { ledgerCollections } from '../ledger/collections'
import { statusOf, type DeliveryStatus } from '../ledger/states'

/** A notice that asks a survey, as it is synced. */
interface AskingNotice {
  key: string
  content: { validFrom: LocalDay }
}

/** What may have reached somebody: an unknown outcome may have been taken. */
const HAD_GONE: readonly DeliveryStatus[] = ['accepted', 'unknown', 'inFlight']

/** How many readers of a municipality were sent a survey: each is asked once. */
export async function countAsked(
  db: Db,
  { survey, municipality }: { survey: string; municipality: string },
): Promise<number> {
  const { runs, batches, payloads, deliveries } = ledgerCollections(db)
  const asking = await db
    .collection<AskingNotice>('synced_releases')
    .find({
      'content.municipality': municipality,
      'content.timing': 'notice',
      'content.blocks.survey': survey,
    })
    .toArray()
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
      .filter((one) => HAD_GONE.includes(statusOf(one, batch).status)).length
  }
  return asked
}
