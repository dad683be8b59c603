import { Router, type Request, type Response } from 'express'

import { html, type Html } from '../../../src/release/escape'
import type { ContactConfirmed } from '../../readers/contactChange'

import { askForWelcome } from '../completeRegistration'
import { actions } from '../field'
import { wordsAt } from '../languageCookie'
import { notice } from '../page'
import { sendPage, type WebContext } from '../webContext'
import type { Words } from '../words/standard'
import { wordsOf } from '../words/words'
import { tellOldContacts } from './contactMail'

type TokenRequest = Request<{ token: string }>

/**
 * /contact/:token: the link of a confirmation mail. GET shows a button and POST confirms, because
 * mail scanners open every link of a mail; afterwards the same address says what became of it.
 */
export function contactConfirmationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/contact/:token', async (request: TokenRequest, response) => {
    const state = await web.readers.findContactChange(request.params.token)
    if (state.status === 'gone') return sendEnded(response)
    const { readerId, municipality: code } = state
    const reader = await web.readers.findReader(readerId)
    const municipality = await web.settings.municipality(code)
    const words = wordsOf(reader?.edition)
    const { confirm } = words.contact
    const pages = {
      open: () => askPage(municipality?.senderName ?? '', words),
      used: () => said(confirm.done, confirm.doneWhy, wayIn(web, { readerId, town: code }, words)),
      taken: () => said(confirm.taken, confirm.takenWhy),
    }
    sendPage(response, { ...pages[state.status](), municipality, words })
  })
  router.post('/contact/:token', async (request: TokenRequest, response) => {
    const { token } = request.params
    const confirmed = await web.readers.confirmContact(token)
    response.redirect(303, `/contact/${token}`)
    await afterContact(web, confirmed)
  })
  return router
}

/** Tells the contact that has ended; who has moved house with it is welcomed by the new town. */
export async function afterContact(web: WebContext, confirmed: ContactConfirmed): Promise<void> {
  if (confirmed.status !== 'changed') return
  const { readerId, before, municipality: code, from } = confirmed
  if (code !== from) await askForWelcome(web, readerId)
  const municipality = await web.settings.municipality(from)
  const reader = await web.readers.findReader(readerId)
  if (!municipality) return
  await tellOldContacts(web, { readerId, before, municipality, words: wordsOf(reader?.edition) })
}

function askPage(sender: string, { contact }: Words) {
  const { title, why, button } = contact.confirm
  const body = html`<h1>${title}</h1>
    <p>${why(sender)}</p>
    <form method="post">${actions(button)}</form>`
  return { title, body }
}

function said(title: string, why: readonly string[], way?: Html) {
  return { title, body: html`${notice(title, ...why)} ${way}` }
}

/** Until the first text has come to the new mailbox, its way in and out: as under a text. *Pure.* */
function wayIn(
  { links }: WebContext,
  link: { readerId: string; town: string },
  { textLink }: Words,
): Html {
  const { pathname } = new URL(links.textUrl(link))
  return html`<ul class="links">
    <li><a href="${pathname}">${textLink.title}</a></li>
  </ul>`
}

function sendEnded(response: Response): void {
  const words = wordsAt(response)
  const title = words.door.expired
  sendPage(response, { title, body: notice(title, words.contact.confirm.ended), words }, 410)
}
