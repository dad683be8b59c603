import type { LocalDay } from '../stage/day'

/** A reader's own pause of everything that comes to them. */
export interface Rest {
  /** The first day on which texts come again; null until the reader comes back. */
  until: LocalDay | null
}

/** Whether a reader rests on a day: nothing is sent, and nothing of it is caught up. *Pure.* */
export function isRestingOn(rest: Rest | undefined, day: LocalDay): boolean {
  return rest !== undefined && (rest.until === null || day < rest.until)
}
