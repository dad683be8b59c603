import { html, type Html } from '../../../src/release/escape'
import { japaneseMoment } from '../../../src/stage/japaneseDate'
import { isEverShared } from '../../readers/everShared'
import type { Child } from '../../readers/reader'
import type { OpenStop } from '../../readers/store'

import type { WebContext } from '../webContext'
import { COUNTER, showDesk, type DeskRequest, type ServedDesk } from './counterDoor'
import { dateOf } from './childDate'

/** What a reader has stopped, or staff for them, and may still undo; with all children it could be of. */
export interface FoundStops {
  stops: readonly OpenStop[]
  every: readonly Child[]
}

/** The stops of the reader who is there; of what others of the family have stopped nothing is known. */
export async function findStops(
  { readers }: Pick<WebContext, 'readers'>,
  { reader }: Pick<ServedDesk, 'reader'>,
): Promise<FoundStops> {
  const stops = await readers.openStops({ readerId: reader._id })
  return { stops, every: stops.length > 0 ? await readers.everyChildOf(reader._id) : [] }
}

/** On the reader's page: what was stopped, and the way to undo it; nothing without. *Pure.* */
export function stoppedSection({ base }: Pick<ServedDesk, 'base'>, found: FoundStops): Html | null {
  if (found.stops.length === 0) return null
  return html`<section class="card">
    <h2>7 日以内に止めたもの</h2>
    ${found.stops.map((stop) => stopFacts(stop, found.every))}
    <ul class="links">
      <li><a href="${base}/undo">まちがえたので、元にもどす</a></li>
    </ul>
  </section>`
}

/** GET: each stop with its button, on a page of its own, so that nothing begins again by a slip. */
export async function askUndo(desk: ServedDesk, _: DeskRequest, web: WebContext): Promise<void> {
  const { stops, every } = await findStops(web, desk)
  const title = stops.length > 0 ? '元にもどす' : 'ここで元にもどせるものはありません。'
  const body = html`<h1>${title}</h1>
    ${stops.length > 0 && html`<p>ご本人の希望を確かめてから、もどしてください。</p>`}
    ${stops.map((stop) => html`${stopFacts(stop, every)} ${undoForm(desk, stop, '元にもどす')}`)}
    <ul class="links">
      <li><a href="${desk.base}">この方の登録にもどる</a></li>
      <li><a href="${COUNTER}">次の方をさがす</a></li>
    </ul>`
  showDesk(desk, { title, body, isQuiet: true })
}

/** When, what and by whom. */
function stopFacts(stop: OpenStop, every: readonly Child[]): Html {
  const by = stop.isByStaff ? '職員' : 'ご本人'
  return html`<p>${japaneseMoment(stop.at)}<br />${whatOf(stop, every)}(${by}が止めました)</p>`
}

/** What a stop ended; the child by its date where there are several. *Pure.* */
function whatOf({ kind, children }: OpenStop, every: readonly Child[]): string {
  if (kind === 'all') return 'この方への配信ぜんぶ'
  if (kind === 'mail') return 'メールの配信'
  const child = every.find(({ _id }) => children.includes(_id))
  const which = child && every.length > 1 ? `お子さん(${dateOf(child)})` : 'お子さん'
  if (kind === 'own') return `${which}の、この方の分だけ`
  return `${which}の分${child && isEverShared(child) ? '。いっしょに受け取るご家族の分も' : ''}`
}

/** The button that undoes one stop. *Pure.* */
export function undoForm(
  { base }: Pick<ServedDesk, 'base'>,
  { id }: Pick<OpenStop, 'id'>,
  label: string,
): Html {
  return html`<form class="undo" method="post" action="${base}/undo">
    <input type="hidden" name="stop" value="${id}" />
    <button class="second">${label}</button>
  </form>`
}

/** POST: undoes one of the reader's stops; nothing that went by meanwhile is caught up. */
export async function undoAtCounter(
  desk: ServedDesk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { reader, visit, base, response } = desk
  const { readers } = web
  const { stop } = (request.body ?? {}) as { stop?: unknown }
  const found = await findStops(web, desk)
  const open = found.stops.find(({ id }) => id === stop)
  if (!open) return response.redirect(303, `${base}/undo`)
  await readers.counter.note(visit, { act: 'undo', reader: reader._id })
  const { status } = await readers.undoStop({ readerId: reader._id, id: open.id })
  response.redirect(303, status === 'changed' ? `${base}?done=undone` : `${base}/undo`)
}
