import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { dayLabel } from '../../src/stage/japaneseDate'
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
import { stageWords } from './stageWords'
import { eraHint, type DateKind, type TypedDate } from './typedDate'

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
  /** Stands below the form. */
  aside?: HtmlValue
}

/** What the two dates are called. */
export const DATE_LABELS = { dueDate: '出産予定日', birthDate: '誕生日' } as const

/** Asks for a date. *Pure.* */
export function dateForm(form: DateForm): Html {
  const { heading, action, kind, anchor, typed, today, errors, hidden = {}, aside } = form
  const choices = [
    { value: 'dueDate', label: '妊娠中' },
    { value: 'birthDate', label: '生まれている' },
  ]
  const label = kind ? DATE_LABELS[kind] : '出産予定日または誕生日'
  const hint = eraHint(today)
  return html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    <form method="post" action="${action}" novalidate>
      ${hiddenFields(hidden)}
      ${
        !kind && radios({ name: 'anchor', label: 'お子さんは', errors }, { choices, value: anchor })
      }
      ${dateFields({ name: 'date', label, hint, errors }, typed)} ${actions('次へ')}
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
}

/** Says the stage back in words before anything is saved. *Pure.* */
export function dateSaid(said: DateSaid): Html {
  const { heading, action, kind, day, today, fields, more } = said
  return html`<h1>${heading}</h1>
    <p class="said">${stageWords({ [kind]: day }, today)}。</p>
    <dl class="answers">
      <dt>${DATE_LABELS[kind]}</dt>
      <dd>${dayLabel(day)}</dd>
    </dl>
    <form method="post" action="${action}" novalidate>
      ${hiddenFields(fields)} ${more}
      <div class="actions">
        <button class="main" name="go" value="save">この日付で保存する</button>
        ${backButton('edit', '入れなおす')}
      </div>
    </form>`
}

/** Fields that travel unseen. *Pure.* */
export function hiddenFields(fields: Record<string, string>): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
}
