import type { Db } from 'mongodb'

/** How often something happened that a person must know, as stored in `alerts`. */
export interface AlertCount {
  /** The alert's code. */
  _id: string
  count: number
  lastAt: Date
}

/**
 * Counts the alerts of all workers by code, in the database: a worker has no port of its own, so
 * the web side shows them. Counting never delays or fails what is being done.
 */
export function createAlerts({ db, now }: { db: Db; now: () => Date }) {
  const alerts = db.collection<AlertCount>('alerts')
  let pending: Promise<unknown> = Promise.resolve()

  const record = (code: string): void => {
    const update = { $inc: { count: 1 }, $set: { lastAt: now() } }
    const counted = alerts.updateOne({ _id: code }, update, { upsert: true })
    pending = Promise.allSettled([pending, counted])
  }
  return {
    record,
    all: (): Promise<AlertCount[]> => alerts.find().sort({ _id: 1 }).toArray(),
    /** Resolves when all that was recorded is written, or cannot be. */
    settled: async (): Promise<void> => void (await pending),
  }
}

/** Counts alerts. */
export type Alerts = ReturnType<typeof createAlerts>
