import type { Config, TaskConfig } from 'payload'

import { DIGESTS, forgetTheDead } from '../digest/job'
import { removeOld } from './removeOld'

/** Name of the task in Payload's jobs; it goes through the queue of the digests. */
export const REMOVAL = 'kizuna-removal'

const FOUR_TIMES_A_DAY = '40 */6 * * *'

interface RetentionOptions {
  now: () => Date
  keptReportDays: number
}

/** Wakes the removal with Payload's jobs queue; it may run twice, late or in several processes. */
export function withRetention(config: Config, options: RetentionOptions): Config {
  const task: TaskConfig<{ input: object; output: { removed: number } }> = {
    slug: REMOVAL,
    retries: 0,
    schedule: [
      { cron: FOUR_TIMES_A_DAY, queue: DIGESTS, hooks: { beforeSchedule: forgetTheDead } },
    ],
    outputSchema: [{ name: 'removed', type: 'number' }],
    handler: async ({ req }) => ({ output: { removed: await removeOld(req.payload, options) } }),
  }
  const { jobs } = config
  // Payload's list of tasks is typed without the inputs and outputs of those in it.
  return {
    ...config,
    jobs: { ...jobs, tasks: [...(jobs?.tasks ?? []), task as unknown as TaskConfig] },
  }
}
