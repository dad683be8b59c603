import { html, type HtmlValue } from '../../../src/release/escape'
import { localDayOf } from '../../../src/stage/day'
import { isEverShared } from '../../readers/everShared'
import { UNDO_LIFE_MS } from '../../readers/stopNote'
import type { OpenStop } from '../../readers/store'

import { childLabel } from '../childLabel'
import { errorSummary, radios, titleWith, type Choice, type FieldErrors } from '../field'
import { maySupportCome } from '../support/supportPages'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { dateOf } from './childDate'
import { COUNTER, showDesk, type DeskRequest, type ServedDesk } from './counterDoor'
import { findStops, undoForm } from './undoAtCounter'

const ALL = 'all'

/** GET: what is stopped, in one form; quiet, because the person who asked may see the screen. */
export function askStop(desk: ServedDesk, { query }: DeskRequest): void {
  if (!hasSomethingToStop(desk)) return desk.response.redirect(303, desk.base)
  const choices = choicesOf(desk)
  const errors: FieldErrors = 'faulty' in query ? { what: CHOOSE } : {}
  const heading = '配信を止める'
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    <form method="post" novalidate>
      ${radios(
        { name: 'what', label: 'どれを止めますか', errors },
        { choices, value: choices.length === 1 ? ALL : '' },
      )}
      <p>次の配信から届きません。理由は聞きません。ほかの方には知らせません。</p>
      <div class="actions afterReading">
        <button class="main">止める</button>
        <a class="button second" href="${desk.base}">もどる</a>
      </div>
    </form>`
  showDesk(desk, { title: titleWith(errors, heading), body, isQuiet: true })
}

const CHOOSE = 'どれを止めるかを、ご本人に聞いて、1 つ選んでください。'

/** Whether anything comes to this reader: of children, or the texts that were asked for after a stop. *Pure.* */
export function hasSomethingToStop({ reader, children, today }: ServedDesk): boolean {
  return reader.status === 'active' && (children.length > 0 || maySupportCome(reader, today))
}

/** Each child, by its date where there are several; then everything of this reader. *Pure.* */
function choicesOf({ children }: ServedDesk): Choice[] {
  const isFamily = children.some(isEverShared)
  const ofChildren = children.map((child) => {
    const date = children.length > 1 ? `(${dateOf(child)})` : ''
    const label = `${childLabel(children, child._id, standard)}${date}の分`
    return { value: child._id, label: reaching(label, isEverShared(child) ? FAMILY : ONE) }
  })
  const all = reaching('この方への配信を、ぜんぶ', isFamily ? OTHERS_GO_ON : EVERYTHING)
  return [...ofChildren, { value: ALL, label: all }]
}

const FAMILY = 'この子の配信を受け取っているご家族みんなの分が止まります。'
const ONE = 'この方に届く、この子の分だけが止まります。'
const OTHERS_GO_ON = 'この方の分だけが、すべて止まります。ご家族には、そのまま届きます。'
const EVERYTHING = 'この方に届くものが、すべて止まります。'

/** A choice, and whom it reaches. *Pure.* */
function reaching(choice: string, whom: string): HtmlValue {
  return html`${choice}<br /><small>${whom}</small>`
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
  const isByStaff = true
  await (child
    ? readers.stopChild({ readerId: reader._id, childId: child._id, isByStaff })
    : readers.stopReader(reader._id, { isByStaff }))
  response.redirect(303, `${base}/stopped`)
}

/** After a stop: one sentence, how it is undone, and what to hand over. */
export async function showStopped(
  desk: ServedDesk,
  _: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { stops } = await findStops(web, desk)
  const newest = stops.find(({ isByStaff }) => isByStaff)
  // Undone since, or stopped before by somebody else: the reader's page says what is true.
  if (!newest) return desk.response.redirect(303, desk.base)
  const title = '止めました。'
  const body = html`<h1>${title}</h1>
    ${undoAside(desk, newest)}
    <ul class="links">
      <li><a href="${desk.base}/support">${standard.support.title}</a></li>
      <li><a href="${desk.base}">この方の登録にもどる</a></li>
      <li><a href="${COUNTER}">次の方をさがす</a></li>
    </ul>`
  showDesk(desk, { title, body, isQuiet: true })
}

function undoAside(desk: ServedDesk, newest: OpenStop): HtmlValue {
  const until = standard.day(localDayOf(new Date(newest.at.getTime() + UNDO_LIFE_MS)))
  return html`<p>
      ${until}まで、元にもどせます。ご本人は、ご自分のページから。この窓口では、この方の登録から。
    </p>
    ${undoForm(desk, newest, 'まちがえたので、元にもどす')}`
}
