import { Router } from 'express'

import type { WebContext } from '../webContext'

import { dateRightsRoutes } from './dateRightsRoutes'
import { inviteRoutes } from './inviteRoutes'
import { takeBackBirthRoutes } from './takeBackBirth'

/** What a reader's page has about the others who are registered with a child. */
export function familyRoutes(web: WebContext): Router {
  const router = Router()
  router.use(inviteRoutes(web), dateRightsRoutes(web), takeBackBirthRoutes(web))
  return router
}
