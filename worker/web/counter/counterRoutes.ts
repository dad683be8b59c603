import { Router, urlencoded, type Response } from 'express'

import type { WebContext } from '../webContext'
import {
  COUNTER,
  enterCounter,
  fromHere,
  leaveCounter,
  openDesk,
  openServedDesk,
  showEntrance,
  TAKEOUT,
  type Desk,
  type DeskRequest,
  type ServedDesk,
} from './counterDoor'
import { askAbout, askDates, saveAbout, saveDates } from './changeAtCounter'
import { showGuide } from './guide'
import { askCheck, takeConsent } from './checkAtCounter'
import { showExplanation } from './explanation'
import { askRegistration, takeRegistration } from './registerAtCounter'
import { mendAddress, showRegistered } from './registeredAtCounter'
import { closedPage, findReader, showHome } from './home'
import { addToMoveTrial } from './moveTrialAtCounter'
import { numberRoutes } from './numberRoutes'
import { showReader } from './readerPage'
import { askStop, showStopped, stopForReader } from './stopAtCounter'
import { showSupport } from './supportAtCounter'
import { askTakeout, giveTakeout } from './takeoutAtCounter'
import { askUndo, undoAtCounter } from './undoAtCounter'

const FORM_LIMIT = '4kb'

/**
 * /counter: staff act for a reader who is there. It is entered from the CMS alone, shows nobody who
 * was not named by the whole address or by their own number, and writes down each step.
 */
export function counterRoutes(web: WebContext): Router {
  const router = Router()
  router.use(COUNTER, fromHere)
  router.use(COUNTER, urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 30 }))
  router.get(`${COUNTER}/enter/:token`, (request, response) => showEntrance(web, request, response))
  router.post(`${COUNTER}/enter/:token`, (request, response) =>
    enterCounter(web, request, response),
  )
  router.get(COUNTER, atDesk(web, showHome))
  router.post(`${COUNTER}/find`, atDesk(web, findReader))
  router.post(`${COUNTER}/close`, (request, response) => leaveCounter(web, request, response))
  router.get(`${COUNTER}/closed`, (_, response) => closedPage(response))
  router.use(numberRoutes(web))
  router.get(TAKEOUT, atDesk(web, askTakeout))
  router.post(TAKEOUT, atDesk(web, giveTakeout))
  router.get(`${COUNTER}/guide`, atDesk(web, showGuide))
  router.get(`${COUNTER}/register`, atDesk(web, askRegistration))
  router.post(`${COUNTER}/register`, atDesk(web, takeRegistration))
  router.get(`${COUNTER}/register/check`, atDesk(web, askCheck))
  router.post(`${COUNTER}/register/check`, atDesk(web, takeConsent))
  router.get(`${COUNTER}/registered`, atDesk(web, showRegistered))
  router.post(`${COUNTER}/registered`, atDesk(web, mendAddress))
  router.get(`${COUNTER}/explanation`, atDesk(web, showExplanation))
  const reader = `${COUNTER}/readers/:handle`
  router.get(reader, serving(web, showReader))
  router.get(`${reader}/about`, serving(web, askAbout))
  router.post(`${reader}/about`, serving(web, saveAbout))
  router.get(`${reader}/children/:childId/dates`, serving(web, askDates))
  router.post(`${reader}/children/:childId/dates`, serving(web, saveDates))
  router.get(`${reader}/stop`, serving(web, askStop))
  router.post(`${reader}/stop`, serving(web, stopForReader))
  router.get(`${reader}/stopped`, serving(web, showStopped))
  router.get(`${reader}/support`, serving(web, showSupport))
  router.post(`${reader}/move-trial`, serving(web, addToMoveTrial))
  router.get(`${reader}/undo`, serving(web, askUndo))
  router.post(`${reader}/undo`, serving(web, undoAtCounter))
  return router
}

/** Answers at the counter. */
export type AtDesk = (desk: Desk, request: DeskRequest, web: WebContext) => Promise<void> | void

/** Answers at the counter, with a reader in front of it. */
export type Serving = (
  desk: ServedDesk,
  request: DeskRequest,
  web: WebContext,
) => Promise<void> | void

function atDesk(web: WebContext, answer: AtDesk) {
  return async (request: DeskRequest, response: Response): Promise<void> => {
    const desk = await openDesk(web, request, response)
    if (desk) await answer(desk, request, web)
  }
}

function serving(web: WebContext, answer: Serving) {
  return async (request: DeskRequest, response: Response): Promise<void> => {
    const desk = await openServedDesk(web, request, response)
    if (desk) await answer(desk, request, web)
  }
}
