import { Router, type RequestHandler } from 'express'

import { html } from '../../src/release/escape'
import { addDays, daysBetween, isLocalDay, type LocalDay } from '../../src/stage/day'
import { dayLabel } from '../../src/stage/japaneseDate'
import { isRestingOn, type Rest } from '../../src/plan/rest'

import { errorSummary, radios, titleWith, type FieldErrors } from './field'
import type { Page } from './page'
import { showQuiet, type StopDoor } from './stopDoor'
import type { Answer } from './stopRoutes'
import type { WebContext } from './webContext'

/** A longer rest is one until the reader comes back (days). */
const LONGEST_REST = 366

/** Lengths of a rest to choose from (days), by what the form sends. */
const LENGTHS: Readonly<Record<string, number>> = { week: 7, month: 30, season: 90 }

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
  const errors: FieldErrors = 'faulty' in request.query ? { day: WHICH_DAY } : {}
  showQuiet(door, restPage(door, errors))
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
  const days = Object.hasOwn(LENGTHS, length) ? LENGTHS[length] : undefined
  if (days !== undefined) return addDays(today, days)
  if (length !== 'day' || typeof day !== 'string' || !isLocalDay(day)) return undefined
  const away = daysBetween(today, day)
  return away > 0 && away <= LONGEST_REST ? day : undefined
}

const WHICH_DAY = '明日から 1 年以内の日を入れてください。'

function restPage(door: StopDoor, errors: FieldErrors): Pick<Page, 'title' | 'body'> {
  const heading = 'しばらく休む'
  const choices = [
    ...Object.entries({ week: '1 週間', month: '30 日', season: '90 日' }).map(
      ([value, label]) => ({
        value,
        label: `${label}(${dayLabel(addDays(door.today, LENGTHS[value] ?? 0))}から、また届く)`,
      }),
    ),
    { value: 'back', label: '自分で再開するまで' },
    { value: 'day', label: '日を決める' },
  ]
  const value = errors.day ? 'day' : 'month'
  const first = addDays(door.today, 1)
  const last = addDays(door.today, LONGEST_REST)
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    <p>休むあいだの文は、あとから届くことはありません。</p>
    <form method="post" action="${door.base}/rest" novalidate>
      ${radios({ name: 'length', label: 'いつまで休みますか', errors: {} }, { choices, value })}
      <div class="field">
        <label for="day">日を決めるとき: また届きはじめる日</label>
        ${errors.day && html`<p class="error" id="day-error">${errors.day}</p>`}
        <input
          type="date"
          id="day"
          name="day"
          min="${first}"
          max="${last}"
          ${errors.day && html`aria-invalid="true" aria-describedby="day-error"`}
        />
      </div>
      <div class="actions">
        <button class="main">休む</button>
        <a class="button second" href="${door.menu}">もどる</a>
      </div>
    </form>`
  return { title: titleWith(errors, heading), body }
}

function showResting(_: WebContext, door: StopDoor): void {
  const { reader, own, today } = door
  const sentence = restSentence(reader.rest, today) ?? 'いまは休んでいません。'
  const body = html`<h1>${sentence}</h1>
    ${own && html`<p><a href="${own}">登録の内容を見る</a></p>`}`
  showQuiet(door, { title: 'しばらく休む', body })
}

/** Until when somebody rests; null for who does not. *Pure.* */
export function restSentence(rest: Rest | undefined, today: LocalDay): string | null {
  if (!rest || !isRestingOn(rest, today)) return null
  return rest.until === null
    ? '休んでいます。再開するまで、何も届きません。'
    : `休んでいます。${dayLabel(rest.until)}から、また届きます。`
}

async function comeBack(web: WebContext, { reader, base, response }: StopDoor): Promise<void> {
  await web.readers.comeBack(reader._id)
  response.redirect(303, `${base}?done=back`)
}
