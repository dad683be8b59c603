import { isLocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { slotLabel, type AnchorKind, type Slot } from '../stage/slot'
import { SURVEY } from './blocks/survey'
import { TIMINGS } from './choices'
import type { AddOnContent, ReleaseContent } from './content'
import { isNotice } from './noticeLimits'
import type { Problem } from './problem'
import { slotOrNull } from './surveyWords'

/** Whether a content asks a survey. *Pure.* */
export function isSurvey(content: ReleaseContent): boolean {
  return surveyOf(content) !== null
}

/** Id of the survey that a content asks; null where it asks none. *Pure.* */
export function surveyOf(content: ReleaseContent): string | null {
  if (content.type !== 'addOn') return null
  return surveysIn(content)[0]?.block.survey ?? null
}

/** An add-on that asks a survey while it lasts, each family on the day its child comes to the stage. */
export type StageSurvey = AddOnContent & { timing: 'once' }

/** Whether a content asks a survey by stage. *Pure.* */
export function isStageSurvey(content: ReleaseContent): content is StageSurvey {
  return content.type === 'addOn' && content.timing === 'once' && isSurvey(content)
}

function surveysIn({ blocks }: AddOnContent) {
  return blocks.flatMap((block, at) =>
    block.blockType === SURVEY.blockType ? [{ block, at }] : [],
  )
}

/**
 * Everything wrong with how a content asks a survey: on the day of a notice or of a stage, one alone, and
 * as long as it can be answered. *Pure.*
 */
export function checkSurvey(content: AddOnContent): Problem[] {
  const [first, second] = surveysIn(content)
  if (!first) return []
  const isByStage = isStageSurvey(content)
  if (!isByStage && !isNotice(content)) return [problem('timing', timingSentence(content))]
  if (second) {
    const message = 'アンケートは 1 通に 1 つまでです。1 つを消してください。'
    return [problem(`blocks.${second.at}.survey`, message)]
  }
  const slot = isByStage ? slotOrNull(content.from) : null // its own check says what cannot be read
  if (slot && !STAGES.has(slot.anchor)) return [problem('from', stageSentence(slot))]
  return checkEnd(content, first.block.endsOn ?? '')
}

/** Stages a survey is asked at: after a loss, and of who comes from another system, nobody is. */
const STAGES: ReadonlySet<AnchorKind> = new Set(['dueDate', 'birthDate', 'schoolEntry'])

/** Nobody is asked what cannot be answered any more. */
function checkEnd({ timing, validFrom, validTo }: AddOnContent, endsOn: string): Problem[] {
  if (!isLocalDay(endsOn)) return []
  const until = `アンケートに答えられるのは ${dayLabel(endsOn)} までです。`
  if (timing === 'notice') {
    const isLate = validFrom !== null && validFrom > endsOn
    return isLate ? [problem('validFrom', `${until}送る日を、その日か前の日にしてください。`)] : []
  }
  if (validTo !== null && validTo <= endsOn) return []
  const found = validTo ? `「掲載を終える日」が ${dayLabel(validTo)} です。` : ''
  return [
    problem('validTo', `${until}${found}「掲載を終える日」を、その日か前の日にしてください。`),
  ]
}

function timingSentence({ timing }: AddOnContent): string {
  const chosen = TIMINGS.find(({ value }) => value === timing)?.label.split('(')[0] ?? ''
  return `「送る回数」が「${chosen}」です。アンケートは、お子さんがその時期になった日に 1 回ずつ聞くときは「1回だけ」、決めた日にまとめて聞くときは「お知らせ」にしてください。`
}

function stageSentence(slot: Slot): string {
  return `「ここから」が「${slotLabel(slot)}」です。アンケートを聞く時期は、妊娠の週か、お子さんの月齢・年齢で選んでください(例: 生後4か月)。`
}

function problem(field: string, message: string): Problem {
  return { field, code: 'SURVEY', message }
}
