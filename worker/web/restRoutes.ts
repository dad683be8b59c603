import { Router, type RequestHandler } from 'express'

import { html } from '../../src/release/escape'
import { addDays, daysBetween, isLocalDay, type LocalDay } from '../../src/stage/day'
import { isRestingOn, type Rest } from '../../src/plan/rest'

import { errorSummary, radios, titleWith, type Choice, type FieldErrors } from './field'
import type { Page } from './page'
import { showQuiet, type StopDoor } from './stopDoor'
import type { Answer } from './stopRoutes'
import type { WebContext } from './webContext'
import type { Words } from './words/standard'

/** A longer rest is one until the reader comes back (days). */
const LONGEST_REST = 366

/** Lengths of a rest to choose from (days), by what the form sends. */
const LENGTHS = { week: 7, month: 30, season: 90 } as const

interface RestOptions {
  /** Reads the form. */
  form: RequestHandler
  /** Opens the way to stop before an answer is given. */
  opened: (answer: Answer) => RequestHandler<Record<string, string>>
}

/** Resting below a path: for how long, one button, one sentence; who rests comes back at any time. */
export function restRoutes(base: string, { form, opened }: RestOptions): Router {
  const router = Router()
  router.get(`${base}/rest`, opened(ask))
  router.post(`${base}/rest`, form, opened(save))
  router.get(`${base}/resting`, opened(showResting))
  // Whoever holds a forwarded link can stop, and no more: only the own page ends a rest.
  if (base.startsWith('/me/')) router.post(`${base}/back`, opened(comeBack))
  return router
}

function ask(_: WebContext, door: StopDoor, request: Parameters<Answer>[2]): void {
  const { wrongDay } = door.words.quiet.rest
  showQuiet(door, restPage(door, 'faulty' in request.query ? { day: wrongDay } : {}))
}

async function save(
  web: WebContext,
  door: StopDoor,
  request: Parameters<Answer>[2],
): Promise<void> {
  const until = restUntil(request.body, door.today)
  if (until === undefined) return door.response.redirect(303, `${door.base}/rest?faulty`)
  await web.readers.rest({ readerId: door.reader._id, until })
  door.response.redirect(303, `${door.base}/resting`)
}

/** The first day on which texts come again; null for 「自分で再開するまで」, undefined for none. *Pure.* */
export function restUntil(form: unknown, today: LocalDay): LocalDay | null | undefined {
  const { length, day } = (form ?? {}) as { length?: unknown; day?: unknown }
  if (length === 'back') return null
  if (typeof length !== 'string') return undefined
  if (Object.hasOwn(LENGTHS, length)) {
    return addDays(today, LENGTHS[length as keyof typeof LENGTHS])
  }
  if (length !== 'day' || typeof day !== 'string' || !isLocalDay(day)) return undefined
  const away = daysBetween(today, day)
  return away > 0 && away <= LONGEST_REST ? day : undefined
}

function restPage(door: StopDoor, errors: FieldErrors): Pick<Page, 'title' | 'body'> {
  const { base, menu, today, words } = door
  const { choices, rest } = words.quiet
  const body = html`<h1>${choices.rest}</h1>
    ${errorSummary(errors, words)}
    <p>${rest.notLater}</p>
    <form method="post" action="${base}/rest" novalidate>
      ${radios(
        { name: 'length', label: rest.question, errors: {} },
        { choices: lengthsFrom(today, words), value: errors.day ? 'day' : 'month' },
      )}
      <div class="field">
        <label for="day">${rest.dayField}</label>
        ${errors.day && html`<p class="error" id="day-error">${errors.day}</p>`}
        <input
          type="date"
          id="day"
          name="day"
          min="${addDays(today, 1)}"
          max="${addDays(today, LONGEST_REST)}"
          ${errors.day && html`aria-invalid="true" aria-describedby="day-error"`}
        />
      </div>
      <div class="actions afterReading">
        <button class="main">${rest.go}</button>
        <a class="button second" href="${menu}">${words.form.back}</a>
      </div>
    </form>`
  return { title: titleWith(errors, choices.rest, words), body }
}

function lengthsFrom(today: LocalDay, { quiet: { rest }, day }: Words): Choice[] {
  const fixed = (['week', 'month', 'season'] as const).map((value) => ({
    value,
    label: rest.length(rest.lengths[value], day(addDays(today, LENGTHS[value]))),
  }))
  return [...fixed, { value: 'back', label: rest.back }, { value: 'day', label: rest.day }]
}

function showResting(_: WebContext, door: StopDoor): void {
  const { reader, own, words } = door
  const { quiet } = words
  const sentence = restSentence(reader.rest, door) ?? quiet.rest.none
  const body = html`<h1>${sentence}</h1>
    ${own && html`<p><a href="${own}">${quiet.own}</a></p>`}`
  showQuiet(door, { title: quiet.choices.rest, body })
}

/** Until when somebody rests; null for who does not. *Pure.* */
export function restSentence(
  rest: Rest | undefined,
  { today, words }: Pick<StopDoor, 'today' | 'words'>,
): string | null {
  if (!rest || !isRestingOn(rest, today)) return null
  const { open, until } = words.quiet.rest
  return rest.until === null ? open : until(words.day(rest.until))
}

async function comeBack(web: WebContext, { reader, base, response }: StopDoor): Promise<void> {
  await web.readers.comeBack(reader._id)
  response.redirect(303, `${base}?done=back`)
}
