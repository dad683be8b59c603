import { Router } from 'express'

import { html } from '../../src/release/escape'

import { actions } from './field'
import { notice, type Page } from './page'
import { activeMunicipality, sendNotFound, sendPage, type WebContext } from './webContext'

/**
 * One-click unsubscription: POST unsubscribes, whatever its body, and GET only shows a button.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8058
 */
export function unsubscribeRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/u/:token', async (request, response) => {
    const readerId = web.links.openUnsubscribe(request.params.token)
    const reader = readerId && (await web.readers.findReader(readerId))
    if (!reader) return sendNotFound(response)
    const title = 'メールの配信を止めます'
    const body = html`<h1>${title}</h1>
      <form method="post" action="?page">${actions('配信を止める')}</form>`
    const municipality = await activeMunicipality(web, reader.municipality)
    sendPage(response, { title, body, municipality })
  })
  router.post('/u/:token', async (request, response) => {
    const readerId = web.links.openUnsubscribe(request.params.token)
    const stopped = readerId && (await web.readers.unsubscribeMail(readerId))
    if (!stopped || stopped.status === 'unknown') return sendNotFound(response)
    // The button of the page, which Reload would press again; a mail program follows no redirect.
    if ('page' in request.query) return response.redirect(303, '/unsubscribed')
    sendPage(response, STOPPED)
  })
  router.get('/unsubscribed', (_, response) => sendPage(response, STOPPED))
  return router
}

const STOPPED: Page = {
  title: '配信を止めました',
  body: notice('配信を止めました', 'このページは閉じてかまいません。'),
}
