import type { Config, SanitizedConfig, TaskConfig } from 'payload'

import { nobody } from '../people/access'
import type { ReviewOptions } from '../review/operations/act'
import { sendDigests } from './send'

/** Queue and task of the digests in Payload's jobs. */
export const DIGESTS = 'kizuna-digests'

/** Whoever missed it, or was refused by the relay, has it half an hour later. */
const EVERY_HALF_HOUR = '*/30 * * * *'
const LOOK = '*/10 * * * *'

/** Nothing is said of what went well. */
const QUIET = { info: true, error: false }

/** A job at work for longer died with its program. */
const DEAD_AFTER_MS = 2 * 3_600_000

/**
 * Wakes the sending of digests with Payload's jobs queue. What is due is computed from the data, so
 * a job may run twice, late or in several processes. Jobs are nobody's business over the API, unless
 * the host has jobs of its own: they keep their settings and their access.
 */
export function withDigests(config: Config, options: ReviewOptions): Config {
  const { jobs } = config
  const task: TaskConfig<{ input: object; output: { sent: number } }> = {
    slug: DIGESTS,
    retries: 0,
    schedule: [{ cron: EVERY_HALF_HOUR, queue: DIGESTS, hooks: { beforeSchedule: forgetTheDead } }],
    outputSchema: [{ name: 'sent', type: 'number' }],
    handler: async ({ req }) => ({ output: { sent: await sendDigests(req.payload, options) } }),
  }
  return {
    ...config,
    jobs: {
      ...(jobs ?? CLOSED),
      // Payload's list of tasks is typed without the inputs and outputs of those in it.
      tasks: [...(jobs?.tasks ?? []), task as unknown as TaskConfig],
      autoRun: runsToo(jobs?.autoRun),
    },
  }
}

type Jobs = NonNullable<Config['jobs']>

const CLOSED: Omit<Jobs, 'tasks'> = {
  deleteJobOnComplete: true,
  access: { run: nobody, queue: nobody, cancel: nobody },
  jobsCollectionOverrides: ({ defaultJobsCollection }) => ({
    ...defaultJobsCollection,
    access: { create: nobody, read: nobody, update: nobody, delete: nobody },
    graphQL: false,
  }),
}

/** The host's runs and ours; Payload takes a list or a function that makes one. */
function runsToo(host: Jobs['autoRun']): Jobs['autoRun'] {
  const own = { cron: LOOK, queue: DIGESTS, limit: 5, silent: QUIET }
  if (typeof host === 'function') return async (payload) => [...(await host(payload)), own]
  return [...(host ?? []), own]
}

/** Payload's own note of when it last made a job. */
const STATS = 'payload-jobs-stats'

/**
 * Closes the note of when jobs were made: in Payload any account may write it, and a time far ahead
 * would end the digests. Changes the built config, see `withBuiltIns`.
 */
export function withClosedJobStats(config: SanitizedConfig): SanitizedConfig {
  const stats = config.globals.find(({ slug }) => (slug as string) === STATS)
  if (stats) stats.access = { ...stats.access, read: nobody, update: nobody }
  return config
}

type BeforeSchedule = NonNullable<ScheduleHooks['beforeSchedule']>
type ScheduleHooks = NonNullable<NonNullable<TaskConfig['schedule']>[number]['hooks']>

/**
 * Payload makes no new job as long as one is at work, and one whose program was killed is so for
 * ever: nobody would get a digest again.
 */
export const forgetTheDead: BeforeSchedule = async (args) => {
  const { defaultBeforeSchedule, queueable, req } = args
  const due = queueable.waitUntil
  if (due) {
    const updatedAt = { less_than: new Date(due.getTime() - DEAD_AFTER_MS).toISOString() }
    await req.payload.db.deleteMany({
      collection: 'payload-jobs',
      req,
      where: {
        and: [{ queue: { equals: DIGESTS } }, { processing: { equals: true } }, { updatedAt }],
      },
    })
  }
  return defaultBeforeSchedule(args)
}
