import { Router } from 'express'

import { html } from '../../src/release/escape'
import type { Relation } from '../readers/reader'

import { actionsAfterReading, radios, type FieldErrors } from './field'
import { findTyped, type Typed } from './formMemory'
import { backToPage, openVisit, showPage, type Visit } from './myPageVisit'
import type { WebContext } from './webContext'
import { editionHint, editionName } from './words/words'

/** /me/:visit/about: how a reader is related to the children, and what selects their texts. */
export function aboutRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me/:visit/about', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) showPage(visit, aboutPage(web, visit, await findTyped(web, request)))
  })
  router.post('/me/:visit/about', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) await saveAbout(web, visit)
  })
  return router
}

const NO_ERRORS: FieldErrors = {}

function aboutPage(
  { editionLabels }: WebContext,
  { reader, municipality, base, words }: Visit,
  typed: Typed | null,
) {
  const { me, registration, relations, form } = words
  const { answers } = registration
  const editions = municipality?.editions ?? []
  const areas = municipality?.areas ?? []
  const asked = (name: 'relation' | 'edition' | 'area') => {
    return { name, label: answers[name], errors: NO_ERRORS }
  }
  const body = html`<h1>${me.about}</h1>
    <form method="post" novalidate>
      ${radios(asked('relation'), {
        choices: Object.entries(relations).map(([value, label]) => ({ value, label })),
        value: typed?.relation ?? reader.relation,
      })}
      ${radios(
        { ...asked('edition'), hint: municipality && editionHint(municipality, words) },
        {
          choices: editions.map((value) => ({
            value,
            label: editionName(value, { editionLabels, words }),
          })),
          value: typed?.edition ?? reader.edition,
        },
      )}
      ${
        areas.length > 0 &&
        radios(asked('area'), {
          choices: ['', ...areas].map((value) => ({
            value,
            label: value || registration.noArea,
          })),
          value: typed?.area ?? reader.area ?? '',
        })
      }
      ${actionsAfterReading(me.save, html`<a class="button second" href="${base}">${form.back}</a>`)}
    </form>`
  return { title: me.about, body, words }
}

/** Saves what the town offers; anything else stays as it was. */
async function saveAbout(web: WebContext, visit: Visit): Promise<void> {
  const { reader, municipality, form, words } = visit
  const isEdition = municipality?.editions.includes(form.edition)
  const isRelation = Object.hasOwn(words.relations, form.relation)
  await web.readers.changeProfile({
    readerId: reader._id,
    ...(isEdition && { edition: form.edition }),
    ...(isRelation && { relation: form.relation as Relation }),
    area: municipality?.areas.includes(form.area) ? form.area : null,
  })
  backToPage(visit, 'about')
}
