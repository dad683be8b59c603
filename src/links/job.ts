import type { Config } from 'payload'

import { withTask } from '../jobs/task'
import { checkLinks } from './checkLinks'
import type { LookAt } from './lookAt'

/** Queue and task in Payload's jobs; looking at thousands of pages takes long, so nothing else waits there. */
export const LINKS = 'kizuna-links'

const EVERY_HOUR = '20 * * * *'

interface LinkOptions {
  now: () => Date
  lookAt: LookAt
}

/** Wakes the check of links. */
export function withLinkCheck(config: Config, options: LinkOptions): Config {
  return withTask(config, {
    slug: LINKS,
    queue: LINKS,
    cron: EVERY_HOUR,
    run: (payload) => checkLinks(payload, options),
  })
}
