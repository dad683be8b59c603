import { publicStatus } from '../../src/operation/publicStatus'
import { isDoneByCms, type Cms } from '../content/cms'
import type { TodayReader } from './today'

/** How often the CMS is told; what a person does there is seen within this and a tick. */
const EVERY_MS = 25_000

interface StatusPushOptions {
  today: TodayReader
  cms: Pick<Cms, 'tellStatus'>
  /** Milliseconds that only grow, whatever becomes of the clock. */
  elapsed?: () => number
}

/** Tells the CMS how deliveries stand, as far as it may know; the next time replaces it. */
export function createStatusPush({
  today,
  cms,
  elapsed = () => performance.now(),
}: StatusPushOptions) {
  let told = -Infinity
  return {
    /** `isNow`: somebody waits to see what has changed. */
    push: async (isNow = false): Promise<void> => {
      if (!isNow && elapsed() - told < EVERY_MS) return
      told = elapsed()
      const status = publicStatus(await today.read())
      await isDoneByCms(() => cms.tellStatus(status))
    },
  }
}
