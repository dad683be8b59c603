import { Router, type Request } from 'express'

import { blindIndex } from '../../../src/secret/seal'
import { addDays } from '../../../src/stage/day'

import { findTyped, keepTyped } from '../formMemory'
import { isQuietPage } from '../myPage'
import { openChildVisit, openVisit, showPage, type ChildVisit, type Visit } from '../myPageVisit'
import type { WebContext } from '../webContext'
import type { PastText } from './pastTexts'
import { isSaidIn } from './search'
import { chooseChildPage, listPage, PAGE_SIZE, textPage, type ShownText } from './textsPage'

type ChildRequest = Request<{ visit: string; childId: string }>

/**
 * これまでの文: the texts a reader got of each child, to be read once more and searched. What is searched
 * for stands in no address, and of a child whose texts were stopped nothing is there.
 */
export function textsRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me/:visit/texts', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) showChildren(visit)
  })
  router.get('/me/:visit/children/:childId/texts', async (request: ChildRequest, response) => {
    const visit = await openChildVisit(web, request, response)
    if (visit) await showList(web, request, visit)
  })
  router.post('/me/:visit/children/:childId/texts', async (request: ChildRequest, response) => {
    const visit = await openChildVisit(web, request, response)
    if (visit) await search(web, request, visit)
  })
  router.get(
    '/me/:visit/children/:childId/texts/:text',
    async (request: Request<{ visit: string; childId: string; text: string }>, response) => {
      const visit = await openChildVisit(web, request, response)
      if (visit) await showText(web, visit, request.params.text)
    },
  )
  return router
}

/** The children to choose from; with one there is nothing to choose. */
function showChildren(visit: Visit): void {
  const { base, children, response } = visit
  const [only, ...others] = children
  if (isQuietPage(visit) || !only) return response.redirect(303, base)
  if (others.length === 0) return response.redirect(303, `${base}/children/${only._id}/texts`)
  showPage(visit, chooseChildPage(visit))
}

async function showList(web: WebContext, request: ChildRequest, visit: ChildVisit): Promise<void> {
  const typed = ((await findTyped(web, request))?.words ?? '').trim()
  const texts = await textsOf(web, visit)
  const found = typed === '' ? texts : await searched(web, texts, typed)
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE))
  const page = Math.min(pageOf(request), pages)
  const rows = await withWords(web, found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE))
  const { d } = request.query
  const form = typed !== '' && typeof d === 'string' ? d : null
  const keptDays = web.keptDays
  showPage(
    visit,
    listPage(visit, { rows, typed, form, page, pages, count: found.length, keptDays }),
  )
}

/** Keeps the words where only this browser finds them, and shows what they are found in. */
async function search(web: WebContext, request: ChildRequest, visit: ChildVisit): Promise<void> {
  const words = visit.form.words.trim()
  if (words === '') return visit.response.redirect(303, request.path)
  const id = await keepTyped(web, request, { words })
  visit.response.redirect(303, `${request.path}?d=${id}`)
}

async function showText(web: WebContext, visit: ChildVisit, id: string): Promise<void> {
  const texts = await textsOf(web, visit)
  const text = texts.find((one) => idOf(web, one) === id)
  const [shown] = text ? await withWords(web, [text]) : []
  if (!shown) return visit.response.redirect(303, `${visit.base}/children/${visit.child._id}/texts`)
  showPage(visit, textPage(visit, shown))
}

/** All children are named: a text for twins is both children's. */
async function textsOf(web: WebContext, visit: ChildVisit): Promise<PastText[]> {
  const { reader, child, children, today } = visit
  const since = addDays(today, -web.keptDays)
  const ids = children.map(({ _id }) => _id)
  const texts = await web.texts.of({ readerId: reader._id, children: ids, since })
  return texts.filter((text) => text.child === child._id)
}

async function withWords(web: WebContext, texts: readonly PastText[]): Promise<ShownText[]> {
  const words = await web.texts.words(texts)
  return texts.flatMap((text) => {
    const known = words.get(text.payload)
    return known ? [{ id: idOf(web, text), text, known }] : []
  })
}

/** Texts that are read at once to be searched: some hundred kilobytes. */
const SEARCHED_AT_ONCE = 100

async function searched(web: WebContext, texts: readonly PastText[], typed: string) {
  const found: PastText[] = []
  for (let at = 0; at < texts.length; at += SEARCHED_AT_ONCE) {
    const piece = await withWords(web, texts.slice(at, at + SEARCHED_AT_ONCE))
    const said = piece.filter(({ known }) => !known.isWithdrawn && isSaidIn(known.words, typed))
    found.push(...said.map(({ text }) => text))
  }
  return found
}

/** What an address names a text by: it says nothing of the stage it is of. */
function idOf({ ring }: WebContext, { delivery }: PastText): string {
  return blindIndex(ring, delivery, 'past-text').slice(0, 22)
}

function pageOf({ query }: Pick<Request, 'query'>): number {
  const page = Number(query.p)
  return Number.isSafeInteger(page) && page > 0 ? page : 1
}
