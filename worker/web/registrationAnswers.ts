import type { MunicipalitySettings } from '../../src/plan/settings'
import { html, type Html, type HtmlValue } from '../../src/release/escape'
import type { ChildDates, Relation } from '../readers/reader'

import type { Screen } from './draft'
import { editionName, type EditionNames } from './words/words'
import type { Words } from './words/standard'

/** What is, or is about to be, registered. */
export interface Answers {
  child: ChildDates
  /** Null on LINE, where there is none to show. */
  address: string | null
  relation: Relation
  edition: string
  area: string | null
}

/** One answer with the screen it was asked on. */
export interface AnswerRow {
  screen: Exclude<Screen, 'confirm'>
  value: HtmlValue
}

/** The answers in the words of the screens; a question that the town does not ask is left out. *Pure.* */
export function answerRows(
  { child, address, relation, edition, area }: Answers,
  { areas }: Pick<MunicipalitySettings, 'areas'>,
  names: EditionNames & { words: Words },
): AnswerRow[] {
  const { words } = names
  const { birthDate, dueDate } = child
  const kind = birthDate ? 'birthDate' : 'dueDate'
  const day = birthDate ?? dueDate
  const channel = address === null ? words.channels.line : words.channels.mail
  const rows: AnswerRow[] = [
    { screen: 'date', value: day && html`${words.date[kind]}<br />${words.day(day)}` },
    { screen: 'channel', value: address ? html`${channel}<br />${address}` : channel },
    { screen: 'relation', value: words.relations[relation] },
    { screen: 'edition', value: editionName(edition, names) },
    { screen: 'area', value: area ?? (areas.length > 0 && words.registration.noArea) },
  ]
  return rows.filter(({ value }) => value)
}

/** A list of answers, each with what can be done about it. *Pure.* */
export function answerList(
  rows: readonly AnswerRow[],
  { registration }: Words,
  changeOf?: (screen: AnswerRow['screen'], term: string) => HtmlValue,
): Html {
  return html`<dl class="answers">
    ${rows.map(({ screen, value }) => {
      const term = registration.answers[screen]
      const change = changeOf?.(screen, term)
      return html`<div>
        <dt>${term}</dt>
        <dd>${value}</dd>
        ${change && html`<dd class="change">${change}</dd>`}
      </div>`
    })}
  </dl>`
}
