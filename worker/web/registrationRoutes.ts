import { Router, type Response } from 'express'

import { linkQuery, parseLink } from './draft'
import { noteUse } from './noteUse'
import { channelsOf, type RegistrationContext } from './registrationCheck'
import { registrationEndRoutes, showFriendPage } from './registrationEndRoutes'
import { openScreen, sendAgain, takeAnswers } from './registrationSteps'
import {
  asKept,
  firstScreen,
  goToLogin,
  openRegistration,
  type RegistrationRequest,
} from './registrationVisit'
import type { WebContext } from './webContext'

/**
 * /r/:code: the registration of one municipality. Each screen is a GET of its own with what was
 * typed so far, and a POST leads to the next one: Back, Forward and Reload ask nothing and lose
 * nothing. What is typed is checked in registrationCheck.ts; the last screen's answers go to
 * completeRegistration.ts.
 */
export function registrationRoutes(web: WebContext): Router {
  const router = Router()
  router.use(registrationEndRoutes(web))
  router.get('/r/:code', (request, response) => begin(web, request, response))
  router.get('/r/:code/:screen', (request, response) => openScreen(web, request, response))
  router.post('/r/:code/login', (request, response) => goToLogin(web, request, response))
  router.post('/r/:code/again', (request, response) => sendAgain(web, request, response))
  router.post('/r/:code', (request, response) => takeAnswers(web, request, response))
  return router
}

/** A link: on to the first screen, which has an address of its own. */
async function begin(web: WebContext, request: RegistrationRequest, response: Response) {
  const draft = parseLink(request.query)
  const visit = await openRegistration({ web, request, response }, asKept(draft))
  if (!visit) return
  await noteUse(visit, 'opened')
  const first = firstScreen(visit.context)
  if (first === 'channel' && isLineOnly(visit.context)) return showFriendPage(visit)
  response.redirect(303, `/r/${request.params.code}/${first}${linkQuery(draft)}`)
}

function isLineOnly({ municipality }: RegistrationContext): boolean {
  const channels = channelsOf(municipality)
  return channels.length === 1 && channels[0] === 'line'
}
