import type { RequestHandler, Response } from 'express'

import { practiceClockSentence } from '../../src/config/clock'
import { html, type HtmlValue } from '../../src/release/escape'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { keepWords, wordsAt } from './languageCookie'
import type { Links } from './link'
import { notice, renderPage, type Page } from './page'
import { pausedTownPage } from './pausedTown'
import type { WebOptions } from './webOptions'
import type { Words } from './words/standard'

/** What every route needs. */
export interface WebContext extends WebOptions {
  links: Links
  editionLabels: Readonly<Record<string, string>>
  keptDays: number
}

/** Today in the municipalities' zone. *Pure.* */
export function todayOf({ now }: Pick<WebContext, 'now'>): LocalDay {
  return localDayOf(now())
}

/** The municipality of an address, or null when it is unknown or its deliveries pause. */
export async function activeMunicipality(
  web: WebContext,
  code: string,
): Promise<MunicipalitySettings | null> {
  const municipality = await anyMunicipality(web, code)
  return municipality?.isActive ? municipality : null
}

/** Answers with a page, in its language or the one this browser last read. */
export function sendPage(response: Response, page: Page, status = 200): void {
  const { practiceClock } = response.locals as Pick<Page, 'practiceClock'>
  const words = page.words ?? wordsAt(response)
  keepWords(response, words)
  response
    .status(status)
    .type('html')
    .send(renderPage({ ...page, words, practiceClock }))
}

/** Lets every page say that the product shows another time than the real one. */
export function tellPracticeClock({ now }: Pick<WebContext, 'now'>): RequestHandler {
  return (_, response, next) => {
    response.locals.practiceClock = practiceClockSentence(now())
    next()
  }
}

/** The municipality of an address, also one whose deliveries pause; null when it is unknown. */
export async function anyMunicipality(
  { settings }: WebContext,
  code: string | undefined,
): Promise<MunicipalitySettings | null> {
  return code && /^\d{6}$/.test(code) ? settings.municipality(code) : null
}

/** Answers for a municipality that is unknown, or whose deliveries pause. */
export async function sendPaused(
  web: WebContext,
  code: string | undefined,
  { response, words = wordsAt(response), isRegistered = false }: PausedAnswer,
): Promise<void> {
  const town = await anyMunicipality(web, code)
  if (!town || town.isActive) return sendNotFound(response)
  sendPage(response, pausedTownPage(town, { today: todayOf(web), words, isRegistered }))
}

interface PausedAnswer {
  response: Response
  words?: Words
  /** Whoever looks has just been registered. */
  isRegistered?: boolean
}

/** Answers that there is no such page. */
export function sendNotFound(response: Response): void {
  const { missing: title, missingWhy } = wordsAt(response).door
  sendNotice(response, { title, status: 404 }, [missingWhy])
}

/** Answers with a heading and sentences, where there is nothing else to show. */
export function sendNotice(
  response: Response,
  { title, status }: { title: string; status: number },
  sentences: HtmlValue[],
): void {
  sendPage(response, { title, body: notice(title, ...sentences) }, status)
}

/** Answers that a link has expired, and how to get another. */
export function sendExpired(
  response: Response,
  howToGetAnother: string,
  link?: { href: string; label: string },
): void {
  const title = wordsAt(response).door.expired
  const another = link && html`<a href="${link.href}">${link.label}</a>`
  sendNotice(response, { title, status: 410 }, [howToGetAnother, another])
}

/** Answers that a link to a registration has ended, and how to get another. */
export function sendEndedLink(response: Response, words: Words): void {
  const { expired: title, anotherLink } = words.door
  sendPage(response, { title, body: notice(title, anotherLink), words }, 410)
}
