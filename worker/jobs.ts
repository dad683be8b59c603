import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda, type Job } from 'agenda'
import type { Db } from 'mongodb'

import type { Service, ServiceLog } from './app/service'
import { failureOf } from './concurrency/failure'

const TICK_EVERY = '15 seconds'
const SYNC_EVERY = '10 seconds'
const LOCK_MS = 120_000

/**
 * A worker that dies while it asks the CMS keeps the others from asking for this long. A withdrawal
 * must stop a run within 30 s: this lock, and the other process's next look at the synced content.
 */
const SYNC_LOCK_MS = 15_000

interface JobsOptions {
  /** Of a client that is connected already: otherwise `start` may hang for ever. */
  db: Db
  service: Pick<Service, 'tick' | 'syncContent'>
  log: ServiceLog
}

/**
 * Agenda only wakes us: what is due is computed from the data, and both jobs may run twice or
 * late without harm. The only file that knows Agenda.
 */
export async function startJobs({ db, service, log }: JobsOptions) {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: 'agenda_jobs' }),
    processEvery: 1000,
    maxConcurrency: 2,
    lockLimit: 2,
    defaultLockLifetime: LOCK_MS,
  })
  agenda.on('error', (error: Error) => log.error(failureOf(error), 'agenda error'))
  agenda.on('fail', (error: Error, job: Job) =>
    log.error({ job: job.attrs.name, ...failureOf(error) }, 'job failed'),
  )
  agenda.define('tick', () => service.tick(), { concurrency: 1 })
  const syncContent = (job: Job) => holding(job, () => service.syncContent())
  agenda.define('syncContent', syncContent, { concurrency: 1, lockLifetime: SYNC_LOCK_MS })
  await agenda.start()
  await agenda.every(TICK_EVERY, 'tick')
  await agenda.every(SYNC_EVERY, 'syncContent')
  return {
    /** Lets running jobs end. */
    stop: async (): Promise<void> => {
      await agenda.drain({ timeout: 10_000, closeConnection: false })
    },
  }
}

/** Keeps a job's short lock for as long as this process lives and works on it. */
async function holding(job: Job, work: () => Promise<void>): Promise<void> {
  const beat = setInterval(() => void job.touch().catch(() => undefined), SYNC_LOCK_MS / 3)
  try {
    await work()
  } finally {
    clearInterval(beat)
  }
}
