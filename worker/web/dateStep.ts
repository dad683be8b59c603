import type { Request } from 'express'

import type { HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'

import { dateForm, dateSaid } from './dateForm'
import { titleWith } from './field'
import { findTyped, forgetTyped, formIdOf, keepTyped, openForm, type Typed } from './formMemory'
import { showPage, type Visit } from './myPageVisit'
import type { Page } from './page'
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
  /** What is wrong with a date of this child, or null. */
  faultOf?: (day: LocalDay) => string | null
  /** Beside the form: the quiet way out of a question that hurts. */
  aside?: HtmlValue
  /** The page that asks which child a date means; null where it is clear. */
  which?: (said: SaidDate) => Omit<Page, 'municipality'> | null
  /** More to say or to ask beside the date that is said back. */
  more?: (said: SaidDate) => HtmlValue
  /** `asked`: nothing was written, `which` asks first. */
  save: (kind: DateKind, day: LocalDay) => Promise<'saved' | 'asked'>
}

/** A date that is sound, and the form to answer about it with. */
export interface SaidDate {
  kind: DateKind
  day: LocalDay
  /** Where the answer is sent to. */
  action: string
  /** What the answer carries: the date as it was typed. */
  fields: Record<string, string>
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
  asking: Pick<Asking, 'visit' | 'question'>,
): Promise<void> {
  const said = await findSaid(web, request, asking)
  if (!said) return
  const { visit, question } = asking
  const { kind, day, action, fields } = said
  const { heading } = question
  const { today, words } = visit
  const more = question.more?.(said)
  const body = dateSaid({ heading, action, kind, day, today, fields, more, words })
  showPage(visit, { title: heading, body })
}

/** GET of `which`: asks which child the date means; where that is clear, it is said back. */
export async function askWhich(
  web: WebContext,
  request: Request,
  asking: Pick<Asking, 'visit' | 'question'>,
): Promise<void> {
  const said = await findSaid(web, request, asking)
  if (!said) return
  const { visit, question } = asking
  const page = question.which?.(said)
  if (page) return showPage(visit, page)
  visit.response.redirect(303, `${question.path}/check?d=${formIdOf(request) ?? ''}`)
}

/** The sound date that was typed; without one the answer is the form, and null. */
async function findSaid(
  web: WebContext,
  request: Request,
  { visit, question }: Pick<Asking, 'visit' | 'question'>,
): Promise<SaidDate | null> {
  const typed = await findTyped(web, request)
  const formId = formIdOf(request)
  const answer = typed && answerOf(question, visit, typed)
  if (!formId || !typed || !answer?.kind || !answer.checked.isValid) {
    visit.response.redirect(303, question.path)
    return null
  }
  const { kind, checked } = answer
  return {
    kind,
    day: checked.day,
    action: `${question.path}?d=${formId}`,
    fields: { ...hiddenOf(question, typed), anchor: kind, ...dateOf(typed) },
  }
}

/** POST of a question's path: typed → checked → said back, or asked about → saved. */
export async function stepDate(
  web: WebContext,
  request: Request,
  { visit, question }: Pick<Asking, 'visit' | 'question'>,
): Promise<void> {
  const { form, response } = visit
  const { go, anchor, year, month, day, era, key, count, corrected, answer } = form
  const typed = { anchor, year, month, day, era, key, count, corrected }
  const goTo = async (place: string, faulty = '') => {
    const id = await keepTyped(web, request, { ...typed, faulty })
    response.redirect(303, `${question.path}${place}?d=${id}`)
  }
  if (go === 'edit') return goTo('')
  const { kind, checked } = answerOf(question, visit, typed)
  if (!kind || !checked.isValid) return goTo('', 'yes')
  const isAnswered = go === 'save' || answer !== ''
  const said = { kind, day: checked.day, action: '', fields: {} }
  if (!isAnswered) return goTo(question.which?.(said) ? '/which' : '/check')
  if ((await question.save(kind, checked.day)) === 'asked') return goTo('/which')
  await forgetTyped(web, request)
}

function answerOf(
  { kind: known, faultOf }: DateQuestion,
  { today, words }: Visit,
  typed: Typed,
): { kind: DateKind | null; checked: DateCheck } {
  const kind = known ?? kindOf(typed.anchor)
  const asked: DateAsked = known === null ? 'either' : known === 'dueDate' ? 'due' : 'birth'
  const checked = checkTypedDate(dateOf(typed), {
    kind: kind ?? 'birthDate',
    today,
    asked,
    words,
  })
  const message = checked.isValid ? faultOf?.(checked.day) : null
  return { kind, checked: message ? { isValid: false, message } : checked }
}

function showForm({ visit, question, formId, typed }: Asking): void {
  const { heading, kind, path, initial } = question
  const { today, words } = visit
  const answer = typed?.faulty === 'yes' ? answerOf(question, visit, typed) : null
  const errors = {
    ...(answer && !answer.kind && { anchor: words.registration.chooseAnchor }),
    ...(answer?.kind && !answer.checked.isValid && { date: answer.checked.message }),
  }
  const body = dateForm({
    heading,
    action: `${path}?d=${formId}`,
    kind,
    anchor: typed?.anchor ?? '',
    typed: typed ? dateOf(typed) : { ...initial, era: '' },
    today,
    errors,
    hidden: hiddenOf(question, typed),
    back: visit.base,
    aside: question.aside,
    words,
  })
  showPage(visit, { title: titleWith(errors, heading, words), body })
}

function dateOf({ year = '', month = '', day = '', era = '' }: Typed): TypedDate & { era: string } {
  return { year, month, day, era }
}

/** The key of a child to add stays the same on every screen: it is added once; so does how many. */
function hiddenOf({ hidden = {} }: DateQuestion, typed: Typed | null): Record<string, string> {
  if (!typed?.key || !('key' in hidden)) return hidden
  return { ...hidden, key: typed.key, ...(typed.count && { count: typed.count }) }
}

function kindOf(anchor: string | undefined): DateKind | null {
  return anchor === 'dueDate' || anchor === 'birthDate' ? anchor : null
}
