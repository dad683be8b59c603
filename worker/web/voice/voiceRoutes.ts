import { Router, urlencoded, type Request, type Response } from 'express'

import { createComposer } from '../../../src/release/compose'
import { ComposeError } from '../../../src/release/composeError'
import type { Release } from '../../../src/release/content'
import { readVoiceCode } from '../../../src/release/voiceLink'
import type { MunicipalitySettings } from '../../../src/plan/settings'

import { keepNoWords, wordsFor } from '../languageCookie'
import { languageAsked } from '../languageSwitch'
import { isFromElsewhere } from '../protection'
import { anyMunicipality, sendNotFound, sendPage, type WebContext } from '../webContext'
import { codeOf, wordsOf } from '../words/words'
import { asksForHelp } from './askForHelp'
import { withoutPersonalDetails } from './personalDetails'
import { checkVoice, parseVoice, type TypedVoice } from './voiceForm'
import { gonePage, heardPage, thanksPage, voicePage, type VoiceView } from './voicePages'

/** A comment that is far too long comes back with its letters counted, rather than not at all. */
const BODY_LIMIT = '64kb'

type VoiceRequest = Request<{ code: string; text: string }>

/**
 * /v/:code/:text: what somebody says of a text. Nobody is asked who they are, no cookie is given, and
 * the address is the same for all who got the text. A form that is to be corrected is answered with
 * itself: to keep what was typed for a redirect would take knowing the browser.
 */
export function voiceRoutes(web: WebContext): Router {
  const router = Router()
  router.use('/v', keepNoWords)
  router.get('/v/:code/:text', async (request: VoiceRequest, response) => {
    const asked = await open(web, request, response)
    if (!asked) return
    const { view, subject } = asked
    sendPage(response, voicePage(view, { subject, typed: parseVoice(null), errors: {} }))
  })
  router.post(
    '/v/:code/:text',
    urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 20 }),
    async (request: VoiceRequest, response) => {
      const asked = await open(web, request, response)
      if (asked) await take(web, request, { response, asked })
    },
  )
  for (const [path, page] of [
    ['thanks', thanksPage],
    ['heard', heardPage],
  ] as const) {
    router.get(`/v/:code/:text/${path}`, async (request: VoiceRequest, response) => {
      const town = await anyMunicipality(web, request.params.code)
      if (!town) return sendNotFound(response)
      sendPage(response, page({ town, words: wordsFor(response, request.query.lang) }))
    })
  }
  return router
}

/** A text that a voice may be about. */
interface Asked {
  view: VoiceView
  release: Release
  /** What it is called, or empty. */
  subject: string
}

/** The text of an address; null when the answer is given. */
async function open(
  web: WebContext,
  { params, query }: VoiceRequest,
  response: Response,
): Promise<Asked | null> {
  const town = await anyMunicipality(web, params.code)
  const text = readVoiceCode(params.text)
  if (!town || !text) {
    sendNotFound(response)
    return null
  }
  const view = { town, words: wordsFor(response, query.lang) }
  const release = await web.voices.release(text)
  if (release && isOf(town, release)) {
    return { view, release, subject: subjectOf(town, release) }
  }
  sendPage(response, gonePage(view), 410)
  return null
}

function isOf({ code }: MunicipalitySettings, { content }: Release): boolean {
  return content.type === 'manuscript' || content.municipality === code
}

function subjectOf(town: MunicipalitySettings, { content, variables }: Release): string {
  const said =
    content.type === 'manuscript'
      ? { manuscripts: [content], addOns: [] }
      : { manuscripts: [], addOns: [{ content, variables }] }
  try {
    return createComposer(town)({ ...said, isPlural: false }).subject
  } catch (error) {
    if (error instanceof ComposeError) return ''
    throw error
  }
}

async function take(
  web: WebContext,
  request: VoiceRequest,
  { response, asked }: { response: Response; asked: Asked },
): Promise<void> {
  const { view, subject } = asked
  const typed = parseVoice(request.body)
  const language = languageAsked(typed.go)
  if (language !== null || isFromElsewhere(request)) {
    const words = language === null ? view.words : wordsOf(language)
    return sendPage(response, voicePage({ ...view, words }, { subject, typed, errors: {} }))
  }
  const errors = checkVoice(typed, view.words)
  if (Object.keys(errors).length > 0) {
    return sendPage(response, voicePage(view, { subject, typed, errors }), 422)
  }
  const place = asksForHelp(typed.comment) ? 'heard' : 'thanks'
  await web.voices.keep(voiceOf(asked, typed))
  const { code, text } = request.params
  response.redirect(303, `/v/${code}/${text}/${place}?lang=${codeOf(view.words)}`)
}

function voiceOf({ view, release, subject }: Asked, typed: TypedVoice) {
  const { key, revision } = release
  const { text, hasPersonalDetails } = withoutPersonalDetails(typed.comment)
  return {
    key,
    revision,
    hasPersonalDetails,
    once: typed.once,
    municipality: view.town.code,
    title: subject,
    verdict: typed.verdict,
    comment: text || null,
    mayQuote: typed.mayQuote && text !== '',
    asksForHelp: asksForHelp(typed.comment),
  }
}
