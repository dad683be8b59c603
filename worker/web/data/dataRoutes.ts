import { Router } from 'express'

import { html } from '../../../src/release/escape'
import { addDays } from '../../../src/stage/day'

import { holderOf } from '../formMemory'
import { notice, type Page } from '../page'
import { openOwnVisit, showPage, type Visit } from '../myPageVisit'
import { showQuiet } from '../stopDoor'
import { anyMunicipality, type WebContext } from '../webContext'
import { isLanguage, wordsOf } from '../words/words'
import { dataJson, dataText } from './dataFile'

/**
 * あなたのデータ: a copy of all that is stored of a reader, and its end. For who has stopped, too; only
 * in the browser that has the page open, never by a link that a mail carries. Source: product.md, rule 15.
 */
export function dataRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me/:visit/data', async (request, response) => {
    const visit = await openOwnVisit(web, request, response)
    if (visit) showPage(visit, dataPage(visit))
  })
  router.post('/me/:visit/data', async (request, response) => {
    const visit = await openOwnVisit(web, request, response)
    if (visit) await sendCopy(web, visit)
  })
  router.get('/me/:visit/erase', async (request, response) => {
    const visit = await openOwnVisit(web, request, response)
    if (visit) showPage(visit, erasePage(visit))
  })
  router.post('/me/:visit/erase', async (request, response) => {
    const visit = await openOwnVisit(web, request, response)
    if (!visit) return
    const { _id: readerId, edition, municipality } = visit.reader
    await web.readers.eraseReader({ readerId, holder: holderOf(web, request) })
    response.redirect(303, `/erased/${isLanguage(edition) ? edition : 'standard'}/${municipality}`)
  })
  // After the visit has ended with all else: it says of nobody that they were there.
  router.get('/erased/:language/:town', async ({ params }, response) => {
    const words = wordsOf(params.language)
    const municipality = await anyMunicipality(web, params.town)
    const { done: title, nothing } = words.data
    showQuiet({ response, words, municipality }, { title, body: notice(title, nothing) })
  })
  return router
}

type QuietPage = Omit<Page, 'municipality'>

function dataPage({ base, words }: Visit): QuietPage {
  const { title, about, asText, asJson, erase } = words.data
  const body = html`<h1>${title}</h1>
    <p>${about}</p>
    <form method="post">
      <div class="actions afterReading">
        <button class="second" name="go" value="text">${asText}</button>
        <button class="second" name="go" value="json">${asJson}</button>
      </div>
    </form>
    <ul class="links">
      <li><a href="${base}/erase">${erase}</a></li>
      <li><a href="${base}">${words.form.back}</a></li>
    </ul>`
  return { title, body, words, isQuiet: true }
}

/** What goes, what stays and why; one confirmation. */
function erasePage({ base, words }: Visit): QuietPage {
  const { data, form } = words
  const part = (heading: string, items: readonly string[]) =>
    html`<h2>${heading}</h2>
      <ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`
  const body = html`<h1>${data.ask}</h1>
    <p>${data.final}</p>
    ${part(data.atOnce, data.atOnceItems)} ${part(data.later, data.laterItems)}
    ${part(data.stays, data.staysItems)}
    <form method="post">
      <div class="actions afterReading">
        <button class="main">${data.go}</button>
        <a class="button second" href="${base}/data">${form.back}</a>
      </div>
    </form>`
  return { title: data.erase, body, words, isQuiet: true }
}

/**
 * A file under a name that can be read, and under one of ASCII for programs that know no other.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc6266
 */
function attachment(name: string, ending: string): string {
  const encoded = encodeURIComponent(`${name}.${ending}`)
  return `attachment; filename="copy.${ending}"; filename*=UTF-8''${encoded}`
}

/** Hands the copy over as a file whose name says nothing of what it is. */
async function sendCopy(web: WebContext, visit: Visit): Promise<void> {
  const { reader, municipality, today, words, form, response } = visit
  const lineAccount = municipality?.lineAccount ?? null
  const record = await web.readers.recordOf({ readerId: reader._id, lineAccount })
  if (!record) return response.redirect(303, visit.base)
  const since = addDays(today, -web.keptDays)
  const texts = await web.texts.every({ readerId: reader._id, since })
  const town = municipality?.name ?? reader.municipality
  const stored = { ...record, town, texts, keptDays: web.keptDays, madeAt: web.now() }
  const names = { words, editionLabels: web.editionLabels }
  const isJson = form.go === 'json'
  const name = words.data.title.replaceAll(' ', '')
  response
    .set('content-disposition', attachment(name, isJson ? 'json' : 'txt'))
    .type(isJson ? 'application/json' : 'text/plain; charset=utf-8')
    .send(isJson ? dataJson(stored, names) : `\uFEFF${dataText(stored, names)}`)
}
