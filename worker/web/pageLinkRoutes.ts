import { Router, type Request, type Response } from 'express'

import { html } from '../../src/release/escape'

import { browserOf, giveCookie } from './browserCookie'
import { actions } from './field'
import { startLogin } from './lineLogin'
import type { PageLink } from './link'
import { enterPage, isFromBefore, sendEndedPageLink, sendTaken } from './pageEntrance'
import { sendGone } from './stopDoor'
import { sendPage, type WebContext } from './webContext'
import { wordsOf } from './words/words'

type LinkRequest = Request<{ link: string }>

/**
 * /me/open/:link: the way into a reader's own page. GET shows a button and nothing of the reader:
 * previews and scanners open every link. The first press opens the page, in that browser alone.
 */
export function pageLinkRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me/open/:link', async (request: LinkRequest, response) => {
    const link = linkOf(web, request, response)
    if (!link) return
    if (await isFromBefore(web, link)) return sendEndedPageLink(response)
    const browser = browserOf(request)
    const { key } = link
    const isTaken = await web.readers.isPageLinkTaken({ key, browser: browser ?? '' })
    if (isTaken) return sendTaken(response, { isAsked: link.asked !== undefined })
    giveCookie(web, request, response)
    await sendButton(web, response, link)
  })
  router.post('/me/open/:link', async (request: LinkRequest, response) => {
    const link = linkOf(web, request, response)
    if (!link) return
    const { lineAccount } = link
    if (!lineAccount) return enterPage(web, request, { response, link })
    const account = await web.settings.lineAccount(lineAccount)
    if (!account) return sendEndedPageLink(response)
    if (!account.login) return enterPage(web, request, { response, link })
    const goal = { kind: 'page' as const, token: request.params.link, lineAccount }
    await startLogin(web, request, { response, goal })
  })
  return router
}

function linkOf(web: WebContext, request: LinkRequest, response: Response): PageLink | null {
  const link = web.links.openPageLink(request.params.link)
  if (!link) sendEndedPageLink(response)
  return link
}

async function sendButton(web: WebContext, response: Response, link: PageLink): Promise<void> {
  const reader = await web.readers.findReader(link.readerId)
  if (!reader) return sendGone(web, response, {})
  const words = wordsOf(reader.edition)
  const { title, why, byLine, open, openByLine } = words.entrance
  const account = link.lineAccount ? await web.settings.lineAccount(link.lineAccount) : null
  const town = reader.municipality
  const stop = new URL(web.links.stopUrl({ readerId: link.readerId, town })).pathname
  const body = html`<h1>${title}</h1>
    <p>${why}</p>
    ${account?.login && html`<p>${byLine}</p>`}
    <form method="post">${actions(account?.login ? openByLine : open)}</form>
    <ul class="links">
      <li><a href="${stop}">${words.quiet.title}</a></li>
    </ul>`
  const municipality = await web.settings.municipality(town)
  sendPage(response, { title, body, municipality, words })
}
