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
    lines: status.lines.map((line) => ({
      ...line,
      used: about(line.used),
      expected: about(line.expected),
      counted: line.counted && {
        ...line.counted,
        line: about(line.counted.line),
        ours: about(line.counted.ours),
      },
    })),
    towns: status.towns.map((town) => ({
      ...town,
      welcomes: null,
      tomorrow: about(town.tomorrow),
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
