import { Router } from 'express'

import { html, type Html } from '../../src/release/escape'
import { readPhone } from '../../src/release/phone'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { showQuiet } from './stopDoor'
import { sendClosed, type WebContext } from './webContext'
import { standard, type Words } from './words/standard'
import { codeOf, wordsOf } from './words/words'

/** /support/:code: 手続きや相談先, of a town; the same for everybody who opens it. */
export function supportRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/support/:code', async (request, response) => {
    const { code } = request.params
    const town = /^\d{6}$/.test(code) ? await web.settings.municipality(code) : null
    if (!town) return sendClosed(web, code, response)
    const { lang } = request.query
    const words = wordsOf(typeof lang === 'string' ? lang : undefined)
    showQuiet({ response, words }, supportPage(town, words))
  })
  return router
}

/** The quiet way to the page. *Pure.* */
export function supportLink(code: string, words: Words): Html {
  const lang = words === standard ? '' : `?lang=${codeOf(words)}`
  return html`<a href="/support/${code}${lang}">${words.quiet.support.title}</a>`
}

function supportPage({ name, contact }: MunicipalitySettings, { quiet, page }: Words) {
  const { title, about, items, noReason } = quiet.support
  const phone = contact.phone ? readPhone(contact.phone) : null
  const call = phone && html`<a href="${phone.href}">${page.phone(phone.number)}</a>${phone.rest}`
  const body = html`<h1>${title}</h1>
    <p>${about}</p>
    <dl class="answers">
      ${items.map(
        (one) =>
          html`<dt>${one.name}</dt>
            <dd>${one.sentence}</dd>`,
      )}
    </dl>
    <p>${noReason}</p>
    <p>
      ${name} ${contact.department}<br />
      ${call ?? contact.phone} ${contact.hours}
    </p>
    ${contact.url && html`<p><a href="${contact.url}">${page.site}</a></p>`}`
  return { title, body }
}
