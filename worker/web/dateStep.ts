import type { Request } from 'express'

import type { HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'

import { dateForm, dateSaid } from './dateForm'
import { titleWith } from './field'
import { findTyped, forgetTyped, formIdOf, keepTyped, openForm, type Typed } from './formMemory'
import { showPage, type Visit } from './myPageVisit'
import {
  checkTypedDate,
  type DateAsked,
  type DateCheck,
  type DateKind,
  type TypedDate,
} from './typedDate'
import type { WebContext } from './webContext'

/** A date that a reader is asked for on their page. */
export interface DateQuestion {
  heading: string
  /** Path of its form; what was typed is said back at `check` below it. */
  path: string
  /** Null asks for the kind of the date too. */
  kind: DateKind | null
  /** What stands in the fields at first. */
  initial: TypedDate
  hidden?: Record<string, string>
  /** More questions beside the date that is said back. */
  more?: (day: LocalDay) => HtmlValue
  save: (kind: DateKind, day: LocalDay) => Promise<void>
}

/** A question with what was typed to it. */
interface Asking {
  visit: Visit
  question: DateQuestion
  formId: string
  typed: Typed | null
}

/** GET of a question's path: the form, with what was typed to it so far. */
export async function askDate(
  web: WebContext,
  request: Request,
  { visit, question }: Pick<Asking, 'visit' | 'question'>,
): Promise<void> {
  const form = await openForm(web, request, visit.response)
  if (form) showForm({ visit, question, formId: form.id, typed: form.typed })
}

/** GET of `check`: what was typed, said back; without anything sound, the form. */
export async function sayDateBack(
  web: WebContext,
  request: Request,
  { visit, question }: Pick<Asking, 'visit' | 'question'>,
): Promise<void> {
  const typed = await findTyped(web, request)
  const formId = formIdOf(request)
  const answer = typed && answerOf(question, visit, typed)
  if (!formId || !typed || !answer?.kind || !answer.checked.isValid) {
    return visit.response.redirect(303, question.path)
  }
  const { heading, path } = question
  const { day } = answer.checked
  const body = dateSaid({
    heading,
    action: `${path}?d=${formId}`,
    kind: answer.kind,
    day,
    today: visit.today,
    typed: dateOf(typed),
    more: question.more?.(day),
    hidden: hiddenOf(question, typed),
  })
  showPage(visit, { title: heading, body })
}

/** POST of a question's path: typed → checked → said back → saved. */
export async function stepDate(
  web: WebContext,
  request: Request,
  { visit, question }: Pick<Asking, 'visit' | 'question'>,
): Promise<void> {
  const { form, response } = visit
  const { go, anchor, year, month, day, key, corrected } = form
  const typed = { anchor, year, month, day, key, corrected }
  const goTo = async (place: string, faulty: boolean) => {
    const kept = { ...typed, faulty: faulty ? 'yes' : '' }
    response.redirect(303, `${question.path}${place}?d=${await keepTyped(web, request, kept)}`)
  }
  if (go === 'edit') return goTo('', false)
  const { kind, checked } = answerOf(question, visit, typed)
  if (!kind || !checked.isValid) return goTo('', true)
  if (go !== 'save') return goTo('/check', false)
  await question.save(kind, checked.day)
  await forgetTyped(web, request)
}

function answerOf(
  { kind: known }: DateQuestion,
  { today }: Visit,
  typed: Typed,
): { kind: DateKind | null; checked: DateCheck } {
  const kind = known ?? kindOf(typed.anchor)
  const asked: DateAsked = known === null ? 'either' : known === 'dueDate' ? 'due' : 'birth'
  const checked = checkTypedDate(dateOf(typed), { kind: kind ?? 'birthDate', today, asked })
  return { kind, checked }
}

function showForm({ visit, question, formId, typed }: Asking): void {
  const { heading, kind, path, initial } = question
  const answer = typed?.faulty === 'yes' ? answerOf(question, visit, typed) : null
  const errors = {
    ...(answer && !answer.kind && { anchor: '「妊娠中」か「生まれている」を選んでください。' }),
    ...(answer?.kind && !answer.checked.isValid && { date: answer.checked.message }),
  }
  const body = dateForm({
    heading,
    action: `${path}?d=${formId}`,
    kind,
    anchor: typed?.anchor ?? '',
    typed: typed ? dateOf(typed) : initial,
    today: visit.today,
    errors,
    hidden: hiddenOf(question, typed),
  })
  showPage(visit, { title: titleWith(errors, heading), body })
}

function dateOf({ year = '', month = '', day = '' }: Typed): TypedDate {
  return { year, month, day }
}

/** The key of a child to add stays the same on every screen: it is added once. */
function hiddenOf({ hidden = {} }: DateQuestion, typed: Typed | null): Record<string, string> {
  return typed?.key && 'key' in hidden ? { ...hidden, key: typed.key } : hidden
}

function kindOf(anchor: string | undefined): DateKind | null {
  return anchor === 'dueDate' || anchor === 'birthDate' ? anchor : null
}
