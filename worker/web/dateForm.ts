import { html, type Html, type HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'

import {
  actions,
  backButton,
  dateFields,
  errorSummary,
  formScript,
  radios,
  type FieldErrors,
} from './field'
import { stageSentence } from './stageWords'
import { eraHint, type DateKind, type TypedDate } from './typedDate'
import type { Words } from './words/standard'

/** A form that asks for one date. */
export interface DateForm {
  heading: string
  /** Where it is sent to. */
  action: string
  /** Null asks for the kind of the date too. */
  kind: DateKind | null
  /** The kind that was chosen, or empty. */
  anchor: string
  typed: TypedDate
  today: LocalDay
  errors: FieldErrors
  /** Hidden fields. */
  hidden?: Record<string, string>
  /** Where who answers nothing goes back to. */
  back: string
  /** Stands below the form. */
  aside?: HtmlValue
  words: Words
}

/** Asks for a date. *Pure.* */
export function dateForm(form: DateForm): Html {
  const { heading, action, kind, anchor, typed, today, errors, words } = form
  const { hidden = {}, aside } = form
  const { date, registration } = words
  const choices = [
    { value: 'dueDate', label: registration.anchors.dueDate },
    { value: 'birthDate', label: registration.anchors.birthDate },
  ]
  const label = date[kind ?? 'either']
  const hint = eraHint(today, words)
  return html`<h1>${heading}</h1>
    ${errorSummary(errors, words)}
    <form method="post" action="${action}" novalidate>
      ${hiddenFields(hidden)}
      ${
        !kind &&
        radios({ name: 'anchor', label: registration.child, errors }, { choices, value: anchor })
      }
      ${dateFields({ name: 'date', label, hint, errors, words }, typed)}
      ${actions(words.form.next, html`<a class="button second" href="${form.back}">${words.form.back}</a>`)}
    </form>
    ${formScript()} ${aside}`
}

/** A date to be saved, said back. */
export interface DateSaid {
  heading: string
  /** Where it is sent to. */
  action: string
  kind: DateKind
  day: LocalDay
  today: LocalDay
  /** Hidden: the date as it was typed. */
  fields: Record<string, string>
  /** More questions, such as corrected age. */
  more?: HtmlValue
  words: Words
}

/** Says the stage back in words before anything is saved. *Pure.* */
export function dateSaid(said: DateSaid): Html {
  const { heading, action, kind, day, today, fields, more, words } = said
  return html`<h1>${heading}</h1>
    <p class="said">${stageSentence({ [kind]: day }, today, words)}</p>
    <dl class="answers">
      <dt>${words.date[kind]}</dt>
      <dd>${words.day(day)}</dd>
    </dl>
    <form method="post" action="${action}" novalidate>
      ${hiddenFields(fields)} ${more}
      <div class="actions">
        <button class="main" name="go" value="save">${words.dates.save}</button>
        ${backButton('edit', words.dates.edit)}
      </div>
    </form>`
}

/** Fields that travel unseen. *Pure.* */
export function hiddenFields(fields: Record<string, string>): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
}
