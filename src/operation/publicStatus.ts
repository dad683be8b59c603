import { aboutFigure } from '../statistics/protect'
import { OUTCOMES, type DeliveryStatus, type Outcome, type RunStatus } from './status'

/** What became of messages for a technical reason: their true number says nothing about a person. */
const TECHNICAL: ReadonlySet<Outcome> = new Set(['rejected', 'unknown', 'expired'])

/**
 * What the CMS is told: true numbers of what went wrong, all others to the next ten, and nothing of who
 * registered today. Why a run is held may quote numbers of people, so that only its code is told.
 * *Pure.*
 */
export function publicStatus(status: DeliveryStatus): DeliveryStatus {
  return {
    ...status,
    towns: status.towns.map((town) => ({
      ...town,
      welcomes: null,
      runs: town.runs.map((run) => ({
        ...run,
        hold: run.hold && { ...run.hold, detail: '' },
        deliveries: about(run.deliveries),
        counts: Object.fromEntries(
          OUTCOMES.flatMap((name) => {
            const count = run.counts[name]
            if (count === undefined) return []
            return [[name, TECHNICAL.has(name) ? count : about(count)]]
          }),
        ) as RunStatus['counts'],
      })),
    })),
  }
}

function about<Count extends RunStatus['deliveries'] | undefined>(count: Count) {
  return typeof count === 'number' ? aboutFigure(count) : count
}
