import type { Config, SanitizedConfig, TaskConfig } from 'payload'

import { nobody } from '../people/access'

/** Work that Payload's jobs queue wakes. */
export interface WokenTask {
  slug: string
  /** Tasks of one queue wait for each other. */
  queue: string
  /** When it is made, as a crontab line; in whatever zone the machine is. */
  cron: string
  /** How often its queue is looked into, as a crontab line; default each ten minutes. */
  look?: string
  /** How long one may be at work before it counts as died with its program; default two hours. */
  deadAfterMs?: number
  /**
   * What is due is computed from the data, so it may run twice, late or in several processes.
   *
   * @returns how much was done.
   */
  run: (payload: Parameters<OwnHandler>[0]['req']['payload']) => Promise<number>
}

/** How often a queue is looked into. */
const LOOK = '*/10 * * * *'

/** Nothing is said of what went well. */
const QUIET = { info: true, error: false }

/** A job at work for longer died with its program, unless its task says another time. */
const DEAD_AFTER_MS = 2 * 3_600_000

type Jobs = NonNullable<Config['jobs']>
type OwnTask = TaskConfig<{ input: object; output: { done: number } }>
type OwnHandler = Extract<OwnTask['handler'], (...args: never[]) => unknown>

/**
 * Adds a task that is woken again and again. Jobs are nobody's business over the API, unless the host
 * has jobs of its own: they keep their settings and their access.
 */
export function withTask(config: Config, woken: WokenTask): Config {
  const { slug, queue, cron, run, look = LOOK, deadAfterMs = DEAD_AFTER_MS } = woken
  const { jobs } = config
  const task: OwnTask = {
    slug,
    retries: 0,
    schedule: [{ cron, queue, hooks: { beforeSchedule: forgetTheDead(deadAfterMs) } }],
    outputSchema: [{ name: 'done', type: 'number' }],
    handler: async ({ req }) => ({ output: { done: await run(req.payload) } }),
  }
  return {
    ...config,
    jobs: {
      ...(jobs ?? CLOSED),
      // Payload's list of tasks is typed without the inputs and outputs of those in it.
      tasks: [...(jobs?.tasks ?? []), task as unknown as TaskConfig],
      autoRun: lookingInto({ queue, look }, jobs?.autoRun),
    },
  }
}

const CLOSED: Omit<Jobs, 'tasks'> = {
  deleteJobOnComplete: true,
  access: { run: nobody, queue: nobody, cancel: nobody },
  jobsCollectionOverrides: ({ defaultJobsCollection }) => ({
    ...defaultJobsCollection,
    access: { create: nobody, read: nobody, update: nobody, delete: nobody },
    graphQL: false,
  }),
}

/** What is looked into already, and this queue; Payload takes a list or a function that makes one. */
function lookingInto(own: Looked, before: Jobs['autoRun']): Jobs['autoRun'] {
  if (typeof before === 'function') return async (payload) => withQueue(own, await before(payload))
  return withQueue(own, before ?? [])
}

interface Looked {
  queue: string
  look: string
}

function withQueue({ queue, look }: Looked, others: Runs): Runs {
  const own = { cron: look, queue, limit: 5, silent: QUIET }
  return others.some((one) => one.queue === queue) ? others : [...others, own]
}

type Runs = Extract<Jobs['autoRun'], readonly unknown[]>

/** Payload's own note of when it last made a job. */
const STATS = 'payload-jobs-stats'

/**
 * Closes the note of when jobs were made: in Payload any account may write it, and a time far ahead
 * would end them. Changes the built config, see `withBuiltIns`.
 */
export function withClosedJobStats(config: SanitizedConfig): SanitizedConfig {
  const stats = config.globals.find(({ slug }) => (slug as string) === STATS)
  if (stats) stats.access = { ...stats.access, read: nobody, update: nobody }
  return config
}

type BeforeSchedule = NonNullable<ScheduleHooks['beforeSchedule']>
type ScheduleHooks = NonNullable<NonNullable<TaskConfig['schedule']>[number]['hooks']>

/**
 * Payload makes no new job as long as one of its queue is at work, and one whose program was killed is
 * so for ever: nobody would get a digest again.
 */
function forgetTheDead(deadAfterMs: number): BeforeSchedule {
  return async (args) => {
    const { defaultBeforeSchedule, queueable, req } = args
    const due = queueable.waitUntil
    if (due) {
      const updatedAt = { less_than: new Date(due.getTime() - deadAfterMs).toISOString() }
      const queue = { equals: queueable.scheduleConfig.queue }
      await req.payload.db.deleteMany({
        collection: 'payload-jobs',
        req,
        where: { and: [{ queue }, { processing: { equals: true } }, { updatedAt }] },
      })
    }
    return defaultBeforeSchedule(args)
  }
}
