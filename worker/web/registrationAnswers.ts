import type { MunicipalitySettings } from '../../src/plan/settings'
import { html, type Html, type HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'
import type { ChildDates, Relation } from '../readers/reader'
import { hasSameDates } from '../readers/sameChild'

import type { Screen } from './draft'
import { COUNTS } from './registrationCheck'
import { stageSentence } from './stageWords'
import { editionName, type EditionNames } from './words/words'
import type { Words } from './words/standard'

/** What is, or is about to be, registered. */
export interface Answers {
  children: readonly ChildDates[]
  /** Null on LINE, where there is none to show. */
  address: string | null
  relation: Relation
  edition: string
  area: string | null
  /** Whether how many children there are can still be said: then one is told, too. */
  isCountAsked?: boolean
}

/** One answer with the screen it was asked on. */
export interface AnswerRow {
  screen: Exclude<Screen, 'confirm'>
  value: HtmlValue
}

/** The answers in the words of the screens; a question that the town does not ask is left out. *Pure.* */
export function answerRows(
  { children, address, relation, edition, area, isCountAsked: isAsked = false }: Answers,
  { areas }: Pick<MunicipalitySettings, 'areas'>,
  names: EditionNames & { words: Words },
): AnswerRow[] {
  const { words } = names
  const channel = address === null ? words.channels.line : words.channels.mail
  const rows: AnswerRow[] = [
    { screen: 'date', value: datesIn(children, words) },
    { screen: 'count', value: countIn(children, { isAsked, words }) },
    { screen: 'channel', value: address ? html`${channel}<br />${address}` : channel },
    { screen: 'relation', value: words.relations[relation] },
    { screen: 'edition', value: editionName(edition, names) },
    { screen: 'area', value: area ?? (areas.length > 0 && words.registration.noArea) },
  ]
  return rows.filter(({ value }) => value)
}

/** The dates of the children; twins have one. */
function datesIn(children: readonly ChildDates[], words: Words): HtmlValue {
  const said = children.flatMap(({ birthDate, dueDate }) => {
    const day = birthDate ?? dueDate
    return day ? [{ kind: words.date[birthDate ? 'birthDate' : 'dueDate'], day }] : []
  })
  const once = [...new Map(said.map((one) => [`${one.kind} ${one.day}`, one])).values()]
  if (once.length === 0) return null
  return once.map(
    ({ kind, day }, at) => html`${at > 0 && html`<br />`}${kind}<br />${words.day(day)}`,
  )
}

/** How many children there are; of one alone nothing is said where it cannot be changed. */
function countIn(
  children: readonly ChildDates[],
  { isAsked, words }: { isAsked: boolean; words: Words },
): HtmlValue {
  const { counts } = words.registration
  const said = COUNTS[children.length - 1]
  return said !== undefined && (isAsked || isTwins(children)) && counts[said]
}

/** Whether the children are of one date, as twins are. */
function isTwins([first, ...others]: readonly ChildDates[]): boolean {
  return others.length > 0 && others.every((other) => first && hasSameDates(first, other))
}

/** The stage of each child said back, so that a typing error is seen. *Pure.* */
export function stageSaid(
  children: readonly ChildDates[],
  today: LocalDay,
  words: Words,
): HtmlValue {
  const said = new Set(children.map((child) => stageSentence(child, today, words)))
  return [...said].map((sentence) => html`<p class="said">${sentence}</p>`)
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
