/** Under which a person's own preferences keep what leaves no other trace of their first week. */
export const FIRST_WEEK_KEY = 'kizuna-first-week'

/** What a person has looked at, and whether they want no guide; all else is read from what was done. */
export interface FirstWeekSeen {
  contact?: boolean
  preview?: boolean
  isDismissed?: boolean
}
