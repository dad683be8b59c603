import type { ReviewStatus } from '../../review/queries/status'
import type { ReviewAction, ReviewInput } from './useReview'

/** A button of the review panel. */
export interface Step {
  action: ReviewAction
  label: string
  /** What pressing it does, above the second press. */
  question: string
  isMain: boolean
  input?: ReviewInput
  /** A text that goes with it. */
  words?: { name: 'comment' | 'reason'; label: string; isRequired: boolean }
}

/** The steps a person may take now, the most likely first. *Pure.* */
export function stepsFor({ can, needs, isLive, state }: ReviewStatus): Step[] {
  return [
    ...(can.publish ? [publish(isLive)] : []),
    ...(state === 'published' ? [] : can.approveAs).map((discipline) => {
      const label = needs.find((need) => need.discipline === discipline)?.label ?? discipline
      return approve(discipline, label, can.approveAs.length > 1)
    }),
    ...(can.submit ? [SUBMIT] : []),
    ...(can.requestChange ? [REQUEST_CHANGE] : []),
    ...(can.withdraw ? [WITHDRAW] : []),
  ]
}

/** What recalling does. */
export const WITHDRAWS =
  'まだ送られていない分が、30 秒以内にすべての自治体で止まります。もう送った分は取り消せません。'

const SUBMIT: Step = {
  action: 'submit',
  label: '監修に出す',
  question: '監修者の「監修待ち」に入ります。出したあとで直すと、承認はやり直しになります。',
  isMain: true,
}

const REQUEST_CHANGE: Step = {
  action: 'request-change',
  label: '修正を依頼する',
  question: '書いた人に、直してほしいことを伝えます。直るまで公開できません。',
  isMain: false,
  words: { name: 'comment', label: '直してほしいこと', isRequired: true },
}

const WITHDRAW: Step = {
  action: 'withdraw',
  label: '取り下げる',
  question: WITHDRAWS,
  isMain: false,
  words: { name: 'reason', label: '取り下げる理由', isRequired: true },
}

function approve(discipline: string, label: string, isNamed: boolean): Step {
  return {
    action: 'approve',
    label: isNamed ? `承認する(${label})` : '承認する',
    question: `いま画面に見えている内容を、${label}として承認します。内容が変わると、この承認は消えます。`,
    isMain: true,
    input: { discipline },
    words: { name: 'comment', label: 'ひとこと', isRequired: false },
  }
}

function publish(isLive: boolean): Step {
  return {
    action: 'publish',
    label: '公開する',
    question: isLive
      ? 'これから届く日を迎える読者には、新しい内容が届くようになります。もう送った読者には送り直しません。'
      : '確定版になり、これから届く日を迎える読者に届くようになります。',
    isMain: true,
  }
}
