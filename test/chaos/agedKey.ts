// A day on which a LINE request is left without an answer until its retry key is nearly a day old.
import type { Batch } from '../../worker/ledger/documents'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'

/** How old the key is when somebody takes up its run again; LINE forgets it after 24 hours. */
export type KeyAge = '22:59' | '23:01'

/** When such a day begins: nearly all of it is waited for. */
export const AGED_FROM = '00:05:00'

/** The town sends at all hours then. */
export const ALL_DAY = { from: '00:00', to: '24:00' }

/** LINE requests that are open, and how far the clock has to go until they have the age. */
export interface Aging {
  batches: ReadonlySet<string>
  /** Milliseconds. */
  advance: number
}

/** Whether some of these requests still wait for an answer: the clock may not be moved on. */
export async function areOpen({ db }: Pick<DeliveryHalf, 'db'>, ids: Iterable<string>) {
  const state = { $in: OPEN }
  return (await db.collection<Batch>('batches').findOne({ _id: { $in: [...ids] }, state })) !== null
}

const OPEN: Batch['state'][] = ['sending', 'unsure']

/**
 * What the clock has to do so that the youngest of the open requests is past 23 hours, or the oldest
 * is not yet; null when none is open.
 */
export async function agingOf(
  { db, now }: Pick<DeliveryHalf, 'db' | 'now'>,
  age: KeyAge,
): Promise<Aging | null> {
  const open = await db
    .collection<Batch>('batches')
    .find({
      channel: 'line',
      state: { $in: OPEN },
      firstTriedAt: { $exists: true },
    })
    .toArray()
  if (open.length === 0) return null
  const tried = open.map(({ firstTriedAt }) => firstTriedAt!.getTime())
  const first = age === '22:59' ? Math.min(...tried) : Math.max(...tried)
  const [hours = 0, minutes = 0] = age.split(':').map(Number)
  const at = first + (hours * 60 + minutes) * 60_000
  return {
    batches: new Set(open.map(({ _id }) => _id)),
    advance: at - now().getTime(),
  }
}
