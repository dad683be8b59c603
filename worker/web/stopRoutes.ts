import { Router } from 'express'

import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { dayLabel } from '../../src/stage/japaneseDate'
import type { Child, Reader } from '../readers/reader'

import { openStopVisit, showPage, type Visit } from './myPageVisit'
import { NEW_LINK_PAGE } from './pageEntrance'
import { sendExpired, sendPage, type WebContext } from './webContext'

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
    router.get(`/me/:visit/children/:childId/${path}`, async (request, response) => {
      const visit = await openStopVisit(web, request, response)
      if (!visit) return
      const child = visit.children.find(({ _id }) => _id === request.params.childId)
      if (child) ask(visit, sentence, whichOf(visit, child))
      else sayNotTheirs(visit)
    })
    router.post(`/me/:visit/children/:childId/${path}`, async (request, response) => {
      const visit = await openStopVisit(web, request, response)
      if (!visit) return
      const { childId } = request.params
      const { status } = await web.readers[stop]({ readerId: visit.reader._id, childId })
      // Back to its own page, which says what is true of a child that is not theirs.
      const here = `${visit.base}/children/${childId}/${path}`
      response.redirect(303, status === 'changed' ? `${visit.base}/stopped` : here)
    })
  }
  router.get('/me/:visit/stop', async (request, response) => {
    const visit = await openStopVisit(web, request, response)
    if (visit) ask(visit, 'あなたへの配信を、すべて止めます。')
  })
  router.post('/me/:visit/stop', async (request, response) => {
    const visit = await openStopVisit(web, request, response)
    if (!visit) return
    await web.readers.stopReader(visit.reader._id)
    response.redirect(303, `${visit.base}/stopped`)
  })
  router.get('/me/:visit/stopped', async (request, response) => {
    const visit = await openStopVisit(web, request, response)
    if (visit) say(visit, '止めました。')
  })
  router.get('/stop/:link', async (request, response) => {
    const town = await townOf(web, request.params.link)
    if (!town) return sendExpired(response, NEW_STOP, NEW_LINK_PAGE)
    sendPage(response, {
      title: TITLE,
      body: question(`${town}からの配信を、すべて止めます。`),
      isQuiet: true,
    })
  })
  router.post('/stop/:link', async (request, response) => {
    const reader = await meantReader(web, request.params.link)
    if (!reader) return sendExpired(response, NEW_STOP, NEW_LINK_PAGE)
    await web.readers.stopReader(reader._id)
    response.redirect(303, '/stopped')
  })
  router.get('/stopped', (_, response) =>
    sendPage(response, { title: TITLE, body: html`<h1>止めました。</h1>`, isQuiet: true }),
  )
  return router
}

const NEW_STOP =
  'LINE の方は、トークで「配信を止める」と送ると新しいリンクが届きます。メールの方は、下のページから送れます。'

/** Whom a link stops; nobody whose delivery was begun anew since it was made. */
async function meantReader(web: WebContext, token: string): Promise<Reader | null> {
  const link = web.links.openStop(token)
  const reader = link && (await web.readers.findReader(link.readerId))
  return reader && reader.consentedAt.getTime() <= link.madeAt ? reader : null
}

async function townOf(web: WebContext, token: string): Promise<string | null> {
  const reader = await meantReader(web, token)
  return reader && ((await web.settings.municipality(reader.municipality))?.name ?? '')
}

const TITLE = '配信を止める'

function ask(visit: Visit, sentence: string, which: HtmlValue = null): void {
  const back = html`<a class="button second" href="${visit.base}">もどる</a>`
  showPage(visit, { title: TITLE, body: question(sentence, which, back), isQuiet: true })
}

function question(sentence: string, which: HtmlValue = null, back: HtmlValue = null): Html {
  return html`<h1>${sentence}</h1>
    ${which}
    <form method="post">
      <div class="actions"><button class="main">止める</button>${back}</div>
    </form>`
}

/** Who has several children sees which one it is: its place on the page and its day, no stage. */
function whichOf({ children }: Visit, child: Child): HtmlValue {
  if (children.length === 1) return null
  const day = child.birthDate ?? child.dueDate
  const place = `「登録の内容」の ${children.indexOf(child) + 1} 番め`
  return html`<p>${place}${day && `(${dayLabel(day)})`}</p>`
}

/** One sentence; whose deliveries go on finds the way back to them, and nobody is asked to return. */
function say(visit: Visit, sentence: string, status = 200): void {
  const { reader, base } = visit
  const back = reader.status === 'active' && html`<p><a href="${base}">登録の内容を見る</a></p>`
  const body = html`<h1>${sentence}</h1>
    ${back}`
  showPage(visit, { title: TITLE, body, isQuiet: true }, status)
}

/** A child that was stopped or left, or never was this reader's: the same true sentence. */
function sayNotTheirs(visit: Visit): void {
  say(visit, 'この子の配信は、あなたには届いていません。', 404)
}
