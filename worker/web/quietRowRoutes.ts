import { Router, type Request } from 'express'

import { html, type HtmlValue } from '../../src/release/escape'
import { FOR_SURVEY } from '../../src/release/pageInstead'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { giveCookie } from './browserCookie'
import { actionsAfterReading } from './field'
import { childrensLineButton, helplineButton } from './helplines'
import { wordsFor } from './languageCookie'
import { languageLinks } from './languageSwitch'
import { startLogin } from './lineLogin'
import type { Page } from './page'
import { supportLink } from './support/supportPages'
import { townContact } from './townContact'
import { anyMunicipality, sendNotFound, sendPage, type WebContext } from './webContext'
import type { Words } from './words/standard'

/**
 * /r/:code/contact and /r/:code/change: where the quiet row under every LINE text leads, the latter
 * where no talk is answered; while its deliveries pause, too. Both are the same for everybody: nothing of a reader is in the address.
 */
export function quietRowRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/r/:code/contact', async (request: TownRequest, response) => {
    const town = await anyMunicipality(web, request.params.code)
    if (!town) return sendNotFound(response)
    sendPage(response, contactPage(town, wordsFor(response, request.query.lang)))
  })
  router.get('/r/:code/change', async (request: TownRequest, response) => {
    const town = await anyMunicipality(web, request.params.code)
    if (!town) return sendNotFound(response)
    giveCookie(web, request, response)
    const account = await accountOf(web, town)
    const words = wordsFor(response, request.query.lang)
    const isForSurvey = request.query[FOR_SURVEY] !== undefined
    sendPage(response, changePage({ town, account, words, isForSurvey }))
  })
  router.post('/r/:code/change', async (request: TownRequest, response) => {
    const town = await anyMunicipality(web, request.params.code)
    const account = town && (await accountOf(web, town))
    if (!town || !account?.login) return sendNotFound(response)
    const goal = { kind: 'own' as const, lineAccount: account.id, municipality: town.code }
    await startLogin(web, request, { response, goal })
  })
  return router
}

type TownRequest = Request<{ code: string }>

async function accountOf(
  { settings }: WebContext,
  { lineAccount }: MunicipalitySettings,
): Promise<LineAccount | null> {
  return lineAccount === null ? null : settings.lineAccount(lineAccount)
}

function contactPage(town: MunicipalitySettings, words: Words): Page {
  const { contact: title } = words.quietRow
  const body = html`${languageLinks(words, (code) => `?lang=${code}`)}
    <h1>${title}</h1>
    ${townContact(town, words)} ${helplineButton(town.code, words)}
    <ul class="links">
      <li>${supportLink({ own: null, town: town.code, words })}</li>
    </ul>
    ${childrensLineButton(words)}`
  return { title, body, words, municipality: town, isQuiet: true, hasContact: true }
}

interface ChangeView {
  town: MunicipalitySettings
  account: LineAccount | null
  words: Words
  /** The button of a survey led here. */
  isForSurvey: boolean
}

function changePage(view: ChangeView): Page {
  const { town, account, words, isForSurvey } = view
  const { change, byMail, byMailWhy, mailLink } = words.quietRow
  const title = isForSurvey ? words.survey.start : change
  const kept = isForSurvey ? `&${FOR_SURVEY}` : ''
  const body = html`${languageLinks(words, (code) => `?lang=${code}${kept}`)}
    <h1>${title}</h1>
    ${isForSurvey && html`<p>${words.survey.byMyPage}</p>`}
    ${account?.login ? loginForm(words) : town.channels.includes('line') && byTalk(view)}
    ${
      town.channels.includes('mail') &&
      html`<h2>${byMail}</h2>
        <p>${byMailWhy}</p>
        <p><a href="/me">${mailLink}</a></p>`
    }`
  const hasContact = !isTalkOurs(account)
  return { title, body, words, municipality: town, isQuiet: true, hasContact }
}

function loginForm({ quietRow, login }: Words): HtmlValue {
  return html`${quietRow.byLogin.map((sentence) => html`<p>${sentence}</p>`)}
    <form method="post">${actionsAfterReading(login.button)}</form>`
}

function isTalkOurs(account: LineAccount | null): boolean {
  return (account?.answers ?? 'all') !== 'none'
}

/** Without a check by LINE nobody's page can be opened from here: whom to ask instead. */
function byTalk({ town, account, words }: ChangeView): HtmlValue {
  const { byTalk: talk, byPhone } = words.quietRow
  if (isTalkOurs(account)) return html`<p>${talk}</p>`
  return html`<p>${byPhone}</p>
    ${townContact(town, words)}`
}
