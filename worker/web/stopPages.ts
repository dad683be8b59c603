import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { localDayOf } from '../../src/stage/day'
import { isEverShared } from '../readers/everShared'
import type { OpenStop } from '../readers/store'

import { childLabel } from './childLabel'
import type { Page } from './page'
import { restSentence } from './restRoutes'
import type { StopDoor } from './stopDoor'
import { endSupportForm, maySupportCome, supportLink } from './support/supportPages'
import type { Words } from './words/standard'

/** What is to be stopped. */
export interface StopQuestion {
  kind: 'child' | 'own' | 'all'
  childId: string
}

type QuietPage = Pick<Page, 'title' | 'body'>

/** What can be stopped, for whom and for how long: no stage, no date, no picture. *Pure.* */
export function menuPage(door: StopDoor, stops: readonly OpenStop[]): QuietPage {
  const { reader, base, own, words } = door
  if (reader.status === 'stopped') return undoPage(door, stops)
  const { title, nothing, undoList } = words.quiet
  const isSomething = door.children.length > 0 || maySupportCome(reader, door.today)
  const body = html`<h1>${isSomething ? title : nothing}</h1>
    ${isSomething && stopChoices(door)}
    ${
      (stops.length > 0 || own) &&
      html`<ul class="links">
        ${stops.length > 0 && html`<li><a href="${base}/undo">${undoList}</a></li>`}
        ${own && html`<li><a href="${own}">${words.form.back}</a></li>`}
      </ul>`
    }`
  return { title, body }
}

/** What can be stopped, each with its link; who rests is told until when. *Pure.* */
export function stopChoices(door: StopDoor): Html {
  const { base, reader, words } = door
  const { choices } = words.quiet
  const rest = restSentence(reader.rest, door)
  return html`${rest && html`<p class="said">${rest}</p>`}
    ${door.children.map((child) => childChoices(door, child))}
    <ul class="links">
      <li><a href="${base}/rest">${choices.rest}</a></li>
      <li><a href="${base}/stop">${choices.all}</a></li>
    </ul>
    ${endSupportForm(door)}`
}

function childChoices(door: StopDoor, child: StopDoor['children'][number]): Html {
  const { base, children, words } = door
  const { choices } = words.quiet
  const path = `${base}/children/${child._id}`
  const isShared = isEverShared(child)
  const label = childLabel(children, child._id, words)
  return html`${children.length > 1 && html`<h2>${label}</h2>`}
    <ul class="links">
      <li><a href="${path}/stop">${isShared ? choices.family : choices.child}</a></li>
      ${isShared && html`<li><a href="${path}/leave">${choices.own}</a></li>`}
    </ul>`
}

/** One sentence, which child it is where there are several, and one button. *Pure.* */
export function askPage(door: StopDoor, { kind, childId }: StopQuestion): QuietPage {
  const { children, menu, own, words } = door
  const { quiet, form } = words
  const child = children.find(({ _id }) => _id === childId)
  const isForFamily = kind === 'child' && child !== undefined && isEverShared(child)
  const asked = quiet.ask[isForFamily ? 'family' : kind]
  const sentence = own === null && kind === 'all' ? askAll(door) : asked
  const which = kind !== 'all' && children.length > 1 && childLabel(children, childId, words)
  const body = html`<h1>${sentence}</h1>
    ${which && html`<p>${which}</p>`} ${kind === 'all' && onlyYou({ children, words })}
    <form method="post">
      <div class="actions">
        <button class="main">${quiet.stop}</button>
        <a class="button second" href="${menu}">${form.back}</a>
      </div>
    </form>`
  return { title: quiet.title, body }
}

/**
 * What ends by a link that stops all. It may be of another town than the one that is meant, so that
 * its name is said; of who has moved since, the texts that end are no more its own. *Pure.*
 */
export function askAll({ reader, town, municipality, words }: StopDoor): string {
  const { askTown, ask } = words.quiet
  return municipality && town === reader.municipality ? askTown(municipality.name) : ask.all
}

/** That the family goes on getting texts, where a child is shared. *Pure.* */
export function onlyYou({ children, words }: Pick<StopDoor, 'children' | 'words'>): HtmlValue {
  return children.some(isEverShared) && html`<p>${words.quiet.onlyYou}</p>`
}

/** One sentence; the way back for a while, and by choice what else is there. *Pure.* */
export function stoppedPage(
  door: StopDoor,
  newest: OpenStop | null,
  sentence = door.words.quiet.stopped,
): QuietPage {
  const { quiet } = door.words
  const body = html`<h1>${sentence}</h1>
    ${newest && undoForm(door, newest)} ${moreLinks(door)}`
  return { title: quiet.title, body }
}

/** A child that was stopped or left, or never was this reader's: the same true sentence. *Pure.* */
export function notTheirsPage(door: StopDoor): QuietPage {
  const { quiet } = door.words
  const body = html`<h1>${quiet.notTheirs}</h1>
    ${moreLinks(door)}`
  return { title: quiet.title, body }
}

/** What can be undone, each with its button; else how to begin again, which nobody is asked to. *Pure.* */
export function undoPage(
  door: StopDoor,
  stops: readonly OpenStop[],
  heading = door.words.quiet[door.reader.status === 'stopped' ? 'off' : 'undoList'],
): QuietPage {
  const { town, words } = door
  const body = html`<h1>${heading}</h1>
    ${stops.map((stop) => undoForm(door, stop, stops.length > 1))} ${moreLinks(door)}
    ${stops.length === 0 && startAgain(town, words)}`
  return { title: heading, body }
}

/** Said to whom nothing comes and nothing can be undone any more. *Pure.* */
export function startAgain(town: string | null, { quiet }: Words): Html {
  return html`<p>${quiet.again}</p>
    <ul class="links">
      <li><a href="${town === null ? '/r' : `/r/${town}`}">${quiet.register}</a></li>
    </ul>`
}

/** After an undo: what comes next comes by itself. *Pure.* */
export function undonePage(door: StopDoor): QuietPage {
  const { undone, title } = door.words.quiet
  const body = html`<h1>${undone}</h1>
    ${moreLinks(door, { isSupportShown: false })}
    <ul class="links">
      <li><a href="${door.menu}">${title}</a></li>
    </ul>`
  return { title: undone, body }
}

/** The button that undoes a stop; `isNamed` where there are several. *Pure.* */
export function undoForm(
  { base, words }: Pick<StopDoor, 'base' | 'words'>,
  { id, kind, at }: OpenStop,
  isNamed = false,
): Html {
  const { quiet, day } = words
  const label = isNamed ? quiet.undoOf(day(localDayOf(at)), quiet.stops[kind]) : quiet.undo
  return html`<form class="undo" method="post" action="${base}/undo">
    <input type="hidden" name="stop" value="${id}" />
    <button class="second soft">${label}</button>
    <p class="hint">${quiet.undoHint}</p>
  </form>`
}

/** To the own page of whose deliveries go on, and by choice to what helps. *Pure.* */
function moreLinks(
  door: StopDoor,
  { isSupportShown = true }: { isSupportShown?: boolean } = {},
): HtmlValue {
  const { reader, own, words } = door
  const isOwnShown = own && reader.status === 'active'
  const support = isSupportShown && supportLink(door)
  if (!isOwnShown && !support) return null
  return html`<ul class="links">
    ${isOwnShown && html`<li><a href="${own}">${words.quiet.own}</a></li>`}
    ${support && html`<li>${support}</li>`}
  </ul>`
}
