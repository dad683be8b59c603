import { Router } from 'express'

import { html } from '../../../src/release/escape'

import { actionsAfterReading } from '../field'
import { findTyped, type Typed } from '../formMemory'
import { backToPage, openVisit, showPage, type Visit } from '../myPageVisit'
import { sendNotFound, type WebContext } from '../webContext'
import { hourWish } from './hourWish'
import { noticeWish } from './noticeWish'
import { themesWish } from './themesWish'
import type { Wish, WishOf } from './wish'

/** The wishes by the path of their page, in the order of their rows. */
const WISHES: Readonly<Record<string, WishOf>> = {
  hour: hourWish,
  notice: noticeWish,
  themes: themesWish,
}

/** /me/:visit/notice and the like: one question each, of how the reader's texts come. */
export function wishRoutes(web: WebContext): Router {
  const router = Router()
  for (const [place, of] of Object.entries(WISHES)) {
    router
      .route(`/me/:visit/${place}`)
      .get(async (request, response) => {
        const visit = await openVisit(web, request, response)
        const wish = visit && of(visit)
        if (wish) showPage(visit, wishPage(visit, wish, await findTyped(web, request)))
        else if (visit) sendNotFound(response)
      })
      .post(async (request, response) => {
        const visit = await openVisit(web, request, response)
        if (visit) await save(web, visit, of(visit))
      })
  }
  return router
}

/** A row of the reader's page. */
export interface WishRow extends Pick<Wish, 'term' | 'value'> {
  /** Where it is changed. */
  href: string
}

/** What the reader may wish, as it is now. *Pure.* */
export function wishRows(visit: Visit): WishRow[] {
  return Object.entries(WISHES).flatMap(([place, of]) => {
    const wish = of(visit)
    return wish ? [{ term: wish.term, value: wish.value, href: `${visit.base}/${place}` }] : []
  })
}

function wishPage({ base, words }: Visit, { term, ask }: Wish, typed: Typed | null) {
  const { me, form } = words
  const body = html`<form method="post" novalidate>
    ${ask(typed)}
    ${actionsAfterReading(me.save, html`<a class="button second" href="${base}">${form.back}</a>`)}
  </form>`
  return { title: term, body, words }
}

async function save(web: WebContext, visit: Visit, wish: Wish | null): Promise<void> {
  const { reader, form } = visit
  if (wish) await web.readers.changeWishes({ readerId: reader._id, wishes: wish.read(form) })
  backToPage(visit, 'about')
}
