import type { Config, TaskConfig } from 'payload'

import type { ReviewOptions } from '../review/act'
import { sendDigests } from './send'

/** Queue and task of the digests in Payload's jobs. */
export const DIGESTS = 'kizuna-digests'

/** Whoever missed it, or was refused by the relay, has it half an hour later. */
const EVERY_HALF_HOUR = '*/30 * * * *'
const LOOK = '*/10 * * * *'

/**
 * Wakes the sending of digests with Payload's jobs queue. What is due is computed from the data, so
 * a job may run twice, late or in several processes. Jobs are nobody's business over the API.
 */
export function withDigests(config: Config, options: ReviewOptions): Config {
  const { jobs } = config
  const task: TaskConfig<{ input: object; output: { sent: number } }> = {
    slug: DIGESTS,
    retries: 0,
    schedule: [{ cron: EVERY_HALF_HOUR, queue: DIGESTS }],
    outputSchema: [{ name: 'sent', type: 'number' }],
    handler: async ({ req }) => ({ output: { sent: await sendDigests(req.payload, options) } }),
  }
  const nobody = () => false
  return {
    ...config,
    jobs: {
      deleteJobOnComplete: true,
      access: { run: nobody, queue: nobody, cancel: nobody },
      jobsCollectionOverrides: ({ defaultJobsCollection }) => ({
        ...defaultJobsCollection,
        access: { create: nobody, read: nobody, update: nobody, delete: nobody },
        graphQL: false,
      }),
      ...jobs,
      tasks: [...(jobs?.tasks ?? []), task as unknown as TaskConfig],
      autoRun: jobs?.autoRun ?? [{ cron: LOOK, queue: DIGESTS, limit: 5, silent: true }],
    },
  }
}
