import { Router, urlencoded, type Request } from 'express'

import { html, type HtmlValue } from '../../src/release/escape'

import { browserOf, giveCookie } from './browserCookie'
import { actions } from './field'
import { showQuiet } from './stopDoor'
import { undoForm } from './stopPages'
import { sendNotFound, type WebContext } from './webContext'
import { standard, type Words } from './words/standard'
import { wordsOf } from './words/words'

/**
 * One-click unsubscription: POST unsubscribes, whatever its body and however old the mail is, and GET
 * only shows a button. Whose texts come elsewhere by now is stopped there.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8058
 */
export function unsubscribeRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/u/:token', async (request, response) => {
    const readerId = web.links.openUnsubscribe(request.params.token)
    const reader = readerId && (await web.readers.findReader(readerId))
    if (!reader) return sendNotFound(response)
    giveCookie(web, request, response)
    const words = wordsOf(reader.edition)
    const { ask, askTown, stop, title } = words.quiet
    const town = await web.settings.municipality(reader.municipality)
    const body = html`<h1>${town ? askTown(town.name) : ask.all}</h1>
      <form method="post" action="/u/${request.params.token}?page">${actions(stop)}</form>`
    showQuiet({ response, words }, { title, body })
  })
  router.post('/u/:token', async (request, response) => {
    const readerId = web.links.openUnsubscribe(request.params.token)
    const stopped = readerId && (await web.readers.unsubscribeMail(readerId, browserOf(request)))
    if (!stopped || stopped.status === 'unknown') return sendNotFound(response)
    // The button of the page, which Reload would press again; a mail program follows no redirect.
    const base = `/u/${request.params.token}`
    if ('page' in request.query) return response.redirect(303, `${base}/stopped`)
    showQuiet({ response, words: standard }, sentencePage('stopped', standard))
  })
  router.get('/u/:token/stopped', async (request, response) => {
    const asked = askedBy(web, request)
    if (!asked) return sendNotFound(response)
    const words = await wordsFor(web, asked)
    const stops = await web.readers.openStops(asked)
    const mine = stops.find(({ kind }) => kind === 'mail' || kind === 'all')
    const base = `/u/${request.params.token}`
    const undo = mine && undoForm({ base, words }, mine)
    showQuiet({ response, words }, sentencePage('stopped', words, undo))
  })
  const form = urlencoded({ extended: false, limit: '1kb', parameterLimit: 10 })
  router.post('/u/:token/undo', form, async (request, response) => {
    const asked = askedBy(web, request)
    if (!asked) return sendNotFound(response)
    const { stop } = (request.body ?? {}) as { stop?: unknown }
    const id = typeof stop === 'string' ? stop : ''
    const { status } = await web.readers.undoStop({ ...asked, id })
    const base = `/u/${request.params.token}`
    response.redirect(303, status === 'changed' ? `${base}/undone` : base)
  })
  router.get('/u/:token/undone', async (request, response) => {
    const asked = askedBy(web, request)
    if (!asked) return sendNotFound(response)
    const words = await wordsFor(web, asked)
    showQuiet({ response, words }, sentencePage('undone', words))
  })
  return router
}

/** Whose mail it is, in the browser that asks: it undoes what it has stopped, and nothing else. */
function askedBy({ links }: WebContext, request: Request<{ token: string }>) {
  const readerId = links.openUnsubscribe(request.params.token)
  return readerId === null ? null : { readerId, browser: browserOf(request) }
}

async function wordsFor({ readers }: WebContext, { readerId }: { readerId: string }) {
  return wordsOf((await readers.findReader(readerId))?.edition)
}

/** One sentence, and perhaps the way back. *Pure.* */
function sentencePage(said: 'stopped' | 'undone', { quiet }: Words, undo?: HtmlValue) {
  const body = html`<h1>${quiet[said]}</h1>
    ${undo}`
  return { title: quiet.title, body }
}
