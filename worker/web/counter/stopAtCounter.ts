import { html, type Html } from '../../../src/release/escape'
import { localDayOf } from '../../../src/stage/day'
import { isEverShared } from '../../readers/everShared'
import type { Child } from '../../readers/reader'
import { UNDO_LIFE_MS } from '../../readers/stopNote'
import type { OpenStop } from '../../readers/store'

import { childLabel } from '../childLabel'
import { errorSummary, radios, titleWith, type Choice, type FieldErrors } from '../field'
import { supportLink } from '../support/supportPages'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { COUNTER, showDesk, type DeskRequest, type ServedDesk } from './counterDoor'
import { dateOf } from './readerPage'

const ALL = 'all'

/** GET: what is stopped, in one form; quiet, because the person who asked may see the screen. */
export function askStop(desk: ServedDesk, { query }: DeskRequest): void {
  const { children, reader, base } = desk
  if (reader.status === 'stopped' || children.length === 0) {
    return desk.response.redirect(303, `${base}/stopped`)
  }
  const errors: FieldErrors = 'faulty' in query ? { what: '止めるものを選んでください。' } : {}
  const heading = '配信を止める'
  const [only, ...others] = children
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    <form method="post" novalidate>
      ${radios(
        { name: 'what', label: 'どれを止めますか', errors },
        { choices: choicesOf(children), value: others.length === 0 ? (only?._id ?? '') : '' },
      )}
      <p>次の配信から届きません。理由は聞きません。ほかの方には知らせません。</p>
      <div class="actions afterReading">
        <button class="main">止める</button>
        <a class="button second" href="${base}">もどる</a>
      </div>
    </form>`
  showDesk(desk, { title: titleWith(errors, heading), body, isQuiet: true })
}

/** Each child, by its date where there are several; then everything of this reader. *Pure.* */
function choicesOf(children: readonly Child[]): Choice[] {
  const ofChildren = children.map((child) => ({
    value: child._id,
    label: [
      childLabel(children, child._id, standard),
      children.length > 1 ? `(${dateOf(child)})` : '',
      'の分',
      isEverShared(child) ? '(いっしょに受け取るご家族の分も)' : '',
    ].join(''),
  }))
  return [...ofChildren, { value: ALL, label: 'この方への配信を、ぜんぶ' }]
}

/** POST: written down first, then stopped before the next send; pressed twice it is stopped once. */
export async function stopForReader(
  desk: ServedDesk,
  request: DeskRequest,
  { readers }: WebContext,
): Promise<void> {
  const { reader, visit, base, response } = desk
  const { what: given } = (request.body ?? {}) as { what?: unknown }
  const what = typeof given === 'string' ? given : ''
  const every = await readers.everyChildOf(reader._id)
  const child = every.find(({ _id }) => _id === what)
  if (what !== ALL && !child) return response.redirect(303, `${base}/stop?faulty`)
  const of = { reader: reader._id, ...(child && { child: child._id }) }
  await readers.counter.note(visit, { act: 'stop', ...of, detail: child ? 'child' : ALL })
  // The visit stands for the browser: what was stopped here by mistake is undone here.
  const browser = visit._id
  await (child
    ? readers.stopChild({ readerId: reader._id, childId: child._id, browser })
    : readers.stopReader(reader._id, browser))
  response.redirect(303, `${base}/stopped`)
}

/** After a stop: one sentence, how the reader undoes it, and what to hand over. */
export async function showStopped(
  desk: ServedDesk,
  _: DeskRequest,
  { readers }: WebContext,
): Promise<void> {
  const { reader, visit, base } = desk
  const [newest] = await readers.openStops({ readerId: reader._id, browser: visit._id })
  const title = newest ? '止めました。' : 'ここで元にもどせるものはありません。'
  const body = html`<h1>${title}</h1>
    ${newest && undoAside(desk, newest)}
    <ul class="links">
      <li>${supportLink({ own: null, reader, words: standard })}</li>
      <li><a href="${base}">この方の登録にもどる</a></li>
      <li><a href="${COUNTER}">次の方をさがす</a></li>
    </ul>`
  showDesk(desk, { title, body, isQuiet: true })
}

function undoAside({ base }: ServedDesk, { id, at }: OpenStop): Html {
  const until = standard.day(localDayOf(new Date(at.getTime() + UNDO_LIFE_MS)))
  return html`<p>ご本人は、${until}まで、ご自分のページから元にもどせます。</p>
    <form class="undo" method="post" action="${base}/undo">
      <input type="hidden" name="stop" value="${id}" />
      <button class="second">まちがえたので、元にもどす</button>
    </form>`
}

/** POST: undoes what was stopped at this counter; nothing that went by meanwhile is caught up. */
export async function undoAtCounter(
  desk: ServedDesk,
  request: DeskRequest,
  { readers }: WebContext,
): Promise<void> {
  const { reader, visit, base, response } = desk
  const { stop } = (request.body ?? {}) as { stop?: unknown }
  const id = typeof stop === 'string' ? stop : ''
  const asked = { readerId: reader._id, browser: visit._id }
  const isOpen = (await readers.openStops(asked)).some((one) => one.id === id)
  if (!isOpen) return response.redirect(303, `${base}/stopped`)
  await readers.counter.note(visit, { act: 'undo', reader: reader._id })
  const { status } = await readers.undoStop({ ...asked, id })
  response.redirect(303, status === 'changed' ? `${base}?done=undone` : `${base}/stopped`)
}
