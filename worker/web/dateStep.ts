import type { HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'

import { dateForm, dateSaid } from './dateForm'
import type { FieldErrors } from './field'
import { showPage, type Visit } from './myPageVisit'
import { checkTypedDate, type DateKind, type TypedDate } from './typedDate'

/** A date that a reader is asked for on their page. */
export interface DateQuestion {
  heading: string
  /** Null asks for the kind of the date too. */
  kind: DateKind | null
  /** What stands in the fields at first. */
  initial: TypedDate
  hidden?: Record<string, string>
  /** More questions beside the date that is said back. */
  more?: (day: LocalDay) => HtmlValue
  save: (kind: DateKind, day: LocalDay) => Promise<void>
}

/** Shows the empty form. */
export function askDate(visit: Visit, question: DateQuestion): void {
  showForm(visit, question, { typed: question.initial, errors: {} })
}

/** Typed → checked → said back → saved. */
export async function stepDate(visit: Visit, question: DateQuestion): Promise<void> {
  const { form, today } = visit
  const { year, month, day, anchor } = form
  const typed = { year, month, day }
  if (form.go === 'edit') return showForm(visit, question, { typed, errors: {} })
  const kind = question.kind ?? kindOf(anchor)
  if (!kind) {
    const errors = { anchor: '「妊娠中」か「生まれている」を選んでください。' }
    return showForm(visit, question, { typed, errors })
  }
  const checked = checkTypedDate(typed, { kind, today })
  if (!checked.isValid) {
    return showForm(visit, question, { typed, errors: { date: checked.message } })
  }
  if (form.go === 'save') return question.save(kind, checked.day)
  const { heading, hidden } = question
  const more = question.more?.(checked.day)
  const body = dateSaid({ heading, kind, day: checked.day, today, typed, more, hidden })
  showPage(visit, { title: heading, body })
}

function showForm(
  visit: Visit,
  { heading, kind, hidden }: DateQuestion,
  { typed, errors }: { typed: TypedDate; errors: FieldErrors },
): void {
  const body = dateForm({ heading, kind, anchor: visit.form.anchor, typed, errors, hidden })
  const hasErrors = Object.keys(errors).length > 0
  const title = `${hasErrors ? '入力の確認: ' : ''}${heading}`
  showPage(visit, { title, body }, hasErrors ? 422 : 200)
}

function kindOf(anchor: string): DateKind | null {
  return anchor === 'dueDate' || anchor === 'birthDate' ? anchor : null
}
