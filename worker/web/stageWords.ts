import type { LocalDay } from '../../src/stage/day'
import { stageAt } from '../../src/stage/stage'
import type { ChildDates } from '../readers/reader'

import type { Words } from './words/standard'

/** 「今日は妊娠24週3日です。」: the typed date said back, so that a typing error is seen. *Pure.* */
export function stageSentence(dates: ChildDates, today: LocalDay, words: Words): string {
  return words.child.today(words.stage(stageLabel(dates, today)))
}

/** 「妊娠24週3日」 or 「1歳6か月」. *Pure.* */
export function stageLabel(dates: ChildDates, today: LocalDay): string {
  return stageAt(dates, today).label
}
