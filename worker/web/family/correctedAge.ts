import { Router, type Request } from 'express'

import { html, type Html } from '../../../src/release/escape'
import { daysBetween } from '../../../src/stage/day'
import type { Child, ChildDates } from '../../readers/reader'

import { checkbox } from '../field'
import { backToPage, openChildVisit, showPage, type ChildVisit } from '../myPageVisit'
import type { WebContext } from '../webContext'

type ChildRequest = Request<{ visit: string; childId: string }>

/** Born more than three weeks before the due date is before 37w0d: corrected age is offered. */
const TERM_DAYS_BEFORE_DUE = 21

/** Whether a child was born before 37w0d, as far as its dates tell. *Pure.* */
export function isEarly({ birthDate, dueDate }: ChildDates): boolean {
  if (!birthDate || !dueDate) return false
  return daysBetween(birthDate, dueDate) > TERM_DAYS_BEFORE_DUE
}

/**
 * How one reader's texts of a child born early are counted. It is no date of the child's: whoever gets
 * its texts may choose for themselves, and nobody else's texts change. Source: stages.md.
 */
export function correctedAgeRoutes(web: WebContext): Router {
  const router = Router()
  const path = '/me/:visit/children/:childId/age'
  router.get(path, async (request: ChildRequest, response) => {
    const visit = await openChildVisit(web, request, response)
    if (!visit) return
    if (!isEarly(visit.child)) return response.redirect(303, visit.base)
    showPage(visit, { title: visit.words.dates.age, body: agePage(visit) })
  })
  router.post(path, async (request: ChildRequest, response) => {
    const visit = await openChildVisit(web, request, response)
    if (!visit) return
    const { reader, child, form, base } = visit
    if (!isEarly(child)) return response.redirect(303, base)
    const of = { readerId: reader._id, childId: child._id }
    await web.readers.chooseCorrectedAge({ ...of, isCorrected: form.corrected === 'yes' })
    backToPage(visit, 'about')
  })
  return router
}

function agePage({ base, child, reader, words }: ChildVisit): Html {
  const { dates, form, me } = words
  return html`<h1>${dates.age}</h1>
    <form method="post">
      ${correctedAgeBox(child, reader._id, dates)}
      <p class="hint">${dates.ageOwn}</p>
      <div class="actions">
        <button class="main">${me.save}</button>
        <a class="button second" href="${base}">${form.back}</a>
      </div>
    </form>`
}

/** The box to tick, with what it does. *Pure.* */
export function correctedAgeBox(
  { corrected }: Pick<Child, 'corrected'>,
  readerId: string,
  { corrected: label, correctedWhy }: ChildVisit['words']['dates'],
): Html {
  const isChosen = corrected?.includes(readerId) ?? false
  return html`<p class="hint">${correctedWhy}</p>
    ${checkbox({ name: 'corrected', label, errors: {} }, isChosen)}`
}
