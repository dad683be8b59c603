import type { Config } from 'payload'

import { withTask } from '../../jobs/task'
import type { ReviewOptions } from './act'
import { publishDue } from './publishDue'

/** Queue and task of publishing at a chosen time in Payload's jobs. */
export const PUBLICATIONS = 'kizuna-publications'

const EVERY_MINUTE = '* * * * *'

/** One that is at work for longer died with its program: the next must not wait for it. */
const DEAD_AFTER_MS = 5 * 60_000

/** Wakes the publishing of what is due, each minute. */
export function withPublications(config: Config, options: ReviewOptions): Config {
  return withTask(config, {
    slug: PUBLICATIONS,
    queue: PUBLICATIONS,
    cron: EVERY_MINUTE,
    look: EVERY_MINUTE,
    deadAfterMs: DEAD_AFTER_MS,
    run: (payload) => publishDue(payload, options),
  })
}
