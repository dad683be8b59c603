import { shownHour } from '../../../src/plan/deliveryHour'
import { declinableAmong } from '../../../src/release/themes'
import type { Reader } from '../../readers/reader'

import type { Words } from '../words/standard'

/** What a reader has wished of how texts come, in words, whatever their municipality offers. *Pure.* */
export function shownWishes({ wishes = {} }: Pick<Reader, 'wishes'>, words: Words): string {
  const { hour, notice, themes } = words.wishes
  const declined = declinableAmong(wishes.declined ?? []).map((theme) => themes.names[theme])
  const said = [
    wishes.hour !== undefined && `${hour.term} ${hour.at(words.hour(shownHour(wishes.hour)))}`,
    wishes.discreet !== undefined &&
      `${notice.term} ${notice.choices[wishes.discreet ? 'discreet' : 'shown']}`,
    declined.length > 0 && `${themes.term} ${declined.join('・')}`,
  ]
  return said.filter(Boolean).join('、') || words.data.file.none
}
