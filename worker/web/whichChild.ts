import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { daysBetween, type LocalDay } from '../../src/stage/day'
import type { Child, ChildDates } from '../readers/reader'
import type { ChildAnswer, ChildVerdict } from '../readers/sameChild'

import { hiddenFields } from './dateForm'
import type { SaidDate } from './dateStep'
import { backButton } from './field'
import type { Page } from './page'
import { countOf } from './registrationCheck'
import type { DateKind } from './typedDate'
import type { Words } from './words/standard'

/** What a reader who has said a date is asked: whose it is, and where their page is. */
export interface WhichChild {
  verdict: ChildVerdict
  said: SaidDate
  /** Path of the reader's page. */
  base: string
  words: Words
}

type WhichPage = Omit<Page, 'municipality'>

/**
 * Asks which child a date means; null where that is clear. A date that can be no birth says no stage
 * and no word of one: it shows what is registered, and quietly the way to stop. *Pure.*
 */
export function whichChildPage(asked: WhichChild): WhichPage | null {
  const { verdict } = asked
  switch (verdict.kind) {
    case 'askTwin':
    case 'same':
      return twinPage(asked)
    case 'askCorrection':
      return correctionPage(verdict.child, asked)
    case 'refused':
      return refusedPage(verdict.child, asked, verdict.fault !== 'afterPregnancy')
    default:
      return null
  }
}

function twinPage({ said, words }: WhichChild): WhichPage {
  const { twin, again } = words.dates
  const label = words.date[said.kind]
  const title = twin.title(label)
  const body = html`<h1>${title}</h1>
    ${dayList(words, [[label, said.day]])}
    <p>${twin.question}</p>
    ${form(
      said,
      answerButton('twin', twin.yes),
      answerButton('same', twin.no),
      backButton('edit', again),
    )}`
  return { title, body }
}

/** How many children the date was said to be of; nothing of one. *Pure.* */
export function countSaid(
  { fields }: Pick<SaidDate, 'fields'>,
  { registration }: Words,
): HtmlValue {
  const count = countOf(fields.count ?? '')
  return count !== '1' && html`<p>${registration.answers.count}: ${registration.counts[count]}</p>`
}

/** So far two days are near each other (days). */
const A_SEASON = 92

function correctionPage(child: Child, { said, words }: WhichChild): WhichPage {
  const { correction, another, again } = words.dates
  const { kind, day } = registered(child, said)
  const [known, typed] = [words.date[kind], words.date[said.kind]]
  const { title } = correction
  // A digit typed wrong may be years away: such a date is like the other, not near it.
  const isFar = Math.abs(daysBetween(day, said.day)) > A_SEASON
  const body = html`<h1>${title}</h1>
    <p>${isFar ? correction.like : correction.near}</p>
    ${dayList(words, [
      [correction.known(known), day],
      [correction.typed(typed), said.day],
    ])}
    ${countSaid(said, words)}
    ${form(
      said,
      answerButton('correction', kind === said.kind ? correction.fix : correction.takeAs(typed)),
      answerButton('another', another),
      backButton('edit', again),
    )}`
  return { title, body }
}

function refusedPage(child: Child, { said, base, words }: WhichChild, isQuiet: boolean): WhichPage {
  const { refused, another, again } = words.dates
  const { kind, day } = registered(child, said)
  const { title } = refused
  const body = html`<h1>${title}</h1>
    <p>${refused.why(words.date[kind], words.day(day), words.day(said.day))}</p>
    ${countSaid(said, words)}
    ${form(
      said,
      html`<button class="main" name="go" value="edit">${again}</button>`,
      answerButton('another', another),
    )}
    <ul class="links">
      <li><a href="${base}/children/${child._id}/stop">${refused.stop}</a></li>
    </ul>`
  return { title, body, isQuiet }
}

function registered(
  { birthDate, dueDate }: ChildDates,
  { kind, day }: SaidDate,
): { kind: DateKind; day: LocalDay } {
  const isBirth = birthDate !== undefined && (kind === 'birthDate' || dueDate === undefined)
  const known = isBirth ? birthDate : (dueDate ?? birthDate)
  return { kind: isBirth ? 'birthDate' : 'dueDate', day: known ?? day }
}

function dayList(words: Words, rows: [string, LocalDay][]): Html {
  return html`<dl class="answers">
    ${rows.map(
      ([term, day]) =>
        html`<dt>${term}</dt>
          <dd>${words.day(day)}</dd>`,
    )}
  </dl>`
}

function form({ action, fields }: SaidDate, ...buttons: Html[]): Html {
  return html`<form method="post" action="${action}" novalidate>
    ${hiddenFields(fields)}
    <div class="actions afterReading">${buttons}</div>
  </form>`
}

function answerButton(answer: ChildAnswer, label: string): Html {
  return html`<button class="second" name="answer" value="${answer}">${label}</button>`
}
