import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Db } from 'mongodb'

import type { Service, ServiceLog } from './service'

const TICK_EVERY = '15 seconds'
const SYNC_EVERY = '10 seconds'
const LOCK_MS = 120_000

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
  agenda.on('error', (error: Error) => log.error({ name: error.name }, 'agenda error'))
  agenda.on('fail', (error: Error) => log.error({ name: error.name }, 'job failed'))
  agenda.define('tick', () => service.tick(), { concurrency: 1 })
  agenda.define('syncContent', () => service.syncContent(), { concurrency: 1 })
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
