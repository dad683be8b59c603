import { Router, urlencoded, type Request, type Response } from 'express'

import { readAnswers, type Answers } from '../../../src/survey/answers'
import type { SurveyContent } from '../../../src/survey/content'
import type { Question } from '../../../src/survey/question'

import type { OpenSheet } from '../../survey/sheets'
import type { SyncedSurvey } from '../../survey/collections'
import { keepNoWords, wordsFor } from '../languageCookie'
import { languageAsked } from '../languageSwitch'
import { notice } from '../page'
import { sendEndedPageLink } from '../pageEntrance'
import { isFromElsewhere } from '../protection'
import { asksForHelp } from '../voice/askForHelp'
import { withoutPersonalDetails } from '../voice/personalDetails'
import { heardPage, thanksPage } from '../voice/voicePages'
import { anyMunicipality, sendNotFound, sendPage, type WebContext } from '../webContext'
import { codeOf, wordsOf } from '../words/words'
import { answerPage, closedPage, startPage, type SurveyView } from './surveyPages'

/** What is far too long comes back, rather than not at all. */
const BODY_LIMIT = '64kb'

type LinkRequest = Request<{ link: string; survey: string }>
type SheetRequest = Request<{ token: string }>

/**
 * /text/:link/survey/:survey is the reader's own way to a survey, and only leads to /survey/:token, where
 * nothing is known of who answers. A look at the first takes no token: mails are looked at by machines.
 * Neither gives a cookie or asks for a script; a form that is to be corrected is answered with itself.
 */
export function surveyRoutes(web: WebContext): Router {
  const router = Router()
  const form = urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 400 })
  router.get('/text/:link/survey/:survey', async (request: LinkRequest, response) => {
    const asked = await openLink(web, request, response)
    if (asked) sendPage(response, startPage(asked.view, asked.survey.content))
  })
  router.post('/text/:link/survey/:survey', async (request: LinkRequest, response) => {
    const asked = await openLink(web, request, response)
    if (!asked) return
    const { view, reader, children, survey } = asked
    const taken = await web.surveys.take({ survey: survey._id, reader, children })
    if (taken.status === 'unknown') return sendNotFound(response)
    if (taken.status !== 'open') return sendPage(response, closedPage(view, taken.status))
    response.redirect(303, `/survey/${taken.token}?lang=${codeOf(view.words)}`)
  })
  router.use('/survey', keepNoWords)
  for (const [place, page] of [
    ['thanks', thanksPage],
    ['heard', heardPage],
  ] as const) {
    router.get(`/survey/${place}/:code`, async (request: Request<{ code: string }>, response) => {
      const town = await anyMunicipality(web, request.params.code)
      if (!town) return sendNotFound(response)
      sendPage(response, page({ town, words: wordsFor(response, request.query.lang) }))
    })
  }
  router.get('/survey/:token', async (request: SheetRequest, response) => {
    const sheet = await openSheet(web, request, response)
    const empty = { answers: {}, faults: {}, isEmpty: false }
    if (sheet) sendPage(response, answerPage(sheet.view, sheet.survey.content, empty))
  })
  router.post('/survey/:token', form, async (request: SheetRequest, response) => {
    const sheet = await openSheet(web, request, response)
    if (sheet) await take(web, request, { response, sheet })
  })
  return router
}

/** The reader of a link and the survey it leads to; null when the answer is given. */
async function openLink(web: WebContext, request: LinkRequest, response: Response) {
  const link = web.links.openTextLink(request.params.link)
  const reader = link && (await web.readers.findReader(link.readerId))
  const town = reader && (await anyMunicipality(web, reader.municipality))
  if (!reader || !town) {
    sendEndedPageLink(response)
    return null
  }
  const asked = request.query.lang
  const words = asked === undefined ? wordsOf(reader.edition) : wordsFor(response, asked)
  const view = { town, words }
  const survey = await web.surveys.survey(request.params.survey)
  const children = await web.readers.childrenOf(reader._id)
  // Never after a loss or a stop: then nothing of a survey is said either.
  const isAsked = reader.status === 'active' && !reader.support && children.length > 0
  if (!survey || !isAsked) {
    sendPage(response, closedPage(view, survey ? 'notAsked' : 'gone'), 410)
    return null
  }
  return { view, reader, children, survey }
}

interface Sheet {
  view: SurveyView
  survey: SyncedSurvey
}

async function openSheet(
  web: WebContext,
  { params, query }: SheetRequest,
  response: Response,
): Promise<Sheet | null> {
  const sheet: OpenSheet | null = await web.surveys.open(params.token)
  const town = sheet && (await anyMunicipality(web, sheet.token.municipality))
  const words = wordsFor(response, query.lang)
  if (sheet && town) return { view: { town, words }, survey: sheet.survey }
  const { gone: title, goneWhy } = words.survey
  sendPage(response, { title, body: notice(title, goneWhy), words }, 410)
  return null
}

async function take(
  web: WebContext,
  request: SheetRequest,
  { response, sheet }: { response: Response; sheet: Sheet },
): Promise<void> {
  const { view, survey } = sheet
  const { content } = survey
  const typed = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const { answers, faults } = readAnswers(questionsOf(content), typed)
  const language = languageAsked(typeof typed.go === 'string' ? typed.go : '')
  if (language !== null || isFromElsewhere(request)) {
    const words = language === null ? view.words : wordsOf(language)
    const seen = { answers, faults: {}, isEmpty: false }
    return sendPage(response, answerPage({ ...view, words }, content, seen))
  }
  const isEmpty = Object.keys(answers).length === 0
  if (isEmpty || Object.keys(faults).length > 0) {
    return sendPage(response, answerPage(view, content, { answers, faults, isEmpty }), 422)
  }
  const masked = withoutDetails(content, answers)
  await web.surveys.answer(request.params.token, { answers: masked, device: deviceOf(request) })
  const place = textsOf(content, answers).some(asksForHelp) ? 'heard' : 'thanks'
  response.redirect(303, `/survey/${place}/${view.town.code}?lang=${codeOf(view.words)}`)
}

function questionsOf({ questions }: SurveyContent): readonly Question[] {
  return questions as readonly Question[]
}

function textsOf({ questions }: SurveyContent, answers: Answers): string[] {
  return questions.flatMap(({ id, type }) => (type === 'text' ? (answers[id] ?? []) : []))
}

function withoutDetails({ questions }: SurveyContent, answers: Answers): Answers {
  const masked = questions.flatMap(({ id, type }) => {
    const given = answers[id]
    if (!given) return []
    const kept = type === 'text' ? given.map((text) => withoutPersonalDetails(text).text) : given
    return [[id, kept] as const]
  })
  return Object.fromEntries(masked)
}

const PHONES = /Mobile|Android|iPhone|iPad|Line\//i

/** One word of all that the browser says. */
function deviceOf(request: Request): string {
  return PHONES.test(request.get('user-agent') ?? '') ? 'phone' : 'pc'
}
