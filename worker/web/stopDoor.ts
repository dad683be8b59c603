import type { Request, Response } from 'express'

import type { MunicipalitySettings } from '../../src/plan/settings'
import type { LocalDay } from '../../src/stage/day'
import type { Child, Reader } from '../readers/reader'

import { browserOf, giveCookie } from './browserCookie'
import type { StopLink, TextLink } from './link'
import { openStopVisit } from './myPageVisit'
import { notice, type Page } from './page'
import { wordsAt } from './languageCookie'
import { newLinkPage } from './pageEntrance'
import { sendExpired, sendPage, todayOf, type WebContext } from './webContext'
import type { Words } from './words/standard'
import { wordsOf } from './words/words'

/** A reader on the way to stop or rest, from their own page or by a link that opens nothing else. */
export interface StopDoor {
  reader: Reader
  /** Code of the town that is named: a link names the one that sent it, or none. */
  town: string | null
  municipality: MunicipalitySettings | null
  /** Their active children, youngest first. */
  children: Child[]
  today: LocalDay
  /** In the language of the reader's edition. */
  words: Words
  /** Where the paths of stopping begin. */
  base: string
  /** Path of the page with the choices. */
  menu: string
  /** Path of the reader's own page, for whom it is open. */
  own: string | null
  /** Whose stops may be undone here: the reader's, by a link only those of this browser. */
  asked: { readerId: string; browser?: string | null }
  response: Response
}

/** Of a path below `/me/:visit` or `/stop/:link`. */
export type DoorRequest = Request<Record<string, string>>

/** Opens the way to stop; or answers how to get a new link. */
export function openStopDoor(
  web: WebContext,
  request: DoorRequest,
  response: Response,
): Promise<StopDoor | null> {
  return request.params.visit === undefined
    ? openByLink(web, request, response)
    : openByVisit(web, request as Request<{ visit: string }>, response)
}

async function openByVisit(
  web: WebContext,
  request: Request<{ visit: string }>,
  response: Response,
): Promise<StopDoor | null> {
  const visit = await openStopVisit(web, request, response)
  if (!visit) return null
  const { reader, municipality, children, today, base } = visit
  const asked = { readerId: reader._id }
  return {
    reader,
    town: reader.municipality,
    municipality,
    children,
    today,
    words: wordsOf(reader.edition),
    base,
    menu: `${base}/quiet`,
    own: base,
    asked,
    response,
  }
}

async function openByLink(
  web: WebContext,
  request: DoorRequest,
  response: Response,
): Promise<StopDoor | null> {
  const { link = '' } = request.params
  const stop = web.links.openStop(link)
  const reader = stop && (await meantReader(web, stop))
  if (reader === 'gone') {
    await sendGone(web, response, stop ?? {})
    return null
  }
  if (!stop || !reader) {
    const words = wordsAt(response)
    sendExpired(response, words.entrance.newStop, newLinkPage(words))
    return null
  }
  return doorOf(web, request, { reader, link: stop, base: `/stop/${link}`, response })
}

interface LinkDoor extends Pick<StopDoor, 'reader' | 'base' | 'response'> {
  /** What stood in the link. */
  link: TextLink
}

/** The way to stop of a reader whose stop link begins with `base`; their page stays closed. */
export async function doorOf(
  web: WebContext,
  request: Request,
  { reader, link, base, response }: LinkDoor,
): Promise<StopDoor> {
  giveCookie(web, request, response)
  const town = townOf(link, reader)
  return {
    reader,
    town,
    municipality: town === null ? null : await web.settings.municipality(town),
    children: await web.readers.childrenOf(reader._id),
    today: todayOf(web),
    words: wordsOf(reader.edition),
    base,
    menu: base,
    own: null,
    asked: { readerId: reader._id, browser: browserOf(request) },
    response,
  }
}

/** Of a link from before it stood there, the reader's own as long as they have never moved. *Pure.* */
function townOf({ town }: TextLink, { municipality, leftTowns }: Reader): string | null {
  return town ?? (leftTowns ? null : municipality)
}

/** Whom a link stops; nobody whose delivery was begun anew since it was made. */
async function meantReader(web: WebContext, link: StopLink): Promise<Reader | 'gone' | null> {
  const found = await web.readers.findReader(link.readerId)
  const reader = found?.joinedTo ? await web.readers.findReader(found.joinedTo) : found
  if (!reader) return 'gone'
  const began = reader.beganAt ?? reader.consentedAt
  return began.getTime() <= link.madeAt ? reader : null
}

/** Shows a page of stopping: no colour, no picture, and of the town its name and telephone. */
export function showQuiet(
  { response, words, municipality }: Pick<StopDoor, 'response' | 'words' | 'municipality'>,
  page: Pick<Page, 'title' | 'body' | 'hasContact'>,
  status = 200,
): void {
  sendPage(response, { ...page, words, municipality, isQuiet: true }, status)
}

/**
 * Answers the holder of a link that is ours, of whose reader nothing is left: nothing comes, which
 * is what they want to be sure of. Only who has a sealed link of theirs learns it.
 */
export async function sendGone(
  web: WebContext,
  response: Response,
  { town, status = 410 }: Pick<TextLink, 'town'> & { status?: number },
): Promise<void> {
  const words = wordsAt(response)
  const municipality = town === undefined ? null : await web.settings.municipality(town)
  const { gone, goneWhy } = words.quiet
  const page = { title: gone, body: notice(gone, goneWhy) }
  showQuiet({ response, words, municipality }, page, status)
}
