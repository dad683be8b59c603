import type { Db } from 'mongodb'

import { systemNow } from '../../src/config/clock'

/** How far a machine's clock may be from the database's; leases and keys allow for as much. */
const MOST_APART_MS = 5000

/** How often the database is asked; between that its last answer counts. */
const ASK_MS = 10_000

/** How often a person is told of a clock that is wrong. */
const TELL_MS = 60_000

interface ClockWatchOptions {
  db: Pick<Db, 'command'>
  /** This machine's own clock, also while a practice clock is on. @default {@link systemNow} */
  ownNow?: () => Date
  /** Milliseconds that only grow, whatever becomes of the clock. */
  elapsed?: () => number
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/**
 * Compares this machine's clock with the database's. Days, hours and leases are told by the clock of
 * each worker, so one whose clock disagrees does nothing until it is right again.
 */
export function createClockWatch(options: ClockWatchOptions) {
  const { db, ownNow = systemNow, elapsed = () => performance.now(), onAlert } = options
  let asked = -Infinity
  let told = -Infinity
  let isRight = true

  const tell = (apartMs: number) => {
    if (elapsed() - told < TELL_MS) return
    told = elapsed()
    onAlert('clock-apart', { seconds: Math.round(apartMs / 1000), most: MOST_APART_MS / 1000 })
  }
  const ask = async () => {
    const apartMs = await askApart(db, ownNow)
    asked = elapsed()
    isRight = Math.abs(apartMs) <= MOST_APART_MS
    if (!isRight) tell(apartMs)
  }
  return {
    /**
     * Whether this machine's clock agrees with the database's to some seconds.
     *
     * @throws what keeps the database from answering.
     */
    isRight: async (): Promise<boolean> => {
      if (elapsed() - asked >= ASK_MS) await ask()
      return isRight
    },
  }
}

/** Watches this machine's clock. */
export type ClockWatch = ReturnType<typeof createClockWatch>

/** How far this clock is ahead, at least: the answer was made some time while it was waited for. */
async function askApart(db: Pick<Db, 'command'>, ownNow: () => Date): Promise<number> {
  const before = ownNow().getTime()
  const { localTime } = (await db.command({ hello: 1 })) as { localTime: Date }
  return apartMsOf({ before, after: ownNow().getTime(), databaseMs: localTime.getTime() })
}

/**
 * The least by which a clock is ahead of the database's (behind: negative) that was read before and
 * after the database was asked; 0 when the answer may be of the same instant. *Pure.*
 */
export function apartMsOf(read: { before: number; after: number; databaseMs: number }): number {
  const { before, after, databaseMs } = read
  if (before > databaseMs) return before - databaseMs
  return after < databaseMs ? after - databaseMs : 0
}
