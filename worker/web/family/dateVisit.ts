import type { Request, Response } from 'express'

import { openChildVisit, showPage, type ChildVisit } from '../myPageVisit'
import type { WebContext } from '../webContext'

import { askOthersPage } from './dateRightsPage'

/**
 * Opens the page of one child to whoever may change its dates; the others read whom to ask, and a
 * form of theirs changes nothing.
 */
export async function openDateVisit(
  web: WebContext,
  request: Request<{ visit: string; childId: string }>,
  response: Response,
): Promise<ChildVisit | null> {
  const visit = await openChildVisit(web, request, response)
  if (!visit) return null
  const of = { readerId: visit.reader._id, childId: visit.child._id }
  const rights = await web.readers.dateRights(of)
  if (!rights || rights.mayChange) return visit
  showPage(visit, askOthersPage(visit, rights))
  return null
}
