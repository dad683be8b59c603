import { shownHour } from '../../../src/stage/localTime'
import type { Wishes } from '../../../src/plan/wishes'
import { declinableAmong } from '../../../src/release/themes'

import type { Words } from '../words/standard'

/** What holds of each wish, in words, whatever a municipality offers; of one that was not made, too. *Pure.* */
export function shownWishes(
  { hour, discreet, declined = [] }: Wishes,
  words: Words,
): Record<keyof Wishes, string> {
  const { hour: hours, notice, themes } = words.wishes
  const { usual, unsaid } = words.data.file
  return {
    hour: hour === undefined ? usual : hours.at(words.hour(shownHour(hour))),
    discreet: discreet === undefined ? unsaid : notice.choices[discreet ? 'discreet' : 'shown'],
    declined:
      declinableAmong(declined)
        .map((theme) => themes.names[theme])
        .join('・') || themes.none,
  }
}
