import type { Request, Response } from 'express'

import { lineIdsOf } from '../../src/accounts/topology'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { browserOf, giveCookie } from './browserCookie'
import { draftToKeep, parseLink, type Draft, type KeptDraft, type Screen } from './draft'
import { findTyped, formIdOf, keepTyped } from './formMemory'
import { startLogin } from './lineLogin'
import { sendLoginPage } from './lineLoginRoutes'
import type { LineInvitation } from './link'
import { screensFor, type RegistrationContext } from './registrationCheck'
import { endedInvitationPage, usedLinkPage } from './registrationEnds'
import { sharedChildren } from './sharedChildren'
import {
  activeMunicipality,
  sendEndedLink,
  sendPage,
  sendPaused,
  todayOf,
  type WebContext,
} from './webContext'
import { wordsFor } from './languageCookie'

/** A request for one of a municipality's registration pages. */
export type RegistrationRequest = Request<{ code: string; screen?: string }>

/** Somebody at a registration, with what they have typed so far. */
export interface RegistrationVisit {
  web: WebContext
  request: RegistrationRequest
  response: Response
  kept: KeptDraft
  context: RegistrationContext
}

/** The municipality, LINE friend and shared children of a visit; null when the answer is given. */
export async function openRegistration(
  { web, request, response }: Pick<RegistrationVisit, 'web' | 'request' | 'response'>,
  kept: KeptDraft,
): Promise<RegistrationVisit | null> {
  const context = await contextOf(web, request, { response, draft: kept.draft })
  if (context === 'unknown') {
    const words = wordsFor(response, kept.draft.lang, kept.draft.edition)
    await sendPaused(web, request.params.code, { response, words })
  }
  if (context === 'expired')
    sendEndedLink(response, wordsFor(response, kept.draft.lang, kept.draft.edition))
  if (context === 'endedInvitation') sendEndedInvitation(request, response, kept.draft)
  if (typeof context === 'string') return null
  const { municipality, visitor } = context
  if (visitor && (await web.readers.isLineLinkUsed(visitor.key))) {
    // Asked after the link: a press that came meanwhile was noted before it used the link up.
    const pressed = request.method === 'POST' ? (await findTyped(web, request))?.pressed : undefined
    if (isPressed({ ...kept, pressed: pressed ?? kept.pressed }))
      response.redirect(303, `/r/${municipality.code}/asked`)
    else sendPage(response, usedLinkPage(municipality, context.words), 410)
    return null
  }
  if (visitor && !(await isChecked(web, request, visitor))) {
    await askForLogin(web, request, { response, kept, municipality })
    return null
  }
  return { web, request, response, kept, context }
}

/** A family's link that has ended says how to go on by oneself; of a friend's link the friend stays. */
function sendEndedInvitation(
  { params: { code } }: RegistrationRequest,
  response: Response,
  { lang, edition, line, s }: Draft,
): void {
  const given = Object.entries({ line, s, lang }).filter(([, value]) => value !== '')
  const query = new URLSearchParams(given)
  const href = `/r/${code}${query.size > 0 ? `?${query.toString()}` : ''}`
  sendPage(response, endedInvitationPage(href, wordsFor(response, lang, edition)), 410)
}

/** Whether LINE has said, where it is asked at all, that the friend holds this browser. */
async function isChecked(
  web: WebContext,
  request: Request,
  visitor: LineInvitation,
): Promise<boolean> {
  const account = await web.settings.lineAccount(visitor.lineAccount)
  return !account?.login || web.links.isProven(visitor, browserOf(request))
}

/** Before anything is asked or shown; what a form has brought nevertheless is kept. */
async function askForLogin(
  web: WebContext,
  request: RegistrationRequest,
  {
    response,
    kept,
    municipality,
  }: { response: Response; kept: KeptDraft; municipality: MunicipalitySettings },
): Promise<void> {
  giveCookie(web, request, response)
  const isForm = request.method === 'POST'
  const formId = isForm ? await keepTyped(web, request, draftToKeep(kept)) : formIdOf(request)
  const { s, area, lang, line, with: share } = kept.draft
  await sendLoginPage(web, response, {
    municipality,
    fields: { s, area, lang, line, with: share },
    formId,
  })
}

/** The button of that page: off to LINE. */
export async function goToLogin(
  web: WebContext,
  request: RegistrationRequest,
  response: Response,
): Promise<void> {
  const link = parseLink(request.body)
  const context = await contextOf(web, request, { response, draft: link })
  if (context === 'unknown') {
    const words = wordsFor(response, link.lang, link.edition)
    return sendPaused(web, request.params.code, { response, words })
  }
  if (typeof context === 'string' || !context.visitor)
    return sendEndedLink(response, wordsFor(response, link.lang, link.edition))
  const { municipality, visitor } = context
  const { line: token, s, area, lang, with: share } = link
  const given = Object.entries({ s, area, lang, with: share }).filter(([, value]) => value !== '')
  const formId = formIdOf(request)
  await startLogin(web, request, {
    response,
    goal: {
      kind: 'registration',
      token,
      lineAccount: visitor.lineAccount,
      path: `/r/${municipality.code}${formId ? `/${firstScreen(context)}` : ''}`,
      query: Object.fromEntries(given),
      formId,
    },
  })
}

/** Whether the button was pressed before: its second press is answered like the first. */
function isPressed({ draft, pressed }: KeptDraft): boolean {
  return pressed !== '' && pressed === draft.once
}

async function contextOf(
  web: WebContext,
  request: RegistrationRequest,
  { response, draft }: { response: Response; draft: Draft },
): Promise<RegistrationContext | 'unknown' | 'expired' | 'endedInvitation'> {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return 'unknown'
  const visitor = draft.line ? web.links.openLine(draft.line) : null
  const shared = draft.with ? await sharedChildren(web, draft.with) : null
  if (draft.line && !visitor) return 'expired'
  // One that ran out and one whose children were stopped read alike: nobody learns who or why.
  if (shared?.length === 0) return 'endedInvitation'
  if (visitor && !lineIdsOf(municipality).includes(visitor.lineAccount)) return 'unknown'
  if (shared?.some((child) => child.municipality !== municipality.code)) return 'unknown'
  const words = wordsFor(response, draft.lang, draft.edition)
  return { municipality, today: todayOf(web), visitor, shared, words }
}

/** The first screen of a visit. *Pure.* */
export function firstScreen(context: RegistrationContext): Screen {
  return screensFor(context)[0] ?? 'confirm'
}

/** A link's draft, before anything is kept. *Pure.* */
export function asKept(draft: Draft): KeptDraft {
  return { draft, faulty: null, mailFault: null, pressed: '' }
}
