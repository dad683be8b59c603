import { html, type Html, type HtmlValue } from '../../src/release/escape'

import type { TypedDate } from './typedDate'
import { standard, type Words } from './words/standard'

/** Messages by field name. */
export type FieldErrors = Record<string, string>

/** One choice of a group. */
export interface Choice {
  value: string
  label: HtmlValue
}

/** A group of radio buttons or a date: one question. */
export interface Question {
  name: string
  label: string
  hint?: HtmlValue
  errors: FieldErrors
  /** Whether the question is the page's heading, and the only one on it. */
  isHeading?: boolean
  /** @default standard */
  words?: Words
}

/** The summary on top, each line a link to its field; nothing without errors. *Pure.* */
export function errorSummary(errors: FieldErrors, { form }: Words = standard): Html | null {
  const entries = Object.entries(errors)
  if (entries.length === 0) return null
  return html`<div class="errors" role="alert" tabindex="-1" autofocus>
    <h2>${form.errors}</h2>
    <ul>
      ${entries.map(([name, message]) => html`<li><a href="#${name}">${message}</a></li>`)}
    </ul>
  </div>`
}

/** A page's title, which says first that something is to be corrected. *Pure.* */
export function titleWith(
  errors: FieldErrors,
  heading: string,
  { form }: Words = standard,
): string {
  return Object.keys(errors).length > 0 ? form.errorTitle(heading) : heading
}

/** Radio buttons, each a large tap target. *Pure.* */
export function radios(
  question: Question,
  { choices, value }: { choices: readonly Choice[]; value: string },
): Html {
  return fieldset(question, choiceInputs(question, { type: 'radio', choices, values: [value] }))
}

/** Boxes to tick, as many as apply. *Pure.* */
export function checkboxes(
  question: Question,
  { choices, values }: { choices: readonly Choice[]; values: readonly string[] },
): Html {
  return fieldset(question, choiceInputs(question, { type: 'checkbox', choices, values }))
}

interface ChoiceInputs {
  type: 'radio' | 'checkbox'
  choices: readonly Choice[]
  /** What is chosen. */
  values: readonly string[]
}

function choiceInputs({ name }: Question, { type, choices, values }: ChoiceInputs): Html[] {
  return choices.map(
    ({ value, label }, index) =>
      html`<label class="choice">
        <input
          type="${type}"
          name="${name}"
          id="${index === 0 ? name : `${name}-${value}`}"
          value="${value}"
          ${values.includes(value) && 'checked'}
        />
        <span>${label}</span>
      </label>`,
  )
}

/** Three labelled number fields 年 月 日, and which era the year is of: a keypad has digits alone. *Pure.* */
export function dateFields(question: Question, typed: TypedDate): Html {
  const { name, words: { date } = standard } = question
  return fieldset(
    question,
    html`<div class="date">
      ${typed.era !== undefined && eraField(typed.era, date)}
      ${numberField(question, { id: name, label: date.year, key: 'year', size: 4 }, typed.year)}
      ${numberField(question, { id: `${name}-month`, label: date.month, key: 'month', size: 2 }, typed.month)}
      ${numberField(question, { id: `${name}-day`, label: date.day, key: 'day', size: 2 }, typed.day)}
    </div>`,
  )
}

function eraField(chosen: string, { era, eras }: Words['date']): Html {
  return html`<span class="eraRow"
    ><select name="era" aria-label="${era}" class="era">
      ${Object.entries(eras).map(
        ([value, label]) =>
          html`<option value="${value}" ${value === chosen && 'selected'}>${label}</option>`,
      )}
    </select></span
  >`
}

/** Two labelled number fields of 妊娠◯週◯日. *Pure.* */
export function weekFields(question: Question, typed: { weeks: string; days: string }): Html {
  const { name, words: { registration } = standard } = question
  const { pregnant, weeks, days } = registration
  return fieldset(
    question,
    html`<div class="date">
      <span class="datePart">${pregnant}</span>
      ${numberField(question, { id: name, label: weeks, key: 'weeks', size: 2 }, typed.weeks)}
      ${numberField(question, { id: `${name}-days`, label: days, key: 'days', size: 2 }, typed.days)}
    </div>`,
  )
}

/** Room for 令和9年, and for a whole date that is pasted. */
const MAX_DATE_PART = 40

interface NumberField {
  id: string
  label: string
  /** Its name in the form. */
  key: string
  /** Digits there is room to see. */
  size: number
}

function numberField({ name, errors }: Question, field: NumberField, value: string): Html {
  const { id, label, key, size } = field
  return html`<span class="datePart">
    <input
      id="${id}"
      name="${key}"
      value="${value}"
      inputmode="numeric"
      autocomplete="off"
      maxlength="${MAX_DATE_PART}"
      class="digits${size}"
      ${errors[name] && html`aria-invalid="true" aria-describedby="${name}-error"`}
    />
    <label for="${id}">${label}</label>
  </span>`
}

/** One choice of a list that is opened: for answers of which there are many. *Pure.* */
export function select(
  { name, label, hint }: Question,
  { choices, value }: { choices: readonly Choice[]; value: string },
): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    <select id="${name}" name="${name}" ${hint && html`aria-describedby="${name}-hint"`}>
      ${choices.map(
        (one) =>
          html`<option value="${one.value}" ${one.value === value && 'selected'}>
            ${one.label}
          </option>`,
      )}
    </select>
  </div>`
}

/** A line of text. *Pure.* */
export function textField(
  { name, label, hint, errors }: Question,
  attributes: { type: string; value: string; autocomplete: string },
): Html {
  const described = [hint && `${name}-hint`, errors[name] && `${name}-error`].filter(Boolean)
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`} ${errorOf(name, errors)}
    <input
      id="${name}"
      name="${name}"
      type="${attributes.type}"
      value="${attributes.value}"
      autocomplete="${attributes.autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      ${described.length > 0 && html`aria-describedby="${described.join(' ')}"`}
      ${errors[name] && html`aria-invalid="true"`}
    />
  </div>`
}

/** A text of some lines, to be written; `most` UTF-16 units are taken at all. *Pure.* */
export function textArea(
  { name, label, hint, errors }: Question,
  { value, rows, most }: { value: string; rows: number; most: number },
): Html {
  const described = [hint && `${name}-hint`, errors[name] && `${name}-error`].filter(Boolean)
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`} ${errorOf(name, errors)}
    <textarea
      id="${name}"
      name="${name}"
      rows="${rows}"
      maxlength="${most}"
      autocomplete="off"
      ${described.length > 0 && html`aria-describedby="${described.join(' ')}"`}
      ${errors[name] && html`aria-invalid="true"`}
    >
${value}</textarea>
  </div>`
}

/** Letters that a line of a field surely holds on a phone, and most lines that are shown at once. */
const COPY_LETTERS = 20
const COPY_LINES = 4

/** A text to copy. *Pure.* */
export function copyField(label: string, text: string): Html {
  const lines = Math.min(COPY_LINES, 1 + Math.floor(text.length / COPY_LETTERS))
  return html`<div class="field">
    <label for="copy">${label}</label>
    <textarea id="copy" rows="${lines}" readonly>${text}</textarea>
  </div>`
}

/** One box to tick. *Pure.* */
export function checkbox({ name, label, hint, errors }: Question, isChecked: boolean): Html {
  return html`<div class="field">
    ${hint && html`<p class="hint">${hint}</p>`} ${errorOf(name, errors)}
    <label class="choice">
      <input
        type="checkbox"
        id="${name}"
        name="${name}"
        value="yes"
        ${isChecked && 'checked'}
        ${errors[name] && html`aria-invalid="true" aria-describedby="${name}-error"`}
      />
      <span>${label}</span>
    </label>
  </div>`
}

/** The main button at the bottom, and what stands above it. *Pure.* */
export function actions(label: string, ...others: HtmlValue[]): Html {
  return html`<div class="actions">
    <button class="main" name="go" value="next">${label}</button>
    ${others}
  </div>`
}

/** {@link actions} below what must be read first: they lie over nothing. *Pure.* */
export function actionsAfterReading(label: string, ...others: HtmlValue[]): Html {
  return html`<div class="actions afterReading">
    <button class="main" name="go" value="next">${label}</button>
    ${others}
  </div>`
}

/** A second button that does not look like the first. *Pure.* */
export function backButton(to: string, label = standard.form.back): Html {
  return html`<button class="second" name="go" value="${to}" formnovalidate>${label}</button>`
}

function fieldset(question: Question, inside: HtmlValue): Html {
  const { name, label, hint, errors, isHeading = false } = question
  const described = [hint && `${name}-hint`, errors[name] && `${name}-error`].filter(Boolean)
  return html`<fieldset ${described.length > 0 && html`aria-describedby="${described.join(' ')}"`}>
    <legend>${isHeading ? html`<h1>${label}</h1>` : label}</legend>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`} ${errorOf(name, errors)}
    ${inside}
  </fieldset>`
}

function errorOf(name: string, errors: FieldErrors): HtmlValue {
  return errors[name] && html`<p class="error" id="${name}-error">${errors[name]}</p>`
}

/** Beside a form that leads back to its own page when it is refused: see form.js. *Pure.* */
export function formScript(): Html {
  return html`<script src="/script/form.js" defer></script>`
}
