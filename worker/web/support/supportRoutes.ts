import { Router, type Request, type RequestHandler } from 'express'

import { html } from '../../../src/release/escape'
import { supportDaysOf } from '../../../src/plan/supportPage'
import { preferencesOf } from '../../../src/plan/wishes'

import { openVisit } from '../myPageVisit'
import { openStopDoor, showQuiet, type StopDoor } from '../stopDoor'
import type { Answer } from '../stopRoutes'
import { anyMunicipality, sendNotFound, todayOf, type WebContext } from '../webContext'
import { codeOf } from '../words/words'
import { pastSupport, showPastSupport } from './pastSupport'
import { programInputOf, supportWords } from './supportContent'
import {
  askSupportPage,
  nextSupportDay,
  pastSupportLink,
  supportElsewhere,
  supportEndedPage,
  supportOffer,
  supportPage,
} from './supportPages'
import { wordsFor } from '../languageCookie'

/**
 * 手続きや相談先: `/support/:code` for everybody who opens it, and on the own page, where alone support
 * texts are asked for: a forwarded link stops, and no more.
 */
export function supportRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/support/:code', async (request, response) => {
    const { code } = request.params
    const town = await anyMunicipality(web, code)
    if (!town) return sendNotFound(response)
    const words = wordsFor(response, request.query.lang)
    const input = await programInputOf(web, town)
    const preferences = { edition: codeOf(words), area: null }
    const said = supportWords(web, input, preferences)
    const hasTexts = town.isActive && supportDaysOf(input, preferences).length > 0
    const more = hasTexts ? supportElsewhere(code, words) : null
    showQuiet({ response, words, municipality: town }, supportPage({ town, said, words }, more))
  })
  router.get('/me/:visit/support', async (request: VisitRequest, response) => {
    const door = await openStopDoor(web, request, response)
    if (door) await showOwn(web, door)
  })
  router.get('/me/:visit/support/texts', (request, response) =>
    showPastSupport(web, request, response),
  )
  router.get('/me/:visit/support/ask', async (request: VisitRequest, response) => {
    const visit = await openVisit(web, request, response)
    if (!visit) return
    const { reader, base, words } = visit
    const state = await supportStateOf(web, visit)
    const first = state && nextSupportDay(state)
    if (!first || reader.support) return response.redirect(303, `${base}/support`)
    showQuiet(visit, askSupportPage(base, first, words))
  })
  router.post('/me/:visit/support/ask', async (request: VisitRequest, response) => {
    const visit = await openVisit(web, request, response)
    if (!visit) return
    if (await supportStateOf(web, visit)) await web.readers.askSupport(visit.reader._id)
    response.redirect(303, `${visit.base}/support`)
  })
  return router
}

type VisitRequest = Request<{ visit: string }>

/** Ending support texts below a path, where stopping is: it never waits, by a link too. */
export function supportEndRoutes(
  base: string,
  opened: (answer: Answer) => RequestHandler<Record<string, string>>,
): Router {
  const router = Router()
  router.post(`${base}/support/end`, opened(end))
  router.get(
    `${base}/support/ended`,
    opened((_, door) => showQuiet(door, supportEndedPage(door))),
  )
  return router
}

async function end(web: WebContext, { reader, base, response }: StopDoor): Promise<void> {
  await web.readers.endSupport(reader._id)
  response.redirect(303, `${base}/support/ended`)
}

async function showOwn(web: WebContext, door: StopDoor): Promise<void> {
  const { reader, municipality: town, base, own, words, response } = door
  if (!town) return sendNotFound(response)
  const said = supportWords(web, await programInputOf(web, town), preferencesOf(reader))
  const state = await supportStateOf(web, door)
  const past = own === null ? [] : await pastSupport(web, door)
  const more = html`${state && supportOffer(base, state, words)}
    <ul class="links">
      ${past.length > 0 && html`<li>${pastSupportLink(base, words)}</li>`}
      ${own && html`<li><a href="${own}">${words.form.back}</a></li>`}
    </ul>`
  showQuiet(door, supportPage({ town, said, words }, more))
}

/** What a reader has asked for or may ask for; null for who may not, because nothing comes to them. */
export async function supportStateOf(
  web: WebContext,
  { reader, municipality }: Pick<StopDoor, 'reader' | 'municipality'>,
) {
  if (reader.status !== 'active' || !municipality?.isActive) return null
  if (!reader.support && !(await web.readers.maySupport(reader._id))) return null
  const input = await programInputOf(web, municipality)
  const days = supportDaysOf(input, preferencesOf(reader))
  return { support: reader.support, days, today: todayOf(web) }
}
