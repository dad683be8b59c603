import { isLocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { isAlert } from './alert'
import { SURVEY } from './blocks/survey'
import type { AddOnContent, ReleaseContent } from './content'
import { isNotice } from './noticeLimits'
import type { Problem } from './problem'

/** Whether a content asks a survey. *Pure.* */
export function isSurvey(content: ReleaseContent): boolean {
  return content.type === 'addOn' && surveysIn(content).length > 0
}

function surveysIn({ blocks }: AddOnContent) {
  return blocks.flatMap((block, at) =>
    block.blockType === SURVEY.blockType ? [{ block, at }] : [],
  )
}

/**
 * Everything wrong with how a content asks a survey: in a notice, one alone, and on a day on which it can
 * still be answered. *Pure.*
 */
export function checkSurvey(content: AddOnContent): Problem[] {
  const [first, second] = surveysIn(content)
  if (!first) return []
  if (!isNotice(content) || isAlert(content)) {
    const message =
      'アンケートは、お知らせに入れます。「送る回数」を「お知らせ」にして、送る日を選んでください。'
    return [{ field: 'timing', code: 'SURVEY', message }]
  }
  if (second) {
    const message = 'アンケートは 1 通に 1 つまでです。1 つを消してください。'
    return [{ field: `blocks.${second.at}.survey`, code: 'SURVEY', message }]
  }
  const endsOn = first.block.endsOn ?? ''
  if (!content.validFrom || !isLocalDay(endsOn) || content.validFrom <= endsOn) return []
  const message = `アンケートに答えられるのは ${dayLabel(endsOn)} までです。送る日を、その日か前の日にしてください。`
  return [{ field: 'validFrom', code: 'SURVEY', message }]
}
