import { Router, type Request, type Response } from 'express'

import { html, type Html } from '../../src/release/escape'
import { failureOf } from '../concurrency/failure'

import { browserOf } from './browserCookie'
import { actions } from './field'
import { notice } from './page'
import { sendEndedPageLink } from './pageEntrance'
import { limitPageLinks, sendPageLink } from './pageLinkMail'
import { doorOf, sendGone, showQuiet, type StopDoor } from './stopDoor'
import { menuPage, stopChoices } from './stopPages'
import type { WebContext } from './webContext'

type LinkRequest = Request<{ link: string }>

/**
 * /text/:link: the link under a text that comes by mail. Mails are forwarded, so whoever holds it
 * can stop, which must never wait, and have a link to the own page sent to the reader's own address;
 * nothing of the reader is shown. Source: product.md, rule 13.
 */
export function textLinkRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/text/:link', async (request: LinkRequest, response) => {
    const door = await openDoor(web, request, response)
    if (door) await showDoor(web, request, door)
  })
  router.post('/text/:link', limitPerReader(web), async (request: LinkRequest, response) => {
    const door = await openDoor(web, request, response)
    if (!door) return
    response.redirect(303, `/text/${request.params.link}/sent`)
    await sendLink(web, door).catch((error: unknown) => {
      web.log.error(failureOf(error), 'link could not be sent')
    })
  })
  router.get('/text/:link/sent', async (request: LinkRequest, response) => {
    const door = await openDoor(web, request, response)
    if (!door) return
    const { textLink, form } = door.words
    const { sent, aboutSent } = textLink
    const again = html`<a href="/text/${request.params.link}">${form.back}</a>`
    showQuiet(door, { title: sent, body: notice(sent, ...aboutSent, again) })
  })
  return router
}

/** What the holder of the link may do; or answers that it has ended. */
async function openDoor(
  web: WebContext,
  request: LinkRequest,
  response: Response,
): Promise<StopDoor | null> {
  const link = web.links.openTextLink(request.params.link)
  const reader = link && (await web.readers.findReader(link.readerId))
  if (!reader) {
    if (link) await sendGone(web, response, link)
    else sendEndedPageLink(response)
    return null
  }
  const base = new URL(web.links.stopUrl(link)).pathname
  return doorOf(web, request, { reader, link, base, response })
}

async function showDoor(web: WebContext, request: LinkRequest, door: StopDoor): Promise<void> {
  const { reader, words } = door
  // Who has stopped everything is shown how to undo it, and asked nothing.
  if (reader.status === 'stopped') {
    return showQuiet(door, menuPage(door, await web.readers.openStops(door.asked)))
  }
  const browser = browserOf(request)
  const visit = browser && (await web.readers.openVisitOf({ readerId: reader._id, browser }))
  const { title } = words.textLink
  const body = html`<h1>${title}</h1>
    ${visit ? toOwnPage(door, visit) : askForLink(door)}
    <h2>${words.quiet.title}</h2>
    ${stopChoices(door)}`
  showQuiet(door, { title, body })
}

/** In the browser that has the page open nobody waits for a mail. */
function toOwnPage({ words }: StopDoor, visit: string): Html {
  return html`<div class="actions">
    <a class="button main" href="/me/${visit}">${words.textLink.open}</a>
  </div>`
}

function askForLink({ words }: StopDoor): Html {
  const { about, send } = words.textLink
  return html`${about.map((sentence) => html`<p>${sentence}</p>`)}
    <form method="post">${actions(send)}</form>`
}

async function sendLink(web: WebContext, { reader }: StopDoor): Promise<void> {
  const identity = reader.identities.find(({ channel }) => channel === 'mail')
  if (identity) await sendPageLink(web, reader, web.readers.openAddress(identity))
}

/** Whoever holds a forwarded mail is limited by whose it is. */
function limitPerReader({ links }: WebContext) {
  const linkOf = ({ params }: Request) => String(params.link)
  return limitPageLinks({
    keyOf: (request) => links.openTextLink(linkOf(request))?.readerId ?? '',
    placeOf: (request) => `/text/${linkOf(request)}/sent`,
  })
}
