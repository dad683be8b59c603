import { html, type Html, type HtmlValue } from '../../src/release/escape'

import type { Draft } from './draft'
import { outlookSentences, type FamilyOutlook } from './outlook'
import { answerList, answerRows, stageSaid, type AnswerRow } from './registrationAnswers'
import { canOpen, completeDraft, type RegistrationContext } from './registrationCheck'

/** What was answered, before it is sent. */
export interface CheckedAnswers {
  draft: Draft
  context: RegistrationContext
  /** What the family has to expect; null while its dates are not known. */
  expected: FamilyOutlook | null
  editionLabels: Readonly<Record<string, string>>
  /** Where one answer is corrected, and leads back from. */
  hrefOf: (screen: AnswerRow['screen']) => string
}

/** The answers to check: the stage said back, what is to be expected, each answer with its 変更. *Pure.* */
export function checkAnswers({ draft, context, ...shown }: CheckedAnswers): Html {
  const { expected, editionLabels, hrefOf } = shown
  const { municipality, words, visitor, today } = context
  const { address, ...complete } = completeDraft(draft, context)
  const answers = {
    ...complete,
    address: visitor ? null : address.address,
    isCountAsked: canOpen('count', context),
  }
  const names = { editionLabels, words }
  const { changeOf, change } = words.form
  const changeLink = (screen: AnswerRow['screen'], term: string): HtmlValue =>
    canOpen(screen, context) &&
    html`<a href="${hrefOf(screen)}" aria-label="${changeOf(term)}">${change}</a>`
  const sentences = expected && outlookSentences(expected, municipality, names)
  return html`${stageSaid(complete.children, today, words)}
  ${sentences && html`<div class="outlook">${sentences.map((one) => html`<p>${one}</p>`)}</div>`}
  ${answerList(answerRows(answers, municipality, names), words, changeLink)}`
}
