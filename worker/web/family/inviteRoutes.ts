import { Router, type Request } from 'express'

import { openVisit, showPage, type Visit } from '../myPageVisit'
import type { WebContext } from '../webContext'

import { invitePage } from './invitePage'

/**
 * /me/:visit/invite: one link for one or more children. A link is made by looking, for nothing is
 * kept of it; which children it is for is chosen in the address.
 */
export function inviteRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me/:visit/invite', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (!visit) return
    if (visit.children.length === 0) return response.redirect(303, visit.base)
    const chosen = chosenAmong(visit, request)
    const url = web.links.shareUrl({
      children: chosen.map(({ _id }) => _id),
      municipality: visit.reader.municipality,
    })
    showPage(visit, invitePage(visit, { url, chosen }))
  })
  return router
}

/** The children that were ticked; all of them at first, and when none of theirs was. */
function chosenAmong({ children }: Visit, { query }: Request): Visit['children'] {
  const asked: unknown[] = [query.child].flat()
  const chosen = children.filter(({ _id }) => asked.includes(_id))
  return chosen.length > 0 ? chosen : children
}
