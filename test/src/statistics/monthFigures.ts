import type { MonthFigures } from '../../../src/statistics/figures'

/** Figures of an invented month in which nothing is told apart; `given` says what shall be otherwise. */
export function monthFigures(month: string, given: Partial<MonthFigures> = {}): MonthFigures {
  return {
    month,
    registered: { total: 12, breakdown: null },
    active: { total: { about: 120 }, by: { stage: [], channel: [], area: [], edition: [] } },
    ended: null,
    funnel: { opened: 40, started: 20 },
    deliveries: { planned: { about: 300 }, accepted: { about: 290 }, excluded: [] },
    ...given,
  }
}
