import { setTimeout as sleep } from 'node:timers/promises'

import type { LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { ledgerCollections } from '../../worker/ledger/collections'
import { forcedRequest } from '../../worker/runs/due'

interface Sends {
  delivery: DeliveryHalf
  towns: readonly string[]
  date: LocalDay
  now: () => Date
}

/** How often it is looked at whether something is being sent. */
const LOOK_MS = 500

/** After the load the last runs are waited for so many looks. */
const MOST_LOOKS = 240

/** The towns' runs of the day, asked for one after another over the load, and how they go. */
export function createSends({ delivery, towns, date, now }: Sends) {
  const { runs: stored, deliveries } = ledgerCollections(delivery.db)
  let asked = 0
  let looks = 0
  let busy = 0
  const open = () => stored.countDocuments({ date, kind: 'daily', state: { $ne: 'done' } })
  return {
    /** Asks for each town's run when its time has come; ends when the load does. */
    during: async (seconds: number, signal: AbortSignal): Promise<void> => {
      const startedAt = performance.now()
      while (!signal.aborted) {
        const passed = (performance.now() - startedAt) / 1000 / seconds
        for (; asked < towns.length && asked / towns.length <= passed; asked += 1)
          await delivery.runs.request(forcedRequest(towns[asked] ?? '', date, now()))
        looks += 1
        if ((await open()) > 0) busy += 1
        await sleep(LOOK_MS)
      }
    },
    /** Waits for the last runs. */
    ended: async () => {
      for (let look = 0; look < MOST_LOOKS && (await open()) > 0; look += 1) await sleep(LOOK_MS)
      return {
        runs: asked,
        done: asked - (await open()),
        deliveries: await deliveries.countDocuments({ status: 'accepted' }),
        share: looks === 0 ? 0 : Math.round((busy / looks) * 100) / 100,
      }
    },
  }
}
