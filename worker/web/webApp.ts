import express, { type ErrorRequestHandler, type Express } from 'express'

import { KEPT_DAYS } from '../../src/config/config'

import { assetRoutes } from './assetRoutes'
import { bounceRoutes } from './bounceRoutes'
import { confirmationRoutes } from './confirmationRoutes'
import { contactConfirmationRoutes } from './contact/contactConfirmation'
import { counterRoutes } from './counter/counterRoutes'
import { failureOf } from '../concurrency/failure'
import { familyRoutes } from './family/familyRoutes'
import { healthRoutes } from './healthRoutes'
import { liffRoutes } from './liff/liffRoutes'
import { lineLoginRoutes } from './lineLoginRoutes'
import { rememberLanguage, wordsAt } from './languageCookie'
import { createLinks } from './link'
import { myPageRoutes } from './myPageRoutes'
import { pageLinkRoutes } from './pageLinkRoutes'
import { answerWithPlace, keepToReader, limitForms, securityHeaders } from './protection'
import { pictureRoutes } from './pictureRoutes'
import { quietRowRoutes } from './quietRowRoutes'
import { registrationRoutes } from './registrationRoutes'
import { stopRoutes } from './stopRoutes'
import { supportRoutes } from './support/supportRoutes'
import { surveyRoutes } from './survey/surveyRoutes'
import { textLinkRoutes } from './textLinkRoutes'
import { unsubscribeRoutes } from './unsubscribeRoutes'
import { voiceRoutes } from './voice/voiceRoutes'
import { sendNotFound, sendNotice, tellPracticeClock, type WebContext } from './webContext'
import { webhookRoutes } from './webhookRoutes'
import { measureRequests } from './webMetrics'
import type { WebOptions } from './webOptions'

/** Names of the editions the sample set has. */
export const DEFAULT_EDITION_LABELS: Readonly<Record<string, string>> = {
  standard: '標準',
  easy: 'やさしい日本語',
  english: 'English',
}

const FORM_LIMIT = '16kb'

/** The web side as an Express app: pages, webhook, unsubscription, health and metrics. */
export function createWebApp(options: WebOptions): Express {
  const { ring, publicUrl, now } = options
  const links = createLinks({ ring, publicUrl, now })
  const web = {
    editionLabels: DEFAULT_EDITION_LABELS,
    keptDays: KEPT_DAYS,
    ...options,
    links,
  }
  const app = express()
  app.set('trust proxy', options.trustProxy ?? 0)
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  app.use(measureRequests(options.metrics))
  app.use(securityHeaders(publicUrl, options.lineLogin.origin), keepToReader)
  app.use(rememberLanguage(web))
  if (options.isPracticeClock) app.use(tellPracticeClock(web))
  app.use(
    healthRoutes(web),
    assetRoutes(web),
    pictureRoutes(web),
    webhookRoutes(web),
    bounceRoutes(web),
    unsubscribeRoutes(web),
  )
  // Before the limit: nobody who stops, or is on the way to it, is ever asked to wait.
  app.use(stopRoutes(web), supportRoutes(web), quietRowRoutes(web), textLinkRoutes(web))
  app.use(pageLinkRoutes(web), lineLoginRoutes(web), counterRoutes(web))
  app.use(limitForms(options.limits ?? {}), answerWithPlace)
  app.use(surveyRoutes(web), voiceRoutes(web))
  app.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 50 }))
  app.use(liffRoutes(web), registrationRoutes(web))
  app.use(confirmationRoutes(web), contactConfirmationRoutes(web))
  app.use(familyRoutes(web), myPageRoutes(web))
  app.use((_, response) => sendNotFound(response))
  app.use(failurePage(web))
  return app
}

function failurePage({ log }: WebContext): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows error handlers by their four parameters
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const status = clientFault(error)
    const { trouble } = wordsAt(response)
    if (status === 413) {
      return sendNotice(response, { title: trouble.tooLarge, status }, trouble.tooLargeWhy)
    }
    if (status) {
      return sendNotice(response, { title: trouble.unreadable, status }, [trouble.unreadableWhy])
    }
    const route = (request.route as { path?: string } | undefined)?.path ?? 'none'
    log.error({ route, ...failureOf(error) }, 'request failed')
    sendNotice(response, { title: trouble.failed, status: 500 }, [trouble.failedWhy])
  }
}

/** The 4xx status of a body that was too large or malformed, else null. */
function clientFault(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null
}
