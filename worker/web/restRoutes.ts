import { Router, type RequestHandler } from 'express'

import { html, type Html } from '../../src/release/escape'
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
  router.post(`${base}/back`, opened(comeBack))
  return router
}

function ask(_: WebContext, door: StopDoor, request: Parameters<Answer>[2]): void {
  const { base, menu, own, reader, today, response } = door
  if (reader.status === 'stopped') return response.redirect(303, menu)
  // By a link a rest that is on is not changed: it may be of whoever it came from.
  if (!own && isRestingOn(reader.rest, today)) return response.redirect(303, `${base}/resting`)
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
  await web.readers.rest({ ...door.asked, until })
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

async function showResting({ readers }: WebContext, door: StopDoor): Promise<void> {
  const { asked, menu, reader, own, words } = door
  const { quiet } = words
  const sentence = restSentence(reader.rest, door)
  const isMine = own !== null || (await readers.isOwnRest(byLink(asked)))
  const body = html`<h1>${sentence ?? quiet.rest.none}</h1>
    ${sentence !== null && (isMine ? comeBackForm(door) : html`<p>${quiet.rest.byOwnPage}</p>`)}
    <ul class="links">
      <li><a href="${own ?? menu}">${own ? quiet.own : quiet.title}</a></li>
    </ul>`
  showQuiet(door, { title: quiet.choices.rest, body })
}

/** The button that ends a rest at once. *Pure.* */
export function comeBackForm({ base, words }: Pick<StopDoor, 'base' | 'words'>): Html {
  return html`<form class="undo" method="post" action="${base}/back">
    <button class="second soft">${words.quiet.rest.comeBack}</button>
  </form>`
}

/** Without a browser that is known, whoever asks is nobody. *Pure.* */
function byLink({ readerId, browser = null }: StopDoor['asked']) {
  return { readerId, browser }
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

/** From the own page at once; by a link what this browser began by it, and nobody else's rest. */
async function comeBack({ readers }: WebContext, door: StopDoor): Promise<void> {
  const { asked, base, own, response } = door
  if (own) await readers.comeBack(asked.readerId)
  else await readers.takeBackRest(byLink(asked))
  response.redirect(303, own ? `${base}?done=back` : `${base}/resting`)
}
