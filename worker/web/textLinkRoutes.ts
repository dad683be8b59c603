import { Router, type Request, type RequestHandler, type Response } from 'express'
import { rateLimit } from 'express-rate-limit'

import { html, type Html } from '../../src/release/escape'
import { failureOf } from '../concurrency/failure'

import { browserOf } from './browserCookie'
import { sendMyPageMail } from './confirmationMail'
import { actions } from './field'
import { notice } from './page'
import { NEW_LINK, NEW_LINK_PAGE } from './pageEntrance'
import { doorOf, showQuiet, type StopDoor } from './stopDoor'
import { menuPage, stopChoices } from './stopPages'
import { sendExpired, type WebContext } from './webContext'

type LinkRequest = Request<{ link: string }>

const HOUR_MS = 3600_000
const MAX_MAILS_PER_READER = 3

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
    const { sent, aboutSent, back } = door.words.textLink
    const again = html`<a href="/text/${request.params.link}">${back}</a>`
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
  const readerId = web.links.openTextLink(request.params.link)
  const reader = readerId && (await web.readers.findReader(readerId))
  if (!reader) {
    sendExpired(response, NEW_LINK, NEW_LINK_PAGE)
    return null
  }
  const base = new URL(web.links.stopUrl(reader._id)).pathname
  return doorOf(web, request, { reader, base, response })
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
  return html`<p>${about}</p>
    <form method="post">${actions(send)}</form>`
}

async function sendLink(web: WebContext, { reader, municipality, words }: StopDoor): Promise<void> {
  const { _id: readerId, identities } = reader
  const identity = identities.find(({ channel }) => channel === 'mail')
  if (!municipality || !identity) return
  const id = `my-page-${readerId}-${web.now().getTime()}`
  const to = web.readers.openAddress(identity)
  await sendMyPageMail(web, { readerId, to, municipality, id, words })
}

/** Who holds a forwarded mail fills nobody's inbox; the answer is the same. */
function limitPerReader({ links }: WebContext): RequestHandler<{ link: string }> {
  return rateLimit({
    windowMs: HOUR_MS,
    limit: MAX_MAILS_PER_READER,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: ({ params }: Request) => links.openTextLink(String(params.link)) ?? '',
    handler: ({ params }, response) => response.redirect(303, `/text/${String(params.link)}/sent`),
  }) as RequestHandler<{ link: string }>
}
