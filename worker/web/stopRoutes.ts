import { Router, urlencoded } from 'express'

import { restRoutes } from './restRoutes'
import { supportEndRoutes } from './support/supportRoutes'
import { openStopDoor, showQuiet, type DoorRequest, type StopDoor } from './stopDoor'
import {
  askPage,
  menuPage,
  notTheirsPage,
  stoppedPage,
  undonePage,
  undoPage,
  type StopQuestion,
} from './stopPages'
import type { WebContext } from './webContext'

const FORM_LIMIT = '1kb'

/**
 * Stopping, from a reader's own page and by the link that opens nothing else: one page with what can
 * be stopped, one sentence with one button, one sentence after it; no picture, no colour, and nobody
 * is asked why.
 */
export function stopRoutes(web: WebContext): Router {
  const router = Router()
  router.get(['/me/:visit/quiet', '/stop/:link'], opened(web, showMenu))
  for (const base of ['/me/:visit', '/stop/:link']) {
    for (const kind of ['child', 'own', 'all'] as const) {
      router.get(`${base}${PATHS[kind]}`, opened(web, ask(kind)))
      router.post(`${base}${PATHS[kind]}`, opened(web, STOPS[kind]))
    }
    router.get(`${base}/stopped`, opened(web, showStopped))
    router.get(`${base}/undo`, opened(web, showUndo))
    const form = urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 10 })
    router.post(`${base}/undo`, form, opened(web, undo))
    router.get(`${base}/undone`, opened(web, showUndone))
    router.use(restRoutes(base, { form, opened: (show) => opened(web, show) }))
    router.use(supportEndRoutes(base, (show) => opened(web, show)))
  }
  return router
}

const PATHS = {
  child: '/children/:childId/stop',
  own: '/children/:childId/leave',
  all: '/stop',
} as const

/** Answers somebody whose way to stop is open. */
export type Answer = (web: WebContext, door: StopDoor, request: DoorRequest) => Promise<void> | void

function opened(web: WebContext, answer: Answer) {
  return async (request: DoorRequest, response: StopDoor['response']): Promise<void> => {
    const door = await openStopDoor(web, request, response)
    if (door) await answer(web, door, request)
  }
}

async function showMenu(web: WebContext, door: StopDoor): Promise<void> {
  showQuiet(door, menuPage(door, await web.readers.openStops(door.asked)))
}

function ask(kind: StopQuestion['kind']): Answer {
  return (_, door, { params: { childId = '' } }) => {
    // Opened again after it: what is true is said, and nothing asked.
    if (kind === 'all' && door.reader.status === 'stopped')
      return door.response.redirect(303, door.menu)
    const isTheirs = kind === 'all' || door.children.some(({ _id }) => _id === childId)
    if (isTheirs) showQuiet(door, askPage(door, { kind, childId }))
    else showQuiet(door, notTheirsPage(door), 404)
  }
}

const STOPS: Record<StopQuestion['kind'], Answer> = {
  child: (web, door, request) => stopOne(web, door, { request, stop: web.readers.stopChild }),
  own: (web, door, request) => stopOne(web, door, { request, stop: web.readers.leaveChild }),
  all: async (web, door) => {
    const { readerId, browser } = door.asked
    await web.readers.stopReader(readerId, { browser })
    door.response.redirect(303, `${door.base}/stopped`)
  },
}

async function stopOne(
  _: WebContext,
  { base, asked, response }: StopDoor,
  { request, stop }: { request: DoorRequest; stop: WebContext['readers']['stopChild'] },
): Promise<void> {
  const { childId = '' } = request.params
  const { status } = await stop({ ...asked, childId })
  // Back to its own page, which says what is true of a child that is not theirs.
  response.redirect(303, status === 'changed' ? `${base}/stopped` : request.path)
}

async function showStopped(web: WebContext, door: StopDoor): Promise<void> {
  const [newest] = await web.readers.openStops(door.asked)
  // Undone since: going back must not say that it is still stopped.
  if (!newest && door.own && door.reader.status === 'active')
    return door.response.redirect(303, door.menu)
  showQuiet(door, stoppedPage(door, newest ?? null))
}

async function showUndo(web: WebContext, door: StopDoor): Promise<void> {
  showQuiet(door, undoPage(door, await web.readers.openStops(door.asked)))
}

async function undo(web: WebContext, door: StopDoor, request: DoorRequest): Promise<void> {
  const { stop } = (request.body ?? {}) as { stop?: unknown }
  const id = typeof stop === 'string' ? stop : ''
  const { status } = await web.readers.undoStop({ ...door.asked, id })
  door.response.redirect(303, `${door.base}/${status === 'changed' ? 'undone' : 'undo'}`)
}

function showUndone(_: WebContext, door: StopDoor): void {
  showQuiet(door, undonePage(door))
}
