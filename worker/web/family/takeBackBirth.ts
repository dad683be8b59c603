import { Router, type Request } from 'express'

import { html, type HtmlValue } from '../../../src/release/escape'
import { daysBetween } from '../../../src/stage/day'

import { actions } from '../field'
import { backToPage, showPage, type ChildVisit } from '../myPageVisit'
import type { Page } from '../page'
import type { WebContext } from '../webContext'

import { openDateVisit } from './dateVisit'

/** Last day of 41w6d, after the due date (days): from then on no text would come for it. */
const LAST_DAY_AFTER_DUE = 13

type ChildRequest = Request<{ visit: string; childId: string }>

/** /me/:visit/children/:childId/unborn: takes a birth back that was told too early. */
export function takeBackBirthRoutes(web: WebContext): Router {
  const router = Router()
  const path = '/me/:visit/children/:childId/unborn'
  router.get(path, async (request: ChildRequest, response) => {
    const visit = await openDateVisit(web, request, response)
    if (!visit) return
    if (!canBeUnborn(visit)) return backToPage(visit, '')
    showPage(visit, askPage(visit))
  })
  router.post(path, async (request: ChildRequest, response) => {
    const visit = await openDateVisit(web, request, response)
    if (!visit) return
    const of = { readerId: visit.reader._id, childId: visit.child._id }
    const isDone = canBeUnborn(visit) && (await web.readers.takeBackBirth(of)).status === 'changed'
    backToPage(visit, isDone ? 'unborn' : '')
  })
  return router
}

/** Stands beside the form of a birthday. *Pure.* */
export function takeBackLink(visit: ChildVisit): HtmlValue {
  if (!canBeUnborn(visit)) return null
  const { base, child, words } = visit
  return html`<ul class="links">
    <li><a href="${base}/children/${child._id}/unborn">${words.family.unborn.link}</a></li>
  </ul>`
}

function canBeUnborn({ child: { birthDate, dueDate }, today }: ChildVisit): boolean {
  return Boolean(birthDate && dueDate && daysBetween(dueDate, today) <= LAST_DAY_AFTER_DUE)
}

function askPage({ base, child, words }: ChildVisit): Page {
  const { unborn } = words.family
  const body = html`<h1>${unborn.ask}</h1>
    ${child.dueDate && html`<p>${words.child.dueOn(words.day(child.dueDate))}</p>`}
    <form method="post" novalidate>
      ${actions(unborn.button, html`<a class="button second" href="${base}">${words.form.back}</a>`)}
    </form>`
  return { title: unborn.ask, body, words }
}
