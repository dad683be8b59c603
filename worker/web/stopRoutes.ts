import { Router } from 'express'

import { html } from '../../src/release/escape'

import { openVisit, showPage, type Visit } from './myPageVisit'
import type { WebContext } from './webContext'

/**
 * Stopping. For a child it stops for everybody who shares it: one sentence, one button, one
 * sentence after it; no picture, no colour, and nobody is asked why.
 */
export function stopRoutes(web: WebContext): Router {
  const router = Router()
  const childStops = [
    { path: 'stop', sentence: 'この子の配信を、ご家族みなさんの分も止めます。', stop: 'stopChild' },
    { path: 'leave', sentence: 'この子の配信を、あなたの分だけ止めます。', stop: 'leaveChild' },
  ] as const
  for (const { path, sentence, stop } of childStops) {
    router.get(`/me/:token/children/:childId/${path}`, async (request, response) => {
      const visit = await openVisit(web, request, response)
      if (!visit) return
      const isOwn = visit.children.some(({ _id }) => _id === request.params.childId)
      if (isOwn) ask(visit, sentence)
      else sayNotTheirs(visit)
    })
    router.post(`/me/:token/children/:childId/${path}`, async (request, response) => {
      const visit = await openVisit(web, request, response)
      if (!visit) return
      const { childId } = request.params
      const { status } = await web.readers[stop]({ readerId: visit.reader._id, childId })
      // Back to its own page, which says what is true of a child that is not theirs.
      const here = `${visit.base}/children/${childId}/${path}`
      response.redirect(303, status === 'changed' ? `${visit.base}/stopped` : here)
    })
  }
  router.get('/me/:token/stop', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) ask(visit, 'あなたへの配信を、すべて止めます。')
  })
  router.post('/me/:token/stop', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (!visit) return
    await web.readers.stopReader(visit.reader._id)
    response.redirect(303, `${visit.base}/stopped`)
  })
  router.get('/me/:token/stopped', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) say(visit, '止めました。')
  })
  return router
}

const TITLE = '配信を止める'

function ask(visit: Visit, sentence: string): void {
  const body = html`<h1>${sentence}</h1>
    <form method="post">
      <div class="actions"><button class="main">止める</button></div>
    </form>`
  showPage(visit, { title: TITLE, body, isQuiet: true })
}

function say(visit: Visit, sentence: string, status = 200): void {
  showPage(visit, { title: TITLE, body: html`<h1>${sentence}</h1>`, isQuiet: true }, status)
}

/** A child that was stopped or left, or never was this reader's: the same true sentence. */
function sayNotTheirs(visit: Visit): void {
  say(visit, 'この子の配信は、あなたには届いていません。', 404)
}
