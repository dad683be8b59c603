import { Router, urlencoded, type Request, type Response } from 'express'

import { html } from '../../src/release/escape'
import type { MailStop } from '../readers/stop'
import type { OpenStop } from '../readers/store'

import { browserOf } from './browserCookie'
import { actions } from './field'
import { doorOf, sendGone, showQuiet, type StopDoor } from './stopDoor'
import { askAll, onlyYou, stoppedPage, undonePage, undoPage } from './stopPages'
import { sendNotFound, type WebContext } from './webContext'

type TokenRequest = Request<{ token: string }>

/**
 * One-click unsubscription: POST unsubscribes, whatever its body and however old the mail is, and GET
 * only shows a button, or that nothing comes any more. Whose texts come elsewhere by now is stopped
 * there. A token that we did not seal is told nothing.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8058
 */
export function unsubscribeRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/u/:token', async (request, response) => {
    const door = await openMailDoor(web, request, response)
    if (door) showQuiet(door, door.ends === 'nothing' ? await offPage(web, door) : askPage(door))
  })
  router.post('/u/:token', async (request, response) => {
    const link = web.links.openUnsubscribe(request.params.token)
    if (!link) return sendNotFound(response)
    await web.readers.unsubscribeMail(link.readerId, browserOf(request))
    // The button of the page, which Reload would press again; a mail program follows no redirect.
    if ('page' in request.query) return response.redirect(303, `${pathOf(request)}/stopped`)
    await showStopped(web, request, response)
  })
  router.get('/u/:token/stopped', (request, response) => showStopped(web, request, response))
  const form = urlencoded({ extended: false, limit: '1kb', parameterLimit: 10 })
  router.post('/u/:token/undo', form, async (request: TokenRequest, response) => {
    const door = await openMailDoor(web, request, response)
    if (!door) return
    const { stop } = (request.body ?? {}) as { stop?: unknown }
    const id = typeof stop === 'string' ? stop : ''
    const { status } = await web.readers.undoStop({ ...door.asked, id })
    response.redirect(303, status === 'changed' ? `${door.base}/undone` : door.base)
  })
  router.get('/u/:token/undone', async (request, response) => {
    const door = await openMailDoor(web, request, response)
    if (!door) return
    // Stopped once more since: what is true is said.
    if (door.ends === 'nothing') return response.redirect(303, door.base)
    showQuiet(door, undonePage(door))
  })
  return router
}

/** The way to stop of whose mail it is, and what a press would end now. */
type MailDoor = StopDoor & { ends: MailStop }

/** Opens it; or answers that there is no such page, or that nothing comes any more. */
async function openMailDoor(
  web: WebContext,
  request: TokenRequest,
  response: Response,
): Promise<MailDoor | null> {
  const link = web.links.openUnsubscribe(request.params.token)
  if (!link) {
    sendNotFound(response)
    return null
  }
  const [reader, ends] = await Promise.all([
    web.readers.findReader(link.readerId),
    web.readers.mailStopOf(link.readerId),
  ])
  if (!reader || !ends) {
    // Whoever presses has what they asked for: a mail program takes anything else for a failure.
    const status = request.method === 'POST' ? 200 : 410
    await sendGone(web, response, { ...link, status })
    return null
  }
  const door = await doorOf(web, request, { reader, link, base: pathOf(request), response })
  return { ...door, ends }
}

/** After the press, its reload and its repetition by a mail program. */
async function showStopped(
  web: WebContext,
  request: TokenRequest,
  response: Response,
): Promise<void> {
  const door = await openMailDoor(web, request, response)
  if (!door) return
  // Undone since: going back must not say that it is still stopped.
  if (door.ends !== 'nothing') return response.redirect(303, door.base)
  const { stopped, mailStopped } = door.words.quiet
  const sentence = isStopped(door) ? stopped : mailStopped
  const [newest = null] = await stopsOf(web, door)
  showQuiet(door, stoppedPage(door, newest, sentence))
}

/** One sentence that says what the press ends, and the button. *Pure.* */
function askPage(door: MailDoor) {
  const { base, children, ends, words } = door
  const { askMail, stop, title } = words.quiet
  const body = html`<h1>${ends === 'mail' ? askMail : askAll(door)}</h1>
    ${ends === 'all' && onlyYou({ children, words })}
    <form method="post" action="${base}?page">${actions(stop)}</form>`
  return { title, body }
}

/** Opened once more after it: nothing is asked. */
async function offPage(web: WebContext, door: MailDoor) {
  const { off, mailOff } = door.words.quiet
  return undoPage(door, await stopsOf(web, door), isStopped(door) ? off : mailOff)
}

/** Those of this browser that ended mail. */
async function stopsOf({ readers }: WebContext, { asked }: MailDoor): Promise<OpenStop[]> {
  const stops = await readers.openStops(asked)
  return stops.filter(({ kind }) => kind === 'mail' || kind === 'all')
}

/** Whether nothing comes on LINE either. *Pure.* */
function isStopped({ reader }: MailDoor): boolean {
  return reader.status === 'stopped'
}

function pathOf({ params }: TokenRequest): string {
  return `/u/${params.token}`
}
