import type { Response } from 'express'

import { newKey } from './browserCookie'
import { completeRegistration } from './completeRegistration'
import {
  draftToKeep,
  keptDraft,
  linkQuery,
  parseDraft,
  parseLink,
  SCREENS,
  type Draft,
  type KeptDraft,
  type Screen,
} from './draft'
import { findDraftOutlook } from './draftOutlook'
import type { FieldErrors } from './field'
import { findTyped, keepTyped, openForm, sendEndedForm } from './formMemory'
import { languageAsked } from './languageSwitch'
import { noteUse } from './noteUse'
import { isNothing, outlookSentences, type FamilyOutlook } from './outlook'
import {
  canOpen,
  chosenChannel,
  checkScreen,
  firstFault,
  screensFor,
  withDueDate,
  type RegistrationContext,
} from './registrationCheck'
import { registrationPage } from './registrationPage'
import {
  asKept,
  firstScreen,
  openRegistration,
  type RegistrationRequest,
  type RegistrationVisit,
} from './registrationVisit'
import { sendNotFound, sendPage, type WebContext } from './webContext'
import { isLanguage } from './words/words'

/** GET of a screen: the question with what was answered so far. */
export async function openScreen(
  web: WebContext,
  request: RegistrationRequest,
  response: Response,
): Promise<void> {
  const screen = SCREENS.find((one) => one === request.params.screen)
  if (!screen) return sendNotFound(response)
  const form = await openForm(web, request, response)
  if (!form) return
  const link = parseLink(request.query)
  const kept = form.typed ? keptDraft(form.typed) : asKept(link)
  const visit = await openRegistration({ web, request, response }, kept)
  if (!visit) return
  const { context } = visit
  if (!canOpen(screen, context) || (!form.typed && screen !== firstScreen(context))) {
    const beginning = `/r/${context.municipality.code}${linkQuery(link)}`
    return sendEndedForm(response, beginning, context.words)
  }
  await show(visit, screen, form.id)
}

async function show(
  { web, request, response, kept, context }: RegistrationVisit,
  screen: Screen,
  formId: string,
): Promise<void> {
  const { editionLabels, keptDays } = web
  const { draft, faulty } = kept
  const isTold = screen === 'confirm' || (screen === 'edition' && faulty === screen)
  const expected = isTold ? await findDraftOutlook(web, draft, context) : null
  const errors = errorsOf(screen, { web, kept, context }, expected)
  const isChange = request.query.to === 'confirm' || !screensFor(context).includes(screen)
  const once = newKey()
  const shown = { screen, draft, errors, context, formId, once, expected, isChange }
  sendPage(response, registrationPage({ ...shown, editionLabels, keptDays }))
}

function errorsOf(
  screen: Screen,
  { web, kept, context }: Pick<RegistrationVisit, 'web' | 'kept' | 'context'>,
  expected: FamilyOutlook | null,
): FieldErrors {
  const { draft, faulty, mailFault } = kept
  const { words, municipality } = context
  const { mailRefused, mailLater } = words.registration
  const errors: FieldErrors = faulty === screen ? checkScreen(screen, draft, context) : {}
  if (screen === 'channel' && mailFault) {
    return { ...errors, mail: mailFault === 'address' ? mailRefused : mailLater }
  }
  if (screen !== 'edition' || expected?.outlook.kind !== 'none') return errors
  const { editionLabels } = web
  const sentences = outlookSentences(expected, municipality, { editionLabels, words })
  return { ...errors, edition: sentences.join('') }
}

/** POST of any screen: on to the next one, back, or again with what is to be corrected. */
export async function takeAnswers(
  web: WebContext,
  request: RegistrationRequest,
  response: Response,
): Promise<void> {
  const before = await findTyped(web, request)
  const pressed = before ? keptDraft(before).pressed : ''
  const draft = parseDraft(request.body)
  const visit = await openRegistration({ web, request, response }, { ...asKept(draft), pressed })
  if (visit) await step(visit)
}

async function step(visit: RegistrationVisit): Promise<void> {
  const { kept, context } = visit
  const { draft } = kept
  const lang = languageAsked(draft.go)
  if (lang) return goTo(visit, draft.screen, { ...kept, draft: { ...draft, lang } })
  const back = SCREENS.find((screen) => screen === draft.go)
  if (back) return goTo(visit, canOpen(back, context) ? back : firstScreen(context))
  if (draft.screen === 'date' && draft.anchor === 'unknown') return leaveUnknown(visit)
  const errors = checkScreen(draft.screen, draft, context)
  if (Object.keys(errors).length > 0) {
    return goTo(visit, draft.screen, { ...kept, faulty: draft.screen })
  }
  if (draft.screen === firstScreen(context)) await noteUse(visit, 'started')
  return goOn({ ...visit, kept: { ...kept, draft: settled(draft, context) } })
}

/** An answer in the form it stays in: weeks as a date, and pages in the language of the edition. */
function settled(draft: Draft, context: RegistrationContext): Draft {
  const { screen, edition } = draft
  const lang = screen === 'edition' && isLanguage(edition) ? '' : draft.lang
  return withDueDate({ ...draft, lang }, context)
}

/** The screen has no mistake: what comes next, unless it leads to nothing. */
async function goOn(visit: RegistrationVisit): Promise<void> {
  const { web, kept, context } = visit
  const { draft } = kept
  const screens = screensFor(context)
  const isAside = draft.to === 'confirm' || !screens.includes(draft.screen)
  const isChange = isAside && draft.screen !== 'confirm'
  const next = isChange ? 'confirm' : screens[screens.indexOf(draft.screen) + 1]
  const isAskedByLine = !context.visitor && chosenChannel(draft, context.municipality) === 'line'
  if (isAskedByLine && (draft.screen === 'channel' || !next)) return goTo(visit, 'line')
  const expected = await findDraftOutlook(web, draft, context)
  if (expected && isNothing(expected)) return goTo(visit, 'nothing')
  if (expected?.outlook.kind === 'none' && (!next || next === 'confirm')) {
    return goTo(visit, 'edition', { ...kept, faulty: 'edition' })
  }
  if (next) return goTo(visit, next)
  const fault = firstFault(draft, context)
  if (fault) return goTo(visit, fault.screen, { ...kept, faulty: fault.screen })
  return complete(visit)
}

/**
 * Who does not know the date yet goes on where they were: what was typed stays as long as any form,
 * but for the answer that they do not know. The link's own part stays in the address, for later.
 */
async function leaveUnknown({ web, request, response, kept, context }: RegistrationVisit) {
  const draft = { ...kept.draft, anchor: '' }
  const id = await keepTyped(web, request, draftToKeep({ ...kept, draft }))
  const query = linkQuery(draft)
  const path = `/r/${context.municipality.code}/unknown`
  response.redirect(303, `${path}${query}${query ? '&' : '?'}d=${id}`)
}

async function complete(visit: RegistrationVisit, isAgain = false): Promise<void> {
  const { web, request, kept, context } = visit
  const { draft } = kept
  // Before the answers go out: a second press that comes meanwhile is known for one.
  const pressed = { ...kept, pressed: draft.once }
  await keepTyped(web, request, draftToKeep(pressed))
  const outcome = await completeRegistration(web, draft, context)
  switch (outcome.status) {
    case 'friendAsked':
      return goTo(visit, 'asked', pressed)
    case 'confirmationAsked':
      return goTo(visit, isAgain ? 'again' : 'sent', pressed)
    case 'mailFailed':
      return goTo(visit, 'channel', {
        ...kept,
        mailFault: outcome.isAddressFault ? 'address' : 'later',
      })
  }
}

/** POST of the page that says the mail is out: the same once more, within the limit of an address. */
export async function sendAgain(
  web: WebContext,
  request: RegistrationRequest,
  response: Response,
): Promise<void> {
  const typed = await findTyped(web, request)
  const { once } = parseDraft(request.body)
  const kept = asKept({ ...(typed ? keptDraft(typed).draft : parseDraft({})), once })
  const visit = await openRegistration({ web, request, response }, kept)
  if (!visit) return
  const { context } = visit
  const isWhole = typed !== null && firstFault(kept.draft, context) === null && !context.visitor
  const beginning = `/r/${context.municipality.code}${linkQuery(kept.draft)}`
  if (!isWhole) return sendEndedForm(response, beginning, context.words)
  return complete(visit, true)
}

/** Keeps what was typed and leads the browser on, or back. */
async function goTo(
  { web, request, response, kept, context }: RegistrationVisit,
  place: Screen | 'line' | 'asked' | 'sent' | 'again' | 'nothing',
  changed: KeptDraft = kept,
): Promise<void> {
  const path = `/r/${context.municipality.code}/${place === 'again' ? 'sent' : place}`
  const id = await keepTyped(web, request, draftToKeep(changed))
  const { lang } = changed.draft
  if (place === 'asked') return response.redirect(303, lang ? `${path}?lang=${lang}` : path)
  const isChange = kept.draft.to === 'confirm' && place === kept.draft.screen
  const note = place === 'again' ? '&again=yes' : isChange ? '&to=confirm' : ''
  response.redirect(303, `${path}?d=${id}${note}`)
}
