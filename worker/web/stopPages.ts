import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { localDayOf } from '../../src/stage/day'
import { dayLabel } from '../../src/stage/japaneseDate'
import type { OpenStop } from '../readers/store'

import { childLabel } from './childLabel'
import type { Page } from './page'
import type { StopDoor } from './stopDoor'
import { supportLink } from './supportPage'

/** What is to be stopped. */
export interface StopQuestion {
  kind: 'child' | 'own' | 'all'
  childId: string
}

type QuietPage = Pick<Page, 'title' | 'body'>

/** Name of the page with the choices, on it and on every link to it. */
export const STOP_OR_REST = '配信を止める・休む'

const TITLE = '配信を止める'

/** What can be stopped, for whom and for how long: no stage, no date, no picture. *Pure.* */
export function menuPage(door: StopDoor, stops: readonly OpenStop[]): QuietPage {
  const { reader, base, own } = door
  if (reader.status === 'stopped') return undoPage(door, stops)
  const body = html`<h1>${STOP_OR_REST}</h1>
    ${door.children.map((child) => childChoices(door, child))}
    <ul class="links">
      <li><a href="${base}/rest">しばらく休む</a></li>
      <li><a href="${base}/stop">ぜんぶ止める</a></li>
      ${stops.length > 0 && html`<li><a href="${base}/undo">${UNDO}</a></li>`}
      ${own && html`<li><a href="${own}">もどる</a></li>`}
    </ul>`
  return { title: STOP_OR_REST, body }
}

function childChoices({ base, children }: StopDoor, child: StopDoor['children'][number]): Html {
  const path = `${base}/children/${child._id}`
  const isShared = child.readers.length > 1
  const whose = isShared ? 'この子の分を止める(ご家族みなさんの分)' : 'この子の分を止める'
  return html`${children.length > 1 && html`<h2>${childLabel(children, child._id)}</h2>`}
    <ul class="links">
      <li><a href="${path}/stop">${whose}</a></li>
      ${isShared && html`<li><a href="${path}/leave">この子の、自分の分だけ止める</a></li>`}
    </ul>`
}

const SENTENCES: Record<StopQuestion['kind'], string> = {
  child: 'この子の配信を、ご家族みなさんの分も止めます。',
  own: 'この子の配信を、あなたの分だけ止めます。',
  all: 'あなたへの配信を、すべて止めます。',
}

/** One sentence, which child it is where there are several, and one button. *Pure.* */
export function askPage(
  { children, menu, municipality, own }: StopDoor,
  { kind, childId }: StopQuestion,
): QuietPage {
  // By a link that may be of another town than the one that is meant, its name is said.
  const from = own === null && kind === 'all' && municipality ? municipality.name : null
  const sentence = from ? `${from}からの配信を、すべて止めます。` : SENTENCES[kind]
  const which = kind !== 'all' && children.length > 1 && childLabel(children, childId)
  const body = html`<h1>${sentence}</h1>
    ${which && html`<p>${which}</p>`}
    <form method="post">
      <div class="actions">
        <button class="main">止める</button>
        <a class="button second" href="${menu}">もどる</a>
      </div>
    </form>`
  return { title: TITLE, body }
}

/** One sentence; the way back for a while, and by choice what else is there. *Pure.* */
export function stoppedPage(door: StopDoor, newest: OpenStop | null): QuietPage {
  const body = html`<h1>止めました。</h1>
    ${newest && undoForm(door, newest)} ${moreLinks(door)}`
  return { title: TITLE, body }
}

/** A child that was stopped or left, or never was this reader's: the same true sentence. *Pure.* */
export function notTheirsPage(door: StopDoor): QuietPage {
  const body = html`<h1>この子の配信は、あなたには届いていません。</h1>
    ${moreLinks(door)}`
  return { title: TITLE, body }
}

const UNDO = '止めた配信を元にもどす'

/** What can be undone, each with its button; else how to begin again, which nobody is asked to. *Pure.* */
export function undoPage(door: StopDoor, stops: readonly OpenStop[]): QuietPage {
  const { reader } = door
  const isStopped = reader.status === 'stopped'
  const heading = isStopped ? '配信は止まっています。' : UNDO
  const body = html`<h1>${heading}</h1>
    ${stops.map((stop) => undoForm(door, stop, stops.length > 1))}
    ${stops.length === 0 && startAgain(reader.municipality)} ${moreLinks(door)}`
  return { title: heading, body }
}

/** Said to whom nothing comes and nothing can be undone any more. *Pure.* */
export function startAgain(municipality: string): Html {
  return html`<p>もう一度登録できます。</p>
    <ul class="links">
      <li><a href="/r/${municipality}">登録のページ</a></li>
    </ul>`
}

/** After an undo: what comes next comes by itself. *Pure.* */
export function undonePage(door: StopDoor): QuietPage {
  const body = html`<h1>元にもどしました。</h1>
    ${moreLinks(door, { isSupportShown: false })}`
  return { title: '元にもどしました', body }
}

const STOPPED: Record<OpenStop['kind'], string> = {
  child: 'お子さんの配信',
  own: 'お子さんの、自分の分の配信',
  all: '自分へのすべての配信',
  mail: 'メールの配信',
}

/** The button that undoes a stop; `isNamed` where there are several. *Pure.* */
export function undoForm(
  { base }: Pick<StopDoor, 'base'>,
  { id, kind, at }: OpenStop,
  isNamed = false,
): Html {
  const what = isNamed ? `${dayLabel(localDayOf(at))}に止めた${STOPPED[kind]}を` : ''
  return html`<form class="undo" method="post" action="${base}/undo">
    <input type="hidden" name="stop" value="${id}" />
    <button class="second">${what}元にもどす</button>
    <p class="hint">止めてから 7 日のあいだ、もどせます。</p>
  </form>`
}

/** To the own page of whose deliveries go on, and by choice to what helps. *Pure.* */
function moreLinks(
  { reader, own }: StopDoor,
  { isSupportShown = true }: { isSupportShown?: boolean } = {},
): HtmlValue {
  const isOwnShown = own && reader.status === 'active'
  if (!isOwnShown && !isSupportShown) return null
  return html`<ul class="links">
    ${isOwnShown && html`<li><a href="${own}">登録の内容を見る</a></li>`}
    ${isSupportShown && html`<li>${supportLink(reader.municipality)}</li>`}
  </ul>`
}
