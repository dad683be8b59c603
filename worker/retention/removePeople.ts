import type { Db } from 'mongodb'

import { idsWithin } from '../database/idsWithin'
import { deliveryId, parseDeliveryId } from '../../src/plan/candidate'
import { addDays, instantOf, type LocalDay } from '../../src/stage/day'
import { PREGNANCY_DAYS } from '../../src/stage/due'
import { MAX_SUPPORT_DAYS } from '../../src/stage/support'
import { ledgerCollections, type LedgerCollections } from '../ledger/collections'
import { oldestBirth } from '../readers/dateLimits'
import { createForgetting } from '../readers/forget'
import { PIECE, type Removal } from './removal'

/**
 * Forgets people who have got nothing for longer than days are kept: first who has stopped, then
 * children who are too old for any text, then the pairs that ended by it.
 */
export function createPeopleRemoval(db: Db): Removal {
  const forgetting = createForgetting(db)
  let after: string | null = ''
  return async ({ day, instant, days }) => {
    if (await forgetting.erasedBefore(instantOf(addDays(day, days), '00:00'))) return true
    if (await forgetting.restsEndedBefore(day)) return true
    if (await forgetting.supportsAskedBefore(lastSupported(day, days))) return true
    if (await forgetting.announcementsBefore(addDays(day, days))) return true
    if (await forgetting.readersStoppedBefore(instant)) return true
    if (await forgetting.childrenBefore(oldestBirth(day), instant)) return true
    if (await forgetting.readersForgottenBefore(lastNamed(day))) return true
    after = await forgetting.pairsEndedBefore(instant, after ?? '')
    return after !== null
  }
}

/** As long as their deliveries are kept, and never while a text of them is to come. */
function lastSupported(day: LocalDay, days: number): LocalDay {
  return addDays(day, Math.min(0, days - MAX_SUPPORT_DAYS))
}

/** Whoever has not changed since has no child that is young enough, born or expected then. */
function lastNamed(day: LocalDay): Date {
  return instantOf(addDays(oldestBirth(day), -PREGNANCY_DAYS), '00:00')
}

/** Pairs of one municipality whose deliveries are removed together. */
const PAIRS_AT_ONCE = 50

/**
 * Removes the deliveries of pairs that are gone, and what stood for them. A pair's number is never
 * given again, so nothing is added meanwhile; the note of the pair goes last.
 */
export function createEndedDeliveryRemoval(db: Db): Removal {
  const ledger = ledgerCollections(db)
  return async () => {
    const [first] = await ledger.endedPairs.find().sort({ _id: 1 }).limit(1).toArray()
    if (!first) return false
    const municipality = first._id.slice(0, first._id.indexOf(':'))
    const gone = await ledger.endedPairs
      .find({ _id: idsWithin(municipality) })
      .limit(PAIRS_AT_ONCE)
      .toArray()
    const pairs = gone.map(({ _id }) => _id)
    await removeDeliveries(ledger, { municipality, pairs })
    await ledger.endedPairs.deleteMany({ _id: { $in: pairs } })
    return true
  }
}

interface Ended {
  municipality: string
  pairs: string[]
}

/** Only whole ids are found by themselves, so each slot there is is asked for. */
async function removeDeliveries(ledger: LedgerCollections, { municipality, pairs }: Ended) {
  const { deliveries, exclusions, mergedSlots } = ledger
  const idsOf = (slots: readonly string[]) =>
    slots.flatMap((slot) => pairs.map((pair) => deliveryId(pair, slot)))
  const ids = idsOf(await slotsOf(ledger, municipality))
  for (let at = 0; at < ids.length; at += PIECE) {
    await deliveries.deleteMany({ _id: { $in: ids.slice(at, at + PIECE) } })
  }
  const merged = await mergedSlots.findOne({ _id: municipality })
  await exclusions.deleteMany({ covers: { $in: idsOf(merged?.slots ?? []) } })
}

/**
 * The slots that a municipality has any deliveries of. They are stored in the order of their ids, so
 * that from one slot the next is found by asking for what comes after all of it.
 */
async function slotsOf({ deliveries }: LedgerCollections, municipality: string): Promise<string[]> {
  const slots: string[] = []
  const { $gte: first, $lt } = idsWithin(municipality)
  for (let $gte = first; ;) {
    const [next] = await deliveries
      .find({ _id: { $gte, $lt } }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(1)
      .toArray()
    if (!next) return slots
    const { slot } = parseDeliveryId(next._id)
    slots.push(slot)
    $gte = `${municipality}:${slot};` // `;` is the sign after `:`
  }
}
