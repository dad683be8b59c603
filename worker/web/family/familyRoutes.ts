import { Router } from 'express'

import type { WebContext } from '../webContext'

import { dateRightsRoutes } from './dateRightsRoutes'
import { inviteRoutes } from './inviteRoutes'

/** What a reader's page has about the others who are registered with a child. */
export function familyRoutes(web: WebContext): Router {
  const router = Router()
  router.use(inviteRoutes(web), dateRightsRoutes(web))
  return router
}
