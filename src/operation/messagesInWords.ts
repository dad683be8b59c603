import type { Figure } from '../statistics/figures'
import { sumInWords, sumOf } from '../statistics/sum'

/** A number of messages: 1,200 通、約 40 通、5 通未満. *Pure.* */
export function messagesInWords(figure: Figure): string {
  return sumInWords(sumOf([figure]), ' 通')
}
