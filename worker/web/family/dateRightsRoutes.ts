import { Router, type Request } from 'express'

import { backToPage, openChildVisit, showPage } from '../myPageVisit'
import type { WebContext } from '../webContext'

import { keepersPage } from './dateRightsPage'

type ChildRequest = Request<{ visit: string; childId: string }>

/** /me/:visit/children/:childId/keepers: who registered a child first lets others change its dates. */
export function dateRightsRoutes(web: WebContext): Router {
  const router = Router()
  const path = '/me/:visit/children/:childId/keepers'
  router.get(path, async (request: ChildRequest, response) => {
    const visit = await openChildVisit(web, request, response)
    if (!visit) return
    const of = { readerId: visit.reader._id, childId: visit.child._id }
    const rights = await web.readers.dateRights(of)
    if (!rights?.isFirst || rights.others.length === 0) return backToPage(visit, '')
    showPage(visit, keepersPage(visit, rights))
  })
  router.post(path, async (request: ChildRequest, response) => {
    const visit = await openChildVisit(web, request, response)
    if (!visit) return
    const { keeper } = (request.body ?? {}) as { keeper?: unknown }
    const to = [keeper].flat().filter((id) => typeof id === 'string')
    const of = { readerId: visit.reader._id, childId: visit.child._id }
    const { status } = await web.readers.giveDateRights({ ...of, to })
    backToPage(visit, status === 'changed' ? 'keepers' : '')
  })
  return router
}
