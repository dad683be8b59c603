import { Router, type Response } from 'express'

import { html } from '../../src/release/escape'
import { CONFIRMATION_LIFE_MS } from '../readers/confirmation'

import { giveCookie } from './browserCookie'
import { confirmRegistration, type ConfirmationOutcome } from './completeRegistration'
import { actions } from './field'
import { keepTyped } from './formMemory'
import type { AskedChild, PageLink } from './link'
import type { RegisteredFamily } from './outlook'
import { notice } from './page'
import { enterPage } from './pageEntrance'
import { wordsAt } from './languageCookie'
import { anyMunicipality, sendExpired, sendPage, type WebContext } from './webContext'
import { standard } from './words/standard'
import { isLanguage, wordsOf } from './words/words'

type Ended = Exclude<ConfirmationOutcome, { status: 'asked' }>

/** `doneId`: what the page of this browser knows the registration by. */
function placeAfter(
  outcome: Ended,
  { token, doneId, lang }: { token: string; doneId: string; lang: string },
): string {
  switch (outcome.status) {
    case 'confirmed':
      return `/r/${outcome.municipality}/done?d=${doneId}`
    case 'known':
      return `/r/${outcome.municipality}/known${lang && `?lang=${lang}`}`
    case 'used':
      return `/confirm/${token}`
    default:
      return '/confirm/ended' // no token; a shared child that is gone reads like any ended link
  }
}

/** GET shows a button and POST confirms, because mail scanners open every link of a mail. */
export function confirmationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/confirm/:token', async (request, response) => {
    const state = await web.readers.findConfirmation(request.params.token)
    if (state.status === 'gone') return sendExpired(response, wordsAt(response).confirm.again)
    giveCookie(web, request, response)
    return state.status === 'used'
      ? sendUsed(web, response, state.municipality)
      : sendAsk(web, response, state)
  })
  router.post('/confirm/:token', async (request, response) => {
    const { token } = request.params
    const before = await web.readers.findConfirmation(token)
    const edition = before.status === 'open' ? before.edition : ''
    const lang = isLanguage(edition) && wordsOf(edition) !== standard ? edition : ''
    const outcome = await confirmRegistration(web, token)
    if (outcome.status === 'asked') {
      const link = questionLink(web, { token, asked: outcome.asked })
      return enterPage(web, request, { response, link })
    }
    const isNew = outcome.status === 'confirmed'
    const doneId = isNew ? await keepTyped(web, request, asTyped(outcome.registered)) : ''
    response.redirect(303, placeAfter(outcome, { token, doneId, lang }))
  })
  return router
}

/** Kept as what is typed is; {@link registeredIn} reads it. *Pure.* */
function asTyped({ readerId, children, wasRefused }: RegisteredFamily): Record<string, string> {
  return { readerId, children: children.join(' '), refused: wasRefused ? 'yes' : '' }
}

/** What the page that says it worked knows of a registration, or null. *Pure.* */
export function registeredIn(typed: Record<string, string> | null): RegisteredFamily | null {
  const { readerId, children, refused } = typed ?? {}
  if (!readerId || !children) return null
  return { readerId, children: children.split(' '), wasRefused: refused === 'yes' }
}

/** The mail's own link is used up by the browser that confirms; nobody else gets to the question. */
function questionLink(
  { now }: WebContext,
  { token, asked: { readerId, ...asked } }: { token: string; asked: AskedChild },
): PageLink {
  const madeAt = now().getTime()
  const expiresAt = new Date(madeAt + CONFIRMATION_LIFE_MS)
  return { readerId, key: `confirm:${token}`, asked, madeAt, expiresAt }
}

async function sendAsk(
  web: WebContext,
  response: Response,
  { municipality: code, edition }: { municipality: string; edition: string },
): Promise<void> {
  const words = wordsOf(edition)
  const { title, why, button } = words.confirm
  const body = html`<h1>${title}</h1>
    <p>${why}</p>
    <form method="post">${actions(button)}</form>`
  const municipality = await anyMunicipality(web, code)
  sendPage(response, { title, body, municipality, words })
}

/** What it was is forgotten, its language too. */
async function sendUsed(web: WebContext, response: Response, code: string): Promise<void> {
  const { used: title, usedWhy } = wordsAt(response).confirm
  const municipality = await anyMunicipality(web, code)
  sendPage(response, { title, body: notice(title, usedWhy), municipality })
}
