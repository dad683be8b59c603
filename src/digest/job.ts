import type { Config } from 'payload'

import { withTask } from '../jobs/task'
import type { ReviewOptions } from '../review/operations/act'
import { sendDigests } from './send'

/** Queue and task of the digests in Payload's jobs. */
export const DIGESTS = 'kizuna-digests'

/** Whoever missed it, or was refused by the relay, has it half an hour later. */
const EVERY_HALF_HOUR = '*/30 * * * *'

/** Wakes the sending of digests. */
export function withDigests(config: Config, options: ReviewOptions): Config {
  return withTask(config, {
    slug: DIGESTS,
    queue: DIGESTS,
    cron: EVERY_HALF_HOUR,
    run: (payload) => sendDigests(payload, options),
  })
}
