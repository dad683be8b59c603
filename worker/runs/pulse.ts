import type { ClockWatch } from '../database/databaseClock'
import type { SyncedContent } from '../content/syncedContent'
import { LostLeaseError, type Claim, type RunStore } from '../ledger/runs'

/** Sign of life while a run is worked on; a third of the lease. */
const RENEW_MS = 10_000

interface PulseDeps {
  runs: Pick<RunStore, 'renew'>
  syncedContent: Pick<SyncedContent, 'refresh'>
  clock: ClockWatch
  now: () => Date
}

/** The sign of life of a claimed run. */
export interface Pulse {
  /** Whether the run may be another worker's by now, or this machine's clock has become wrong. */
  isLost: () => boolean
  stop: () => void
}

/**
 * Renews a claim's lease until it is stopped, and takes over what else of the run was changed
 * meanwhile. A process that was stopped for a while need not ask whether it still has the run: by
 * its own clock the lease has run out.
 */
export function startPulse(deps: PulseDeps, claim: Claim): Pulse {
  let wasTaken = false
  let isClockRight = true
  const beat = async () => {
    // A withdrawal has to reach a page that is on the wire.
    deps.syncedContent.refresh().catch(() => undefined)
    try {
      isClockRight = await deps.clock.isRight()
      const { opensAt, closesAt, isForced, leaseUntil } = await deps.runs.renew(claim)
      claim.run = { ...claim.run, opensAt, closesAt, isForced, leaseUntil }
    } catch (error) {
      if (error instanceof LostLeaseError) wasTaken = true
    }
  }
  const timer = setInterval(() => void beat(), RENEW_MS)
  return {
    isLost: () => wasTaken || !isClockRight || isOver(claim, deps.now()),
    stop: () => clearInterval(timer),
  }
}

function isOver({ run: { leaseUntil } }: Claim, now: Date): boolean {
  return leaseUntil !== null && leaseUntil <= now
}
