import type { Config } from 'payload'

import { withTask } from '../jobs/task'
import { DIGESTS } from '../digest/job'
import { removeOld } from './removeOld'

/** Name of the task in Payload's jobs; it goes through the queue of the digests. */
export const REMOVAL = 'kizuna-removal'

const FOUR_TIMES_A_DAY = '40 */6 * * *'

interface RetentionOptions {
  now: () => Date
  keptReportDays: number
}

/** Wakes the removal of what has ended. */
export function withRetention(config: Config, options: RetentionOptions): Config {
  return withTask(config, {
    slug: REMOVAL,
    queue: DIGESTS,
    cron: FOUR_TIMES_A_DAY,
    run: (payload) => removeOld(payload, options),
  })
}
