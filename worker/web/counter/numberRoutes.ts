import { Router } from 'express'

import { html, type Html } from '../../../src/release/escape'

import { findTyped, keepTyped } from '../formMemory'
import { openVisit, type Visit } from '../myPageVisit'
import { showQuiet } from '../stopDoor'
import type { WebContext } from '../webContext'

/**
 * /me/:visit/number: the number that lets staff at the counter act for this reader. As quiet as
 * stopping: it may be what somebody comes for.
 */
export function numberRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me/:visit/number', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) showQuiet(visit, numberPage(visit, await findTyped(web, request)))
  })
  router.post('/me/:visit/number', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (!visit) return
    const number = await web.readers.counter.giveNumber(visit.reader)
    const id = await keepTyped(web, request, { number })
    response.redirect(303, `${visit.base}/number?d=${id}`)
  })
  return router
}

function numberPage({ base, words }: Visit, given: Record<string, string> | null) {
  const { counter, form } = words
  const number = given?.number && shownNumber(given.number)
  const body = html`<h1>${counter.title}</h1>
    <p>${counter.about}</p>
    ${number && html`<p class="number">${number}</p>`} ${number && html`<p>${counter.once}</p>`}
    <form class="undo" method="post" action="${base}/number">
      <button class="${number ? 'second' : 'main'}">
        ${number ? counter.again : counter.make}
      </button>
    </form>
    <ul class="links">
      <li><a href="${base}">${form.back}</a></li>
    </ul>`
  return { title: counter.title, body }
}

/** In two halves, as it is read aloud: 1234 5678. *Pure.* */
function shownNumber(number: string): Html {
  return html`${number.slice(0, 4)} ${number.slice(4)}`
}
